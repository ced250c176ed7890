"""Looks for known vulnerabilities in the locked packages: `python -m tools.audit`."""
