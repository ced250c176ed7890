"""Conversations, as OpenAI's clients make them before they ask for responses."""
