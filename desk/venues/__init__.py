"""A campaign at one place: room for one network and some hours."""
