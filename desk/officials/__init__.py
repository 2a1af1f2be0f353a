"""Who holds an office, how it is reached, and offices of our own: what people here say."""
