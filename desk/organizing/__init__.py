"""The organizer's console: from a starter to a live campaign and its numbers."""
