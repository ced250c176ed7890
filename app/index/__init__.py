"""Vector and full-text indexes: caches of the store, checksummed, rebuilt when in doubt. Stand-alone."""
