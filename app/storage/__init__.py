"""Every table and every query; the only truth of the service."""
