"""Health of a process that serves no API: a port for the probes of an orchestrator."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from app.http.server.listening import open_listener
from app.operations.processes.heartbeat import Heartbeat


class ProcessHealth:
    """What the probes are told. Until the process follows a heartbeat it starts: it lives and is not ready."""

    def __init__(self) -> None:
        self._heartbeat: Heartbeat | None = None

    def follow(self, heartbeat: Heartbeat) -> None:
        """The process works from now on: it is well as long as its heartbeat is."""
        self._heartbeat = heartbeat

    def is_alive(self) -> bool:
        return self._heartbeat is None or self._heartbeat.is_healthy

    def is_ready(self) -> bool:
        return self._heartbeat is not None and self._heartbeat.is_healthy and not self._heartbeat.is_draining


@contextmanager
def health_server(host: str, port: int, health: ProcessHealth) -> Iterator[int]:
    """Answer /healthz and /readyz on `port` with 200 or 503 until the end; port 0 takes any. Yields the port.

    Raises InvalidRequest if the port cannot be opened.
    """
    checks: dict[str, Callable[[], bool]] = {"/healthz": health.is_alive, "/readyz": health.is_ready}

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

    listener = open_listener(host, port, "--health-host and --health-port")
    server = ThreadingHTTPServer(listener.getsockname()[:2], Health, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="health", daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
