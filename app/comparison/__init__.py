"""Methods compared: base, LoRA, QLoRA, AdaLoRA and full fine-tuning, by quality and cost."""
