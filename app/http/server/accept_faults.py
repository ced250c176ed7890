"""What is done when the operating system has no descriptor left for a new connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

log = structlog.get_logger(__name__)
OUT_OF_DESCRIPTORS = "socket.accept() out of system resource"  # asyncio's text; it tries again after a second
LOGGED_EVERY_S = 60.0
ROOM_EVERY_S = 1.0
ROOM = 16  # connections


class AcceptFaults:
    """An event loop's exception handler: asyncio reports each failed accept, thousands a second, and logs each.

    Here one line a minute says so, and connections that wait for a request make room.
    """

    def __init__(self, make_room: Callable[[], bool]) -> None:
        """`make_room` closes one waiting connection; False if there is none."""
        self._make_room = make_room
        self._log_from = self._room_from = float("-inf")

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if context.get("message") != OUT_OF_DESCRIPTORS:
            loop.default_exception_handler(context)
            return
        now = loop.time()
        if now >= self._room_from:
            self._room_from = now + ROOM_EVERY_S
            for _ in range(ROOM):
                self._make_room()
        if now >= self._log_from:
            self._log_from = now + LOGGED_EVERY_S
            log.error("out_of_file_descriptors", message="Raise the limit on open files (ulimit -n).")
