"""Vector indexes: caches of the store, verified by checksum and rebuilt if damaged. Stand-alone."""
