"""What the request at work sees of its tenant's documents: every repository that is opened in it is narrowed by that.

It belongs to the context, as the request id does, so no route can forget to pass it on. Jobs and the command line run
without one and see everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from app.domain.visibility import EVERYTHING, Visibility

_visibility: ContextVar[Visibility] = ContextVar("visibility", default=EVERYTHING)


def current_visibility() -> Visibility:
    return _visibility.get()


@contextmanager
def seeing(visibility: Visibility) -> Iterator[None]:
    """Narrow all that this context, its tasks and its threads read of a tenant."""
    token = _visibility.set(visibility)
    try:
        yield
    finally:
        _visibility.reset(token)
