"""One supporter: found, seen, corrected, merged, left alone, deleted. Each look is written down."""
