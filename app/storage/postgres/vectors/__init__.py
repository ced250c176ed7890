"""The rows that pgvector searches, written with the chunks that they are of."""
