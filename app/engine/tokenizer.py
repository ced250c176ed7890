"""Encodes prompts as token ids: the chat template is trusted, the content of messages is not."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

SENTINEL = "⟦loracle-{}⟧"
SENTINELS = re.compile(r"⟦loracle-(\d+)⟧")


@dataclass(frozen=True, slots=True)
class PromptFrame:
    """The tokens that a chat template puts around messages, of which those of control come from it alone."""

    runs: tuple[tuple[int, ...], ...]  # between the messages of a conversation; the last ends every prompt
    generation_prompt: tuple[int, ...]
    control: frozenset[int]
    vocabulary: int  # number of tokens


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
        ids: list[int] = []
        for place, piece in enumerate(self._pieces([role for role, _ in messages])):
            # The pieces alternate: template text, index of a message, template text, ...
            ids += self.encode(messages[int(piece)][1]) if place % 2 else self._encode(piece, control=True)
        return ids

    def _pieces(self, roles: Sequence[str]) -> list[str]:
        frame = self._tokenizer.apply_chat_template(
            [{"role": role, "content": SENTINEL.format(i)} for i, role in enumerate(roles)],
            tokenize=False,
            add_generation_prompt=True,
        )
        return SENTINELS.split(frame)

    def prompt_frame(self) -> PromptFrame:
        """What the template puts around messages."""
        pieces = self._pieces(["user", "assistant", "user"])
        runs = tuple(tuple(self._encode(piece, control=True)) for piece in pieces[::2])
        return PromptFrame(runs, self.generation_prompt, frozenset(self._control), len(self._tokenizer))

    @cached_property
    def generation_prompt(self) -> tuple[int, ...]:
        """The tokens with which the chat template begins the assistant's answer: the end of every prompt of `chat`.

        Empty if the template has none of its own, or if its first token would join the text before it.
        """
        message = [{"role": "user", "content": SENTINEL.format(0)}]
        frames = [
            self._tokenizer.apply_chat_template(message, tokenize=False, add_generation_prompt=wanted)
            for wanted in (False, True)
        ]
        if not frames[1].startswith(frames[0]):
            return ()
        ids = tuple(self._encode(frames[1][len(frames[0]) :], control=True))
        prompt = tuple(self.chat([("user", "a")]))
        return ids if ids and prompt[-len(ids) :] == ids else ()

    def _encode(self, text: str, *, control: bool) -> list[int]:
        """Token ids of `text`; with `control`, control tokens in the text are recognised."""
        with self._encoding:
            ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False, split_special_tokens=not control)
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        text: str = self._tokenizer.decode(list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text

    def end_ids(self, configured: int | list[int] | None) -> frozenset[int]:
        """Token ids that end an answer: a list `configured` by the model, or a single one and the tokenizer's own."""
        listed = configured if isinstance(configured, list) else [configured, self._tokenizer.eos_token_id]
        return frozenset(index for index in listed if index is not None)
