"""Datasets: uploaded, or generated from documents and feedback, then validated and versioned."""
