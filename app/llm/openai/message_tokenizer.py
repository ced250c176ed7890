"""The tokenizer of a server that takes messages and no token ids: its tokens are pieces of text that can be read back.

The steps of an answer count and cut prompts in tokens. Here a token is up to three letters and the space before them,
packed into one number, so that a count is rather too high than too low; a prompt turns back into the messages that it
was made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.llm.base import Message

# What servers read as control tokens of a chat template, wherever it stands in a message.
CONTROL_TOKENS = re.compile(
    r"<\|[^<>|\n]{1,40}\|>|<[/]?(?:s|bos|eos|pad|unk|start_of_turn|end_of_turn|think|tool_call|tool_response)>"
    r"|<</?SYS>>|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]|<｜[^<>｜\n]{1,40}｜>",
    re.IGNORECASE,
)
PIECE = re.compile(r"[ ]?[A-Za-zÀ-ɏ]{1,3}|[0-9]{1,2}|\s|.", re.DOTALL)
BITS = 21  # of a code point
MASK = (1 << BITS) - 1
ROLES: tuple[Message, ...] = (Message("system", ""), Message("user", ""), Message("assistant", ""))
TURN = 4 << (4 * BITS)  # above every piece: the first role's token; a piece has at most four characters
TURN_TOKENS = 4  # that a chat template puts around a message


class MessageTokenizer:
    """PromptTokenizer whose tokens are pieces of text and the beginnings of messages."""

    generation_prompt: tuple[int, ...] = ()

    def encode(self, text: str) -> list[int]:
        return [_pack(piece) for piece in PIECE.findall(without_control_tokens(text))]

    def chat(self, messages: Sequence[Message]) -> list[int]:
        ids: list[int] = []
        for message in messages:
            ids += [_turn(message.role)] * TURN_TOKENS
            ids += self.encode(message.content)
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        return "".join(_unpack(token) for token in ids if token < TURN)


def messages_of(ids: Sequence[int]) -> list[Message]:
    """The messages of a prompt; text without any is what the user says."""
    return list(_messages(ids))


def without_control_tokens(text: str) -> str:
    """The text with a space in everything that a server could read as a control token."""
    return CONTROL_TOKENS.sub(lambda match: f"{match.group()[0]} {match.group()[1:]}", text)


def _messages(ids: Sequence[int]) -> Iterator[Message]:
    role, pieces = None, list[str]()
    for token, before in zip(ids, (-1, *ids), strict=False):
        if token < TURN:
            pieces.append(_unpack(token))
        elif token != before:
            if role is not None or pieces:
                yield Message(role or "user", "".join(pieces))
            role, pieces = ROLES[(token - TURN) % len(ROLES)].role, []
    if role is not None or pieces:
        yield Message(role or "user", "".join(pieces))


def _turn(role: str) -> int:
    return TURN + next(i for i, one in enumerate(ROLES) if one.role == role)


def _pack(piece: str) -> int:
    packed = 0
    for char in piece:
        packed = packed << BITS | ord(char)
    return packed


def _unpack(token: int) -> str:
    chars = []
    while True:
        chars.append(chr(token & MASK))
        token >>= BITS
        if not token:
            return "".join(reversed(chars))
