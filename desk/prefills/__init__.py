"""Personal links for a mailing tool of the organization's own."""
