"""The version of the API that this client is made for."""

__version__ = "0.1.0"
