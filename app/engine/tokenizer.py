"""Encodes prompts as token ids: the chat template is trusted, the content of messages is not."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Any

SENTINEL = "⟦loracle-{}⟧"
SENTINELS = re.compile(r"⟦loracle-(\d+)⟧")


class ChatTokenizer:
    """A model's tokenizer and chat template. Message contents never produce a control token, whatever they spell.

    Thread-safe: parsing of control tokens is a state of the tokenizer, so each call sets it under a lock.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._encoding = threading.Lock()
        self._control = set(tokenizer.all_special_ids) | {
            index for index, token in tokenizer.added_tokens_decoder.items() if token.special
        }

    def encode(self, text: str) -> list[int]:
        """Token ids of untrusted text."""
        ids = self._encode(text, control=False)
        if self._control.isdisjoint(ids):
            return ids
        return [index for index in ids if index not in self._control]

    def chat(self, messages: Sequence[tuple[str, str]]) -> list[int]:
        """Token ids of (role, content) messages in the chat template, ready for the assistant's answer."""
        frame = self._tokenizer.apply_chat_template(
            [{"role": role, "content": SENTINEL.format(i)} for i, (role, _) in enumerate(messages)],
            tokenize=False,
            add_generation_prompt=True,
        )
        ids: list[int] = []
        # re.split with a group alternates: template text, index, template text, ...
        for place, piece in enumerate(SENTINELS.split(frame)):
            if place % 2:
                ids += self.encode(messages[int(piece)][1])
            elif piece:
                ids += self._encode(piece, control=True)
        return ids

    def _encode(self, text: str, *, control: bool) -> list[int]:
        """Token ids of `text`; with `control`, control tokens in the text are recognised."""
        with self._encoding:
            ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False, split_special_tokens=not control)
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        text: str = self._tokenizer.decode(list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text

    def end_ids(self, generation_config: Any) -> frozenset[int]:
        """Token ids that end an answer."""
        configured = getattr(generation_config, "eos_token_id", None)
        listed = configured if isinstance(configured, list) else [configured, self._tokenizer.eos_token_id]
        return frozenset(index for index in listed if index is not None)
