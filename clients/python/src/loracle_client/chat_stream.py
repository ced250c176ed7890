"""An answer that is read while it is written. A lost connection is taken up where it broke."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Literal, TypedDict

import httpx

from loracle_client import types
from loracle_client.errors import LoracleError, error_of
from loracle_client.server_sent_events import read_events

MOST_TRIES = 5  # in a row, to take up a lost connection
FIRST_PAUSE_S = 0.25
Open = Callable[[str, str, Mapping[str, str]], AbstractContextManager[httpx.Response]]


class RetrievalEvent(TypedDict):
    event: Literal["retrieval"]
    data: types.RetrievalOut


class ProgressEvent(TypedDict):
    event: Literal["progress"]
    data: types.ProgressOut


class TokenEvent(TypedDict):
    event: Literal["token"]
    data: types.TokenOut


class CitationEvent(TypedDict):
    event: Literal["citation"]
    data: types.CitationOut


class DoneEvent(TypedDict):
    event: Literal["done"]
    data: types.ChatOut


class ShutdownEvent(TypedDict):
    event: Literal["server_shutdown"]
    data: types.ShutdownOut


ChatEvent = RetrievalEvent | ProgressEvent | TokenEvent | CitationEvent | DoneEvent | ShutdownEvent


class ChatStream:
    """Use `Loracle.ask`; a context manager that closes the connection. Iterate over it once.

    turn_id: the answer's id, known from the first event on.
    """

    def __init__(self, first: AbstractContextManager[httpx.Response], open_stream: Open) -> None:
        self.turn_id: str | None = None
        self.conversation_id: str | None = None
        self.request_id: str | None = None
        self._connection = first
        self._response: httpx.Response | None = first.__enter__()  # an error of the request is raised at once
        self._open = open_stream
        self._last_event_id = ""

    def __enter__(self) -> ChatStream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop reading. The service goes on with the answer for a while; `stop` ends it."""
        if self._response is not None:
            self._response = None
            self._connection.__exit__(None, None, None)

    def __iter__(self) -> Iterator[ChatEvent]:
        """The events up to `done`. Raises LoracleError for `error`, and if a connection cannot be taken up."""
        tries = 0
        while True:
            try:
                for event in self._read():
                    tries = 0
                    yield event
                    if event["event"] == "done":
                        return
            except httpx.TransportError:
                pass
            finally:
                self.close()
            if self.turn_id is None or tries >= MOST_TRIES:
                raise LoracleError("The connection was lost.", code="connection_lost", request_id=self.request_id)
            time.sleep(FIRST_PAUSE_S * 2**tries)
            tries += 1

    def stop(self) -> types.ChatOut:
        """End the answer, and return what was shown of it, with `status: stopped`; the iteration ends with `done`."""
        if self.turn_id is None:
            raise LoracleError("The answer has not begun.", code="not_begun")
        with self._open("POST", f"/api/v1/chat/{self.turn_id}/stop", {}) as response:
            stopped: types.ChatOut = json.loads(response.read())
        return stopped

    def answer(self) -> types.ChatOut:
        """Read to the end and return the whole answer."""
        for event in self:
            if event["event"] == "done":
                return event["data"]
        raise LoracleError("The stream ended without an answer.", code="connection_lost", request_id=self.request_id)

    def _read(self) -> Iterator[ChatEvent]:
        """The events of one connection."""
        if self._response is None:
            headers = {"Last-Event-ID": self._last_event_id} if self._last_event_id else {}
            self._connection = self._open("GET", f"/api/v1/chat/{self.turn_id}/events", headers)
            self._response = self._connection.__enter__()
        for sent in read_events(self._response.iter_bytes()):
            self._last_event_id = sent.id or self._last_event_id
            data: Any = json.loads(sent.data)
            if sent.event == "error":
                raise error_of(data)
            if sent.event == "retrieval":
                self.turn_id, self.conversation_id = data["turn_id"], data["conversation_id"]
                self.request_id = data["request_id"]
            event: Any = {"event": sent.event, "data": data}
            yield event
