"""Search: dense and lexical retrieval, fused, over the live passages of one tenant."""
