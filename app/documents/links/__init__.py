"""Links that open one file or page for a short time without a key, in a frame or an image."""
