"""Vector stores: collections, as OpenAI's clients make, fill and search them."""
