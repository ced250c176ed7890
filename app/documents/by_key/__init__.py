"""Documents under the keys that their tenant gives them."""
