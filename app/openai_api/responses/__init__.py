"""Responses: answers of the chat as OpenAI's newer clients ask for them, saved as turns of conversations."""
