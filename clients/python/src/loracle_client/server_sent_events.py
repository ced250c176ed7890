"""Server-sent events of a response that is read while it comes."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    event: str
    data: str
    id: str  # the last one that the stream had


@dataclass(slots=True)
class _Fields:
    """The fields of the event that is being read."""

    event: str = "message"
    data: list[str] = field(default_factory=list)


def read_events(pieces: Iterable[bytes]) -> Iterator[ServerSentEvent]:
    """The events of a stream. Comments are left out, and an event that is cut off is not given."""
    fields, last_id = _Fields(), ""
    for line in _lines(pieces):
        if not line:
            if fields.data:
                yield ServerSentEvent(fields.event, "\n".join(fields.data), last_id)
            fields = _Fields()
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            fields.event = value
        elif name == "data":
            fields.data.append(value)
        elif name == "id" and "\0" not in value:
            last_id = value


def _lines(pieces: Iterable[bytes]) -> Iterator[str]:
    r"""Lines without their ends: \n, \r\n or \r, and no other character, unlike those of `str.splitlines`."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest = ""
    for piece in pieces:
        rest += decoder.decode(piece)
        held = "\r" if rest.endswith("\r") else ""  # its \n may come next
        *lines, rest = rest.removesuffix(held).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        rest += held
        yield from lines
    if rest.endswith("\r"):
        yield rest[:-1]
