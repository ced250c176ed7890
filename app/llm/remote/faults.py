"""What can be wrong with a server that generates, for the generator that decides what to do about it.

ServerFault          the server is at fault: another one may answer
├── ServerLost       it cannot be reached, or the connection broke
├── ServerBusy       it has too much to do, which does not count against it
├── InternalError    it failed on the request, with HTTP 500
└── UnknownModel     it does not know the model or adapter: it may have restarted
RequestRefused       the server understood the request and refuses it: no other one would do otherwise
"""

from __future__ import annotations

from app.errors import GenerationInterrupted, Unavailable


class ServerFault(Exception):
    """The server did not answer, or answered what no server of its kind does."""


class ServerLost(ServerFault):
    """It cannot be reached, or the connection broke."""


class ServerBusy(ServerFault):
    """It has too much to do."""


class InternalError(ServerFault):
    """It failed on the request, with HTTP 500."""


class UnknownModel(ServerFault):
    """It knows no model of the name that was asked for."""


class RequestRefused(Exception):
    """It refuses the request, with the reason."""


def request_refused(reason: Exception) -> Unavailable:
    """What a user hears of a request that the server refuses."""
    return Unavailable(f"The generation server refused the request: {reason}.", code="generation_refused")


def answer_interrupted() -> GenerationInterrupted:
    """What a user hears of a server that was lost after the first token."""
    return GenerationInterrupted(
        "The server that wrote this answer was lost in the middle of it; ask again.", retry_after=1
    )
