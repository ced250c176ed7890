"""Compares the base model, LoRA, QLoRA, AdaLoRA and full fine-tuning by quality and cost."""
