"""Bytes that take long to parse leave the event loop its time, whoever sends them."""

from __future__ import annotations

import asyncio
import time
from unittest.mock import Mock

from app.http.server.parsing_turns import FAST_S, LEAST_BYTES, LITTLE_BYTES, TURN_S, PacedInput, ParsingTurns

SENT = bytes(range(256)) * 64


class Client:
    """A connection; parsing takes this long for each piece."""

    def __init__(self, turns: ParsingTurns, seconds: float = 0.0) -> None:
        self.transport = Mock(is_closing=Mock(return_value=False))
        self.input = PacedInput(self.transport, turns, self.parse, self.begin)
        self.pieces: list[bytes] = []
        self.begun = 0
        self._seconds = seconds

    @property
    def parsed(self) -> bytes:
        return b"".join(self.pieces)

    @property
    def is_read(self) -> bool:
        """Whether the last call asked the transport for more."""
        return str(self.transport.method_calls[-1]) == "call.resume_reading()"

    def parse(self, piece: bytes) -> None:
        self.pieces.append(piece)
        until = time.thread_time() + self._seconds
        while time.thread_time() < until:
            pass

    def begin(self) -> None:
        self.begun += 1


async def until_parsed(clients: list[Client], sent: bytes) -> None:
    for _ in range(60_000):
        if all(client.parsed == sent for client in clients):
            return
        await asyncio.sleep(0.001)
    raise AssertionError("not all is parsed")


async def test_what_parses_fast_is_parsed_as_it_comes() -> None:
    client = Client(ParsingTurns())
    client.input.receive(SENT)
    assert client.parsed == SENT
    assert client.is_read


async def test_what_parses_slowly_is_parsed_in_turns_and_nothing_more_is_read_meanwhile() -> None:
    turns = ParsingTurns()
    clients = [Client(turns, 2 * FAST_S) for _ in range(20)]
    for client in clients:
        client.input.receive(SENT)
    at_once = sum(len(client.pieces) for client in clients)
    assert at_once <= TURN_S / FAST_S + 1, "all of them together have one turn"
    assert not any(client.is_read for client in clients)
    await until_parsed(clients, SENT)
    assert all(len(piece) <= LEAST_BYTES for client in clients for piece in client.pieces)
    assert all(client.is_read for client in clients)


async def test_a_request_is_parsed_at_once_while_others_send_what_parses_slowly() -> None:
    turns = ParsingTurns()
    slow = [Client(turns, 2 * FAST_S) for _ in range(20)]
    for client in slow:
        client.input.receive(SENT)
    quick = Client(turns)
    quick.input.receive(SENT[:LITTLE_BYTES])
    assert quick.parsed == SENT[:LITTLE_BYTES]


async def test_a_connection_whose_reader_is_behind_has_no_turn_until_it_goes_on() -> None:
    client = Client(ParsingTurns(), 2 * FAST_S)
    client.input.pause_reading()
    client.input.receive(SENT)
    await asyncio.sleep(0.05)
    assert not client.pieces
    client.input.resume_reading()
    await until_parsed([client], SENT)


async def test_a_closed_connection_is_parsed_no_further() -> None:
    client = Client(ParsingTurns(), 2 * FAST_S)
    client.input.receive(SENT)
    client.transport.is_closing.return_value = True
    before = client.parsed
    await asyncio.sleep(0.05)
    assert client.parsed == before


async def test_requests_that_were_sent_ahead_begin_one_after_the_other_whoever_sent_them() -> None:
    turns = ParsingTurns()
    clients = [Client(turns) for _ in range(10)]
    for client in clients:
        client.input.wait_for_turn()
    seen = []
    async with asyncio.timeout(60):
        while sum(client.begun for client in clients) < len(clients):
            seen.append(sum(client.begun for client in clients))
            await asyncio.sleep(0)
    assert set(seen) >= set(range(len(clients))), "the event loop has others' work to do after each"
    assert [client.begun for client in clients] == [1] * len(clients)
