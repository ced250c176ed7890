"""Ingestion: a parsed document becomes chunks with vectors that searches find."""
