"""Pictures of the page, taken in Chromium from a running service."""
