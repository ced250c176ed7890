"""Everyday questions: conversations asked through the chat, judged by what an answer must say and cite."""
