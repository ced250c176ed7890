"""Finding passages: dense and lexical search, fused, joined with what is live."""
