"""Taking in a document: parse, split, embed, save."""
