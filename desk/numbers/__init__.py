"""Numbers of a campaign or an issue, read from tallies and breakdowns only."""
