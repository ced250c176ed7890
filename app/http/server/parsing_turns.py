"""How the event loop's time is shared out when what clients send takes long to parse, or asks for much at once.

h11 parses in Python: 64 KiB of chunks of one byte take it half a second. The little that most requests are is parsed as
it comes; the rest waits for turns that leave the event loop half of its time, and what is not read yet stays in the
client's socket.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

from uvicorn.protocols.http.flow_control import FlowControl

LEAST_BYTES = 512  # parsed in one go, of bytes that parse slowly
LITTLE_BYTES = 4096
MOST_BYTES = 64 * 1024  # of bytes that parse fast
FAST_S = 5e-4  # of the processor, in one go
TURN_S = 2e-3  # of all connections together
REST_S = 2e-3  # between two turns
REQUEST_REST_S = 1e-2  # after one that began a request: the work for it comes then


class ParsingTurns:
    """The connections with bytes that are not parsed yet; each has its turn. Belongs to one event loop."""

    def __init__(self) -> None:
        self._waiting: deque[PacedInput] = deque()
        self._is_scheduled = False
        self._next_turn = 0.0  # at the earliest
        self._began = self._spent_s = 0.0

    def add(self, one: PacedInput) -> None:
        self._waiting.append(one)
        self._schedule()

    def end_of_turn(self) -> float:
        """Until when (the event loop's time) bytes that just came may be parsed; past if they must wait."""
        now = asyncio.get_running_loop().time()
        if self._waiting:
            return now
        if now - self._began > TURN_S + REST_S:
            self._began, self._spent_s = now, 0.0
        return now + TURN_S - self._spent_s

    def spend(self, seconds: float) -> None:
        self._spent_s += seconds

    def _take(self) -> None:
        loop = asyncio.get_running_loop()
        until, rest_s = loop.time() + TURN_S, REST_S
        while self._waiting and loop.time() < until:
            if self._waiting.popleft().take_turn(until):
                rest_s = REQUEST_REST_S
                break
        self._next_turn = loop.time() + rest_s
        self._is_scheduled = False
        self._schedule()

    def _schedule(self) -> None:
        if self._waiting and not self._is_scheduled:
            self._is_scheduled = True
            asyncio.get_running_loop().call_at(self._next_turn, self._take)


class PacedInput(FlowControl):
    """What one connection received and is not parsed yet. Nothing more is read from its socket meanwhile."""

    def __init__(
        self,
        transport: asyncio.Transport,
        turns: ParsingTurns,
        parse: Callable[[bytes], None],
        begin_next_request: Callable[[], None],
    ) -> None:
        """`begin_next_request` goes on with what was parsed and then kept back by `wait_for_turn`."""
        super().__init__(transport)
        self._turns = turns
        self._parse = parse
        self._begin_next_request = begin_next_request
        self._unparsed = bytearray()
        self._at_once = LEAST_BYTES
        self._is_slow = False  # the last bytes were, few as they are
        self._is_waiting = False
        self._has_next_request = False

    def receive(self, data: bytes) -> None:
        """Parse bytes now if they are few, or if there is time for it; the rest in turns."""
        self._unparsed += data
        if not self._is_waiting and not self._is_slow:
            until = self._turns.end_of_turn()
            self._parse_while(lambda now: now < until or (len(self._unparsed) <= LITTLE_BYTES and not self._is_slow))
        self._wait_if_needed()

    def resume_reading(self) -> None:
        if self.read_paused:
            self.read_paused = False
            self._wait_if_needed()

    def wait_for_turn(self) -> None:
        """A request is here that was sent before the last one was answered."""
        self._has_next_request = True
        self._wait_if_needed()

    def take_turn(self, until: float) -> bool:
        """Parse until that time of the event loop, at least once. True if that began a request."""
        self._is_waiting = False
        began, self._has_next_request = self._has_next_request and not self._transport.is_closing(), False
        if began:
            self._begin_next_request()
        elif self._unparsed:
            self._parse_while(lambda now: now < until, at_least_once=True)
        self._wait_if_needed()
        return began

    def discard(self) -> None:
        """The connection is closed."""
        self._unparsed.clear()

    def _parse_while(self, is_time: Callable[[float], bool], at_least_once: bool = False) -> None:
        loop = asyncio.get_running_loop()
        while self._unparsed and not self.read_paused and not self._transport.is_closing():
            if not at_least_once and not is_time(loop.time()):
                return
            at_least_once = False
            piece = bytes(self._unparsed[: self._at_once])
            del self._unparsed[: self._at_once]
            began_s = time.thread_time()  # of this thread: others may have the processor for longer
            self._parse(piece)
            worked_s = time.thread_time() - began_s
            self._turns.spend(worked_s)
            self._is_slow = worked_s >= FAST_S and self._at_once == LEAST_BYTES
            self._at_once = min(2 * self._at_once, MOST_BYTES) if worked_s < FAST_S else LEAST_BYTES

    def _wait_if_needed(self) -> None:
        if self._transport.is_closing() or self._is_waiting:
            return
        if self._has_next_request or (self._unparsed and not self.read_paused):
            self._is_waiting = True
            self._transport.pause_reading()
            self._turns.add(self)
        elif not self.read_paused:
            self._transport.resume_reading()
