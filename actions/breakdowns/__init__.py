"""Numbers along one side, kept true at the cost of what changed: docs/decisions/0023."""
