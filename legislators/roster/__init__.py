"""Published rosters into rows: expected seats, then who holds them, then how to reach them."""
