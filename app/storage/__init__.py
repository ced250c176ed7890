"""Stores everything: rows in a database, uploaded files as blobs. Only this package has SQL."""
