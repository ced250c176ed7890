"""Answering a question from a tenant's documents, with citations, or saying that they do not hold it."""
