"""Runs the training process: starts it, reads its messages, enforces its limits and stops it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from app.errors import AppError, InvalidRequest, Unavailable
from app.training.messages import Done, Failed, Outcome, Report, Stopped, decode_message
from app.training.worker_main import out_of_memory

CHECK_EVERY_S = 0.5
LOG = "log.txt"
SECRETS = ("LORACLE_", "KEY", "TOKEN", "SECRET", "PASSWORD")
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    memory_mb: int
    timeout_s: float
    grace_s: float = 60.0  # time between the stop and the kill


class TrainingProcess:
    """One run of `app.training.worker_main` over `folder`. Use `run` once."""

    def __init__(self, folder: Path, limits: ProcessLimits) -> None:
        self._folder = folder
        self._limits = limits
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._started = time.monotonic()
        self._stopping_since: float | None = None

    def run(self, on_report: Callable[[Report], None], should_stop: Callable[[], bool]) -> Outcome:
        """Run the process to its end.

        `should_stop` is called twice a second. An exception of it or of `on_report` kills the process.

        Raises InvalidRequest (a retry cannot succeed), Unavailable (the process died, a retry resumes), InvalidMessage.
        """
        with (self._folder / LOG).open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "app.training.worker_main", str(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=_environment(),
            )
        threading.Thread(target=self._read, args=(process,), daemon=True).start()
        try:
            return self._read_messages(process, on_report, should_stop)
        finally:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdout is not None:
            with suppress(ValueError, OSError):  # closed by another thread: the process was killed
                for line in process.stdout:
                    self._lines.put(line)
        self._lines.put(None)

    def _read_messages(
        self, process: subprocess.Popen[bytes], on_report: Callable[[Report], None], should_stop: Callable[[], bool]
    ) -> Outcome:
        checked = 0.0
        while True:
            outcome = self._receive(process, on_report)
            if outcome is not None:
                return outcome
            if time.monotonic() - checked >= CHECK_EVERY_S:
                checked = time.monotonic()
                self._check_limits(process)
                if should_stop():
                    self._stop(process)

    def _receive(self, process: subprocess.Popen[bytes], on_report: Callable[[Report], None]) -> Outcome | None:
        """Wait up to CHECK_EVERY_S for a message and report it. Returns the last message of the process, else None."""
        try:
            line = self._lines.get(timeout=CHECK_EVERY_S)
        except queue.Empty:
            return None
        if line is None:
            raise self._died(process.wait())
        message = decode_message(line)
        if isinstance(message, Failed):
            raise InvalidRequest(message.message, code=message.code)
        if isinstance(message, Done | Stopped):
            return message
        on_report(message)
        return None

    def _check_limits(self, process: subprocess.Popen[bytes]) -> None:
        now = time.monotonic()
        if now - self._started > self._limits.timeout_s:
            raise InvalidRequest(
                f"Training took longer than its {self._limits.timeout_s:.0f} s; resume it to go on from its newest "
                "checkpoint, or train fewer steps.",
                code="time_limit",
            )
        with suppress(psutil.NoSuchProcess):
            if psutil.Process(process.pid).memory_info().rss > self._limits.memory_mb * MEGABYTE:
                raise InvalidRequest(out_of_memory(self._limits.memory_mb), code="memory_limit")
        if self._stopping_since is not None and now - self._stopping_since > self._limits.grace_s:
            process.kill()

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        if self._stopping_since is None and process.stdin is not None:
            self._stopping_since = time.monotonic()
            with suppress(OSError):
                process.stdin.write(b"stop\n")
                process.stdin.flush()

    def _died(self, exit_code: int) -> AppError:
        how = f"signal {-exit_code}" if exit_code < 0 else f"exit status {exit_code}"
        return Unavailable(f"The training process died ({how}); it goes on from its newest checkpoint.", code="died")


def _environment() -> dict[str, str]:
    """The environment without the service's settings and secrets."""
    allowed = {name: value for name, value in os.environ.items() if not any(sign in name for sign in SECRETS)}
    return {**allowed, "TOKENIZERS_PARALLELISM": "false"}
