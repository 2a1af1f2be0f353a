"""Figures that are set by hand at the desk, beside what is counted."""
