"""The names that a request may say for `model`."""
