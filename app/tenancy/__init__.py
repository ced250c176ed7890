"""Who is asking: from an API key to a tenant and what it may do."""
