"""Model files: sources, verification, and one folder format for all loaders. Stand-alone."""
