"""Documents: upload, ingestion, collections and batches."""
