"""A service of several processes over one database: started, killed and stopped one by one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Literal

import httpx

from tests.support.postgres import TEMPLATE, PostgresServer
from tests.support.serving import environment, free_port

Kind = Literal["serve", "worker", "trainer"]
START_S = 120.0
STOP_S = 60.0
FAKES = {
    "generator": "scripted",
    "embedding_model": "hashing",
    "refusal_threshold": 0.05,
    "job_lease_s": 3,
    "job_heartbeat_s": 0.5,
    "job_max_attempts": 50,
    "log_level": "WARNING",
}


class LoracleProcess:
    """One `loracle serve`, `worker` or `trainer`."""

    def __init__(self, kind: Kind, name: str, environ: dict[str, str], folder: Path) -> None:
        self.kind = kind
        self.name = name
        self.port = free_port()
        self.log = folder / f"{name}.log"
        self._environ = {**environ, "LORACLE_NODE_NAME": name}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; `wait_ready` waits."""
        port = "--port" if self.kind == "serve" else "--health-port"
        command = [sys.executable, "-m", "app.cli", self.kind, port, str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=self._environ, start_new_session=True)

    def wait_ready(self) -> None:
        """Wait until /readyz says yes. Raises RuntimeError with the log's end if it does not."""
        until = time.monotonic() + START_S
        while time.monotonic() < until and self._process is not None and self._process.poll() is None:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5).is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} did not start:\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """kill -9, the children too."""
        self._end(signal.SIGKILL)

    def ask_to_stop(self) -> None:
        """SIGTERM, without waiting."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def stop(self) -> int | None:
        """SIGTERM; the exit status."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        if process.poll() is None:
            os.killpg(process.pid, how)
        return process.wait(STOP_S)


class Cluster:
    """The processes of one service, which share a database and a data folder."""

    def __init__(self, folder: Path, database_url: str, kinds: Sequence[Kind], **settings: Any) -> None:
        self.folder = folder
        self.database_url = database_url
        self.environment = environment(folder / "data", {"database_url": database_url, **FAKES, **settings})
        self.environment["PYTHONPATH"] = str(Path(__file__).parents[2])
        self.processes = [
            LoracleProcess(kind, f"{kind}-{kinds[:place].count(kind) + 1}", self.environment, folder)
            for place, kind in enumerate(kinds)
        ]

    @property
    def servers(self) -> list[LoracleProcess]:
        return [process for process in self.processes if process.kind == "serve"]

    def start(self) -> None:
        for process in self.processes:
            process.start()
        for process in self.processes:
            process.wait_ready()

    def tenant(self, name: str, *more: str) -> str:
        """A new tenant's key."""
        command = [sys.executable, "-m", "app.cli", "tenants", "create", name, "--json", *more]
        made = subprocess.run(command, check=True, capture_output=True, text=True, env=self.environment)
        return str(json.loads(made.stdout)["key"])


@contextmanager
def running_cluster(
    postgres: PostgresServer, folder: Path, kinds: Sequence[Kind], **settings: Any
) -> Iterator[Cluster]:
    """A service over a database of its own; every process is stopped at the end."""
    with postgres.database(TEMPLATE) as url, ExitStack() as stack:
        cluster = Cluster(folder, url, kinds, **settings)
        for process in cluster.processes:
            stack.callback(process.stop)
        cluster.start()
        yield cluster
