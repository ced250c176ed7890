"""The language-model engine: a 4-bit base, LoRA adapters applied per request. Stand-alone."""
