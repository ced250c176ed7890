"""A port of its own for probes and scrapes, beside the one that serves the API."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from app.http.server.listening import open_listener

PLAIN = "text/plain"
CLIENT_TIMEOUT_S = 10.0  # for a client to send its request and to take the answer


@dataclass(frozen=True, slots=True)
class TextAnswer:
    status: int
    body: bytes
    media_type: str = PLAIN


Answer = Callable[[str, str | None], TextAnswer]  # by the path, and the header Authorization


@contextmanager
def text_server(host: str, port: int, answer: Answer, *, name: str, options: str) -> Iterator[int]:
    """Answer GET on `port` until the end, each request in a thread; port 0 takes any. Yields the port.

    `options`: the settings that say host and port. Raises InvalidRequest if the port cannot be opened.
    """

    class Handler(BaseHTTPRequestHandler):
        timeout = CLIENT_TIMEOUT_S

        def do_GET(self) -> None:
            found = answer(self.path, self.headers.get("authorization"))
            self.send_response(found.status)
            self.send_header("Content-Type", found.media_type)
            self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, *_arguments: object) -> None:
            """Probes and scrapes are not logged."""

    listener = open_listener(host, port, options)
    server = ThreadingHTTPServer(listener.getsockname()[:2], Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name=name, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
