"""The HTTP server that leaves a load balancer before it stops: not ready first, then no more connections."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import Context
from types import FrameType

import structlog
import uvicorn

from app.http.drain import STOP_SIGNALS
from app.http.server.accept_faults import AcceptFaults
from app.http.server.connections import Connections

log = structlog.get_logger(__name__)
HURRY_S = 2.0  # after the second signal, for jobs to be given back


class DrainingServer(uvicorn.Server):
    """Answers go on for a while after the first signal, so that nobody is sent to a closed port.

    A second signal ends the process at once.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        start_draining: Callable[[], Mapping[str, int]],
        delay_s: float,
        connections: Connections,
        hurry: Callable[[], None] = lambda: None,
        is_starting: Callable[[], bool] = lambda: False,
    ) -> None:
        """`start_draining` is called at the first signal, `delay_s` seconds before the server stops listening; it
        returns what is at work, for the log. `hurry` is called at the second. While `is_starting` says so there is
        nothing to be drained: the first signal ends the process, whatever is being loaded.
        """
        super().__init__(config)
        self.connections = connections
        self._start_draining = start_draining
        self._delay_s = delay_s
        self._hurry = hurry
        self._is_starting = is_starting
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asked_at: float | None = None  # monotonic seconds

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle the signals that ask to stop while the block runs, then die of the first one as one would expect."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        self._loop = asyncio.get_running_loop()
        before = {number: signal.signal(number, self.handle_exit) for number in STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        for number in self._captured_signals[:1]:
            signal.raise_signal(number)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(AcceptFaults(self.connections.make_room))
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Handle a signal, in the main thread: locks may be held here, so that the event loop does the work."""
        del frame
        self._captured_signals.append(sig)
        if self._loop is not None:
            # In a context of its own: the signal may have come in the midst of some request.
            self._loop.call_soon_threadsafe(self.stop, sig, context=Context())

    def stop(self, sig: int) -> None:
        """Drain at the first call; end the process at the second, or while it is starting."""
        name = signal.Signals(sig).name
        if self._is_starting():  # in a thread, which cannot be stopped; a start is safe to be killed at any moment
            log.info("stopped_while_starting", signal=name)
            signal.signal(sig, signal.SIG_DFL)
            signal.raise_signal(sig)
        if self._asked_at is None:
            self._asked_at = time.monotonic()
            work = {"requests": len(self.server_state.tasks), **self._start_draining()}
            bound_s = self.config.timeout_graceful_shutdown
            log.info("draining", signal=name, delay_s=self._delay_s, bound_s=bound_s, **work)
            asyncio.get_running_loop().call_later(self._delay_s, self._stop_listening)
            return
        log.warning("stopped_at_once", signal=name, requests=len(self.server_state.tasks))
        self._hurry()
        self.should_exit = self.force_exit = True
        end = threading.Timer(HURRY_S, os._exit, (128 + sig,))
        end.daemon = True
        end.start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        since = time.monotonic() if self._asked_at is None else self._asked_at
        log.info("stopped", seconds=round(time.monotonic() - since, 2))

    async def _wait_tasks_to_complete(self) -> None:
        try:
            await super()._wait_tasks_to_complete()
        except asyncio.CancelledError:
            log.warning("drain_cut_short", requests=len(self.server_state.tasks))
            raise

    def _stop_listening(self) -> None:
        self.should_exit = True
