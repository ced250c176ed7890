"""Embedders: text to L2-normalised vectors. Stand-alone."""
