"""Deployments: which adapter version answers a tenant."""
