"""Model files: where they come from, that they are whole, and one folder format for everything that loads them."""
