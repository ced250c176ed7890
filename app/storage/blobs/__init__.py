"""Stored files: uploads, rows to train on and adapters, in a local folder or in S3-compatible storage."""
