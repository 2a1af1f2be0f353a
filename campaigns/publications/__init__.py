"""News, reports and briefs: their pages, their files, their feeds."""
