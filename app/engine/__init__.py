"""The language-model engine: a 4-bit base model, with a LoRA adapter for each request. Stand-alone."""
