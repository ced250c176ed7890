"""Tenants and their API keys: created, suspended, deleted by the operator."""
