"""Vector search in PostgreSQL, with pgvector: exact, or by HNSW in partitions of their own for large tenants.

`app/storage/postgres/vectors` writes the rows, in the transactions that write the chunks.
"""
