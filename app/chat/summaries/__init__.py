"""Summaries of single documents."""
