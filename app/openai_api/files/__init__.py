"""Files that OpenAI's clients upload, to search them in vector stores or to train on them."""
