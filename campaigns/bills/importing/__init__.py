"""Bills from a file: a table (CSV), or Open States' JSON; looked at first, then kept."""
