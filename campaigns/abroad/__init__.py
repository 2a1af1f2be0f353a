"""Supporters outside the United States: their country, who hears them, and how they are told of."""
