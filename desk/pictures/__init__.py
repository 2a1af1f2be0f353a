"""Pages of a campaign's pictures."""
