"""Embeddings of texts by the service's embedding model."""
