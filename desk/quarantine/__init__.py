"""Suspicious actions at the desk: looked at one by one, and many decided about together."""
