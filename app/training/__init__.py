"""Adapter training: rows become examples, and examples a LoRA adapter, in a process apart from serving."""
