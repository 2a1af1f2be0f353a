"""Campaigns, issues, bills and publications found by the words in them."""
