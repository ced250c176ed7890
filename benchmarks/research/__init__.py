"""Comparisons behind design decisions: run when the decision is reopened, not for each release."""
