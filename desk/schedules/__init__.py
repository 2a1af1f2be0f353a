"""When a campaign opens and closes by itself."""
