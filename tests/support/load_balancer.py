"""A load balancer as small as one can be: each connection goes to the next server whose /readyz says yes.

It never tries a second server for a connection: what is refused or cut is seen by the client.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

import httpx

CHECK_S = 0.1
PIECE_BYTES = 1 << 16
SHUTDOWN_S = 5


class LoadBalancer:
    """Listens on a port of the loopback interface, in a thread of its own; a context manager."""

    def __init__(self, ports: Sequence[int]) -> None:
        """`ports`: of the servers, on this machine."""
        self._ports = list(ports)
        self._ready: list[int] = []
        self._next = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        port = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        self.url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(SHUTDOWN_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SHUTDOWN_S)
        self._loop.close()

    def is_ready(self, port: int) -> bool:
        """Whether connections go to this server now."""
        return port in self._ready

    async def _start(self) -> int:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self._checks = asyncio.create_task(self._check())
        return int(self._server.sockets[0].getsockname()[1])

    async def _stop(self) -> None:
        self._checks.cancel()
        self._server.close()
        with suppress(asyncio.CancelledError):
            await self._checks

    async def _check(self) -> None:
        """Ask every server whether it is ready, again and again."""
        async with httpx.AsyncClient(timeout=5) as client:
            while True:
                answers = await asyncio.gather(*(self._is_ready(client, port) for port in self._ports))
                self._ready = [port for port, ready in zip(self._ports, answers, strict=True) if ready]
                await asyncio.sleep(CHECK_S)

    async def _is_ready(self, client: httpx.AsyncClient, port: int) -> bool:
        try:
            headers = {"Connection": "close"}
            return (await client.get(f"http://127.0.0.1:{port}/readyz", headers=headers)).is_success
        except httpx.TransportError:
            return False

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):  # refused or reset: so it is for the client
            try:
                if self._ready:
                    self._next += 1
                    await self._relay(reader, writer, self._ready[self._next % len(self._ready)])
            finally:
                writer.close()
                await writer.wait_closed()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
        answers, requests = await asyncio.open_connection("127.0.0.1", port)
        try:
            await asyncio.gather(_pass_on(reader, requests), _pass_on(answers, writer))
        finally:
            requests.close()
            await requests.wait_closed()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy what comes until the sender ends."""
    try:
        while piece := await reader.read(PIECE_BYTES):
            writer.write(piece)
            await writer.drain()
    finally:
        with suppress(OSError):
            if writer.can_write_eof():
                writer.write_eof()
