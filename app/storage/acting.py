"""Who acts in this context: every change that is recorded names it.

It belongs to the context, as the request id does, so no call can forget to pass it on. The middleware binds the caller
of a request, the command line its operator; without one it is the service itself.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from app.domain.actors import SERVICE, Actor, ActorKind

_actor: ContextVar[Actor] = ContextVar("actor", default=SERVICE)


def current_actor() -> Actor:
    return _actor.get()


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Let all that this context, its tasks and its threads do be done by `actor`."""
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)


def operator() -> Actor:
    """Whoever runs this process: the actor of the command line."""
    return Actor(ActorKind.OPERATOR, user=_account())


def _account() -> str:
    """The name of the operating system's account; its number if it has none, as in a container."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # KeyError: Python before 3.13
        return str(os.getuid())
