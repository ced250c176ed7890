"""Versions of a document: what was uploaded under its name, one after the other."""
