"""The HTTP server that leaves a load balancer before it stops: not ready first, then no more connections."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from types import FrameType

import uvicorn

from app.http.accept_faults import AcceptFaults
from app.http.connections import Connections


class DrainingServer(uvicorn.Server):
    """Answers go on for a while after the first signal, so that nobody is sent to a closed port.

    A second signal ends the wait.
    """

    def __init__(
        self, config: uvicorn.Config, start_draining: Callable[[], None], delay_s: float, connections: Connections
    ) -> None:
        """`start_draining` is called at the first signal, `delay_s` seconds before the server stops listening."""
        super().__init__(config)
        self.connections = connections
        self._start_draining = start_draining
        self._delay_s = delay_s
        self._asked = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(AcceptFaults(self.connections.make_room))
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Handle SIGINT or SIGTERM, in the main thread."""
        if self._asked or not self._delay_s:
            self._start_draining()
            super().handle_exit(sig, frame)
            return
        self._asked = True
        self._start_draining()
        timer = threading.Timer(self._delay_s, super().handle_exit, (sig, frame))
        timer.daemon = True
        timer.start()
