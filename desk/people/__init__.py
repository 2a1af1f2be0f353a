"""Who works here: invitations, roles, and what everybody did."""
