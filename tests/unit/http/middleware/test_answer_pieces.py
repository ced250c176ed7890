"""A large answer goes out in pieces, and is otherwise what it was."""

from __future__ import annotations

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.http.middleware.answer_pieces import PIECE_BYTES, AnswerPieces
from app.main import create_app
from app.settings import Settings

START: Message = {"type": "http.response.start", "status": 200, "headers": []}


async def sent(*bodies: bytes) -> list[Message]:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await send(START)
        for number, body in enumerate(bodies, 1):
            await send({"type": "http.response.body", "body": body, "more_body": number < len(bodies)})

    messages: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("nothing is read")

    async def send(message: Message) -> None:
        messages.append(message)

    await AnswerPieces(app)({"type": "http"}, receive, send)
    return messages


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES, PIECE_BYTES + 1, 5 * PIECE_BYTES, 5 * PIECE_BYTES + 7])
@pytest.mark.parametrize("count", [1, 3])
async def test_pieces_are_the_answer(size: int, count: int) -> None:
    body = bytes(number % 251 for number in range(size))
    start, *pieces = await sent(*[body] * count)
    assert start == START
    assert b"".join(piece["body"] for piece in pieces) == body * count
    assert max(len(piece["body"]) for piece in pieces) <= PIECE_BYTES
    assert [piece["more_body"] for piece in pieces] == [True] * (len(pieces) - 1) + [False]


def test_they_stand_around_all_other_middleware() -> None:
    assert create_app(Settings(_env_file=None)).user_middleware[0].cls is AnswerPieces
