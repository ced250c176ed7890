"""Writes docs/reference/licences.md: the licences of what is installed and shipped, `python -m tools.licences`."""
