"""Webhooks: signed events, sent to a tenant's URLs by jobs."""
