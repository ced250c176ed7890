"""Batches: many files, or archives of them, in one upload."""
