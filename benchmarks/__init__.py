"""Measurements. Each module prints a table and writes a JSON file; nothing here asserts a time."""
