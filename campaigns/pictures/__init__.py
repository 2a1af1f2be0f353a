"""Pictures on a campaign's page: drawn anew, kept in the database, named by a mark in its story."""
