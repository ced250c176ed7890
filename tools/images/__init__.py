"""Pins the images that others make by their digests: `python -m tools.images`."""
