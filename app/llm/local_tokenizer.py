"""The PromptTokenizer of a base model whose tokenizer and chat template are on this machine."""

from __future__ import annotations

from collections.abc import Sequence

from app.engine.tokenizer import ChatTokenizer
from app.llm.base import Message


class LocalTokenizer:
    """PromptTokenizer over the base model's tokenizer."""

    def __init__(self, chat: ChatTokenizer) -> None:
        self._chat = chat

    def encode(self, text: str) -> list[int]:
        return self._chat.encode(text)

    def chat(self, messages: Sequence[Message]) -> list[int]:
        return self._chat.chat([(message.role, message.content) for message in messages])

    @property
    def generation_prompt(self) -> tuple[int, ...]:
        return self._chat.generation_prompt

    def decode(self, ids: Sequence[int]) -> str:
        return self._chat.decode(ids)
