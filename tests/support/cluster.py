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

from tests.support.byte_base import write_byte_base
from tests.support.ports import free_port
from tests.support.postgres import TEMPLATE, PostgresServer
from tests.support.serving import environment

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
ON_REPLICAS = {"generator": "vllm", "context_tokens": 16_384, "vllm_check_s": 0.5}


class ClusterProcess:
    """A process with a port of its own: started, killed and stopped."""

    def __init__(self, name: str, arguments: Sequence[str], health: str, environ: dict[str, str], folder: Path) -> None:
        """`arguments` of the interpreter, before the port's number. `health`: the path that says when it is ready."""
        self.name = name
        self.port = free_port()
        self.log = folder / f"{name}.log"
        self._arguments = arguments
        self._health = health
        self._environ = environ
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; `wait_ready` waits."""
        command = [sys.executable, "-m", *self._arguments, str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=self._environ, start_new_session=True)

    def wait_ready(self) -> None:
        """Wait until it says yes. Raises RuntimeError with the log's end if it does not."""
        until = time.monotonic() + START_S
        while time.monotonic() < until and self._process is not None and self._process.poll() is None:
            try:
                if httpx.get(self.url + self._health, timeout=5).is_success:
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


class LoracleProcess(ClusterProcess):
    """One `loracle serve`, `worker` or `trainer`."""

    def __init__(self, kind: Kind, name: str, environ: dict[str, str], folder: Path) -> None:
        port = "--port" if kind == "serve" else "--health-port"
        super().__init__(name, ["app.cli", kind, port], "/readyz", {**environ, "LORACLE_NODE_NAME": name}, folder)
        self.kind = kind


class VllmReplica(ClusterProcess):
    """A double of vLLM, which forgets its adapters when it is killed."""

    def __init__(self, name: str, environ: dict[str, str], folder: Path) -> None:
        super().__init__(name, ["tests.support.vllm_replica", "--port"], "/health", environ, folder)

    def adapters(self) -> list[str]:
        """The names of the adapters that it has loaded."""
        listed = httpx.get(f"{self.url}/v1/models", timeout=5).json()["data"]
        return [one["id"] for one in listed if one["parent"]]


class Cluster:
    """The processes of one service, which share a database, and a data folder or a bucket."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        kinds: Sequence[Kind],
        replicas: int = 0,
        *,
        own_folders: bool = False,
        **settings: Any,
    ) -> None:
        """`replicas` of vLLM generate, unless there are none. `own_folders`: each process has a data folder."""
        self.folder = folder
        self.database_url = database_url
        given = {"database_url": database_url, **FAKES, **settings}
        plain = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        self.replicas = [VllmReplica(f"vllm-{place + 1}", plain, folder) for place in range(replicas)]
        if replicas:
            given |= {**ON_REPLICAS, "base_model": f"path:{write_byte_base(folder / 'base')}"}
            given["vllm_urls"] = ",".join(one.url for one in self.replicas)
        self.environment = {**environment(folder / "data", given), "PYTHONPATH": plain["PYTHONPATH"]}
        self.processes = [
            self._process(kind, kinds[:place].count(kind) + 1, own_folders) for place, kind in enumerate(kinds)
        ]

    @property
    def servers(self) -> list[LoracleProcess]:
        return [process for process in self.processes if process.kind == "serve"]

    @property
    def everything(self) -> list[ClusterProcess]:
        """What was started, in the order of the start."""
        return [*self.replicas, *self.processes]

    def start(self) -> None:
        for process in self.everything:
            process.start()
        for process in self.everything:
            process.wait_ready()

    def tenant(self, name: str, *more: str) -> str:
        """A new tenant's key."""
        command = [sys.executable, "-m", "app.cli", "tenants", "create", name, "--json", *more]
        made = subprocess.run(command, check=True, capture_output=True, text=True, env=self.environment)
        return str(json.loads(made.stdout)["key"])

    def _process(self, kind: Kind, number: int, own_folder: bool) -> LoracleProcess:
        name = f"{kind}-{number}"
        environ = self.environment
        if own_folder:
            environ = {**environ, "LORACLE_DATA_DIR": str(self.folder / name)}
        return LoracleProcess(kind, name, environ, self.folder)


@contextmanager
def running_cluster(
    postgres: PostgresServer, folder: Path, kinds: Sequence[Kind], replicas: int = 0, **settings: Any
) -> Iterator[Cluster]:
    """A service over a database of its own; every process is stopped at the end."""
    with postgres.database(TEMPLATE) as url, ExitStack() as stack:
        cluster = Cluster(folder, url, kinds, replicas, **settings)
        for process in cluster.everything:
            stack.callback(process.stop)
        cluster.start()
        yield cluster
