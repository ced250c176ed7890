"""Evaluations of adapters and the promotion gate."""
