"""Health of a process that serves no API: a port for the probes of an orchestrator."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def health_server(host: str, port: int, is_healthy: Callable[[], bool], is_ready: Callable[[], bool]) -> Iterator[int]:
    """Answer /healthz and /readyz on `port` with 200 or 503 until the end; port 0 takes any. Yields the port.

    Raises OSError if the port is taken.
    """
    checks: dict[str, Callable[[], bool]] = {"/healthz": is_healthy, "/readyz": lambda: is_healthy() and is_ready()}

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            check = checks.get(self.path)
            status = 404 if check is None else 200 if check() else 503
            body = {200: b"ok\n", 404: b"not found\n", 503: b"no\n"}[status]
            self.send_response(status)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Probes are not logged."""

    server = ThreadingHTTPServer((host, port), Health)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="health", daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
