"""Proving answers: cases, metrics with intervals, runs by layer, comparison and the report."""
