"""bin/install-server: plain Python of the machine's own: it runs before the rest is there."""
