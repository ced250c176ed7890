"""Writes docker/gateway-requirements.txt: what the gateway image installs, `python -m tools.gateway`."""
