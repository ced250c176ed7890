"""Questions that may follow an answer."""
