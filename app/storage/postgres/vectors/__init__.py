"""Vectors in PostgreSQL, with pgvector: written with the chunks, searched exactly or through HNSW by their number."""
