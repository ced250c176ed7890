"""Loracle: cited answers over your own documents, one base model, a LoRA adapter per tenant."""

__version__ = "0.1.0"
