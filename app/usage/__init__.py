"""Who a caller is, what it may use, and what was used."""
