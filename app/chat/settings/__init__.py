"""Chat settings: how a tenant's questions are answered."""
