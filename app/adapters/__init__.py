"""A tenant's adapters: uploaded, checked, kept immutable, activated and rolled back."""
