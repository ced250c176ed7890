"""A tenant's LoRA adapters: upload, validation, compression, merging, export, deployment."""
