"""Drafts, and words that are being typed, as the pages they will be."""
