"""Evaluations of answers and of adapters: cases, metrics with intervals, runs, comparison, reports, the gate."""
