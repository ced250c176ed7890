"""Clients that keep a service waiting, send too much or make things up: the others must not notice.

Run: python -m tests.reliability.slow_clients [--silent 1100] [--slow 200] [--seconds 30] [--only tiny_chunks]

The service has 1,024 descriptors. While each kind of client is at it, a health check on a new connection and a client
on an established one ask again and again; memory is read meanwhile.
"""

from __future__ import annotations

import argparse
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.support.report import report
from tests.support.serving import ServedLoracle

DESCRIPTORS = 1024
DEADLINE_S = 2.0  # of the service for heads, bodies and readers
MOST_GROWN_MB = 50
ASKED_EVERY_S = 0.2
SETTINGS = {
    "generator": "scripted",
    "embedding_model": "hashing",
    "header_timeout_s": DEADLINE_S,
    "body_timeout_s": DEADLINE_S,
    "write_timeout_s": DEADLINE_S,
}
CHUNK = b"400\r\n" + b"x" * 1024 + b"\r\n"
TINY_CHUNK = b"1\r\nx\r\n"


@dataclass
class Crowd:
    """Connections of one kind of client, and what became of them."""

    port: int
    key: str
    stop: threading.Event = field(default_factory=threading.Event)
    sockets: list[socket.socket] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)

    def connect(self, count: int) -> None:
        for _ in range(count):
            with suppress(OSError):
                self.sockets.append(socket.create_connection(("127.0.0.1", self.port), timeout=5))

    def head(self, method: str, path: str, *lines: str) -> bytes:
        every = (f"{method} {path} HTTP/1.1", "Host: t", f"Authorization: Bearer {self.key}", *lines, "", "")
        return "\r\n".join(every).encode()

    def closed(self) -> int:
        """How many the service has closed; what it said before is in `answers`."""
        count = 0
        for one in self.sockets:
            one.setblocking(False)
            said = b""
            try:
                while piece := one.recv(65_536):
                    said += piece
                count += 1
            except BlockingIOError:
                pass
            except OSError:
                count += 1
            self.answers.append(said[:12])
        return count


def silent(crowd: Crowd, count: int) -> None:
    """Connections without a byte."""
    crowd.connect(count)
    crowd.stop.wait()


def slow_heads(crowd: Crowd, count: int) -> None:
    """One byte of a head every half second."""
    crowd.connect(count)
    _drip(crowd, crowd.head("GET", "/healthz"), 1, 0.5)


def slow_bodies(crowd: Crowd, count: int) -> None:
    """One byte of a body every half second."""
    crowd.connect(count)
    _send(crowd, crowd.head("POST", "/api/v1/search", "Content-Type: application/json", "Content-Length: 1000"))
    _drip(crowd, b"x" * 1000, 1, 0.5)


def endless_chunks(crowd: Crowd, count: int) -> None:
    """A chunked body that never ends, as a form to a call that takes JSON."""
    _chunks(crowd, count // 4, CHUNK * 16, "Content-Type: multipart/form-data; boundary=x")


def tiny_chunks(crowd: Crowd, count: int) -> None:
    """A chunked body of single bytes that never ends."""
    _chunks(crowd, count // 4, TINY_CHUNK * 4096, "Content-Type: application/json")


def unread_answers(crowd: Crowd, count: int) -> None:
    """Ask for a large document again and again, and read nothing."""
    crowd.connect(count // 4)
    for _ in range(50):
        _send(crowd, crowd.head("GET", "/openapi.json"))
    crowd.stop.wait()


def made_up_methods(crowd: Crowd, count: int) -> None:
    """A method that nobody knows in each request."""
    with httpx.Client(base_url=f"http://127.0.0.1:{crowd.port}") as client:
        for number in range(count * 5):
            if crowd.stop.is_set():
                return
            client.request(f"ZZ{number}", "/healthz")


KINDS: dict[str, Callable[[Crowd, int], None]] = {
    one.__name__: one
    for one in (silent, slow_heads, slow_bodies, endless_chunks, tiny_chunks, unread_answers, made_up_methods)
}
STAY = {"made_up_methods"}  # have no connections that the service should end


def measured(
    folder: Path, silent_count: int, slow_count: int, seconds: float, only: Collection[str] = KINDS
) -> Iterator[dict[str, Any]]:
    """A row for each kind of client that is named in `only`."""
    served = ServedLoracle(folder, **SETTINGS)
    served.command = ["sh", "-c", f'ulimit -n {DESCRIPTORS}; exec "$@"', "sh", *served.command]
    with served:
        tenant = served.tenant("slow")
        key = tenant.headers["Authorization"].removeprefix("Bearer ")
        tenant.get("/openapi.json")
        tenant.post("/api/v1/search", json={"query": "warm"}).raise_for_status()
        for name in only:
            count = silent_count if KINDS[name] is silent else slow_count
            yield _row(served, tenant, Crowd(served.port, key), KINDS[name], count, seconds)


def is_right(row: dict[str, Any]) -> bool:
    """Whether the others noticed nothing, and those that were slow are gone."""
    gone = row["clients"] in STAY or row["closed"] == row["connections"]
    return gone and row["health failed"] == row["established failed"] == 0 and row["grown MB"] < MOST_GROWN_MB


def _row(
    served: ServedLoracle, tenant: httpx.Client, crowd: Crowd, run: Callable[[Crowd, int], None], count: int, s: float
) -> dict[str, Any]:
    before, log_before = served.process.memory_info().rss, served.log.stat().st_size
    crowd_thread = threading.Thread(target=run, args=(crowd, count))
    tenant.get("/api/v1/documents?limit=1").raise_for_status()
    health: list[float | None] = []
    established: list[float | None] = []
    rss = [before]
    with _running(crowd, crowd_thread):
        until = time.monotonic() + s
        while time.monotonic() < until:
            health.append(_seconds(lambda: httpx.get(f"{served.url}/healthz", timeout=5)))
            established.append(_seconds(lambda: tenant.get("/api/v1/documents?limit=1")))
            rss.append(served.process.memory_info().rss)
            time.sleep(ASKED_EVERY_S)
    closed = crowd.closed()
    for one in crowd.sockets:
        one.close()
    return {
        "clients": run.__name__,
        "connections": len(crowd.sockets),
        "closed": closed,
        "health": len(health),
        "health failed": health.count(None),
        "health max s": max((one for one in health if one is not None), default=0.0),
        "established failed": established.count(None),
        "established max s": max((one for one in established if one is not None), default=0.0),
        "grown MB": (max(rss) - before) / 2**20,
        "log KB": (served.log.stat().st_size - log_before) / 1024,
    }


@contextmanager
def _running(crowd: Crowd, thread: threading.Thread) -> Iterator[None]:
    thread.start()
    try:
        yield
    finally:
        crowd.stop.set()
        thread.join()


def _seconds(ask: Callable[[], httpx.Response]) -> float | None:
    started = time.monotonic()
    try:
        ask().raise_for_status()
    except httpx.HTTPError:
        return None
    return time.monotonic() - started


def _send(crowd: Crowd, data: bytes) -> None:
    for one in crowd.sockets:
        with suppress(OSError):
            one.sendall(data)


def _chunks(crowd: Crowd, count: int, chunks: bytes, *lines: str) -> None:
    """Send these chunks again and again on each connection."""
    crowd.connect(count)
    _send(crowd, crowd.head("POST", "/api/v1/search", *lines, "Transfer-Encoding: chunked"))
    for one in crowd.sockets:
        one.setblocking(False)
    while not crowd.stop.wait(0.01):
        for one in crowd.sockets:
            with suppress(OSError):
                while not crowd.stop.is_set() and one.send(chunks) == len(chunks):
                    pass


def _drip(crowd: Crowd, data: bytes, size: int, pause_s: float) -> None:
    for start in range(0, len(data), size):
        if crowd.stop.wait(pause_s):
            return
        _send(crowd, data[start : start + size])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--silent", type=int, default=1100)
    parser.add_argument("--slow", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30.0, help="for each kind")
    parser.add_argument("--only", choices=sorted(KINDS), nargs="*", default=list(KINDS), help="these kinds")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rows = list(measured(folder / "data", arguments.silent, arguments.slow, arguments.seconds, arguments.only))
    report("slow_clients", rows)
    sys.exit(not all(map(is_right, rows)))


if __name__ == "__main__":
    main()
