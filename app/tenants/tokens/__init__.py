"""Tokens that keys make for end users."""
