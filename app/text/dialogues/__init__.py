"""The dialogues of the languages that have one; the locale of the same language refers to it."""
