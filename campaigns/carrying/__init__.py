"""A campaign again: as it is (a clone), or in another state (carried)."""
