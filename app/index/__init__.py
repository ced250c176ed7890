"""Vector indexes: caches of the stored vectors, verified by checksum and rebuilt if damaged. Stand-alone."""
