"""Conversations, their turns, and feedback on their answers."""
