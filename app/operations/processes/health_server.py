"""Health of a process that serves no API: a port for the probes of an orchestrator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.operations.processes.heartbeat import Heartbeat
from app.operations.text_server import TextAnswer, text_server


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

    def answer(path: str, _authorization: str | None) -> TextAnswer:
        check = checks.get(path)
        if check is None:
            return TextAnswer(404, b"not found\n")
        return TextAnswer(200, b"ok\n") if check() else TextAnswer(503, b"no\n")

    with text_server(host, port, answer, name="health", options="--health-host and --health-port") as opened:
        yield opened
