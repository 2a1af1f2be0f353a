"""Bills at the desk: the list, one bill, its stages and sponsors, those of a campaign, imports."""
