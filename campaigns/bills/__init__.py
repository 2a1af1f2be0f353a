"""Bills: how they are named, where they stand, who sponsors them, and how they come in."""
