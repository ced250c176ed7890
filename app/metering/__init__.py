"""Rate limits and usage: what callers may use in a minute, and what they used on a day."""
