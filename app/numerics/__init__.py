"""Numerical building blocks: precisions, packed weights and low-rank factors. Stand-alone."""
