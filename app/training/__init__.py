"""Training adapters: rows to examples, examples to a LoRA adapter, in a process that serves nothing."""
