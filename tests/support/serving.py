"""A real service in a process of its own, for benchmarks and journeys: started, waited for, stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx
import psutil

from tests.support.ports import free_port

START_TIMEOUT_S = 240.0


class ServedLoracle:
    """`loracle serve` over `data_dir`; a context manager. `url` is its address, `log` its log file."""

    def __init__(self, data_dir: Path, **settings: Any) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir / "service.log"
        self.environment = environment(data_dir, settings)
        self.command = [sys.executable, "-m", "app.cli", "serve"]
        self._process: subprocess.Popen[bytes] | None = None
        self._clients: list[httpx.Client] = []

    def __enter__(self) -> ServedLoracle:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._clients:
            client.close()
        self.stop()

    @property
    def process(self) -> psutil.Process:
        assert self._process is not None
        return psutil.Process(self._process.pid)

    def start(self) -> None:
        """Start and wait until /readyz says so. Raises RuntimeError with the log's end if it does not."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        command = [*self.command, "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, env=self.environment, start_new_session=True
            )
        until = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < until and self._process.poll() is None:
            try:
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"the service did not start:\n{self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """kill -9, the children too: what a crash of the machine's power leaves."""
        self._end(signal.SIGKILL)

    def tenant(self, name: str, *, admin: bool = False) -> httpx.Client:
        """A new tenant's client; with `admin` its key may manage tenants."""
        command = [
            sys.executable,
            "-m",
            "app.cli",
            "tenants",
            "create",
            name,
            "--json",
            *(["--admin"] if admin else []),
        ]
        made = subprocess.run(command, check=True, capture_output=True, text=True, env=self.environment)
        return self.client(json.loads(made.stdout)["key"])

    def client(self, key: str) -> httpx.Client:
        """A client that is closed with the service."""
        self._clients.append(httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {key}"}, timeout=300))
        return self._clients[-1]

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            os.killpg(process.pid, how)
        process.wait(60)


def environment(data_dir: Path, settings: Mapping[str, Any]) -> dict[str, str]:
    """The caller's environment with LORACLE_* for one data folder."""
    named = {f"LORACLE_{name.upper()}": str(value) for name, value in settings.items()}
    return {**os.environ, "LORACLE_DATA_DIR": str(data_dir), **named}


def take_in(http: httpx.Client, name: str, content: bytes, **fields: str) -> dict[str, Any]:
    """Upload and wait until the document is ready, failed or cancelled; its last state."""
    response = http.post("/api/v1/documents", files={"file": (name, content)}, data=fields)
    response.raise_for_status()
    return wait_for(http, response.json()["id"])


def wait_for(http: httpx.Client, document_id: str) -> dict[str, Any]:
    while True:
        body: dict[str, Any] = http.get(f"/api/v1/documents/{document_id}").raise_for_status().json()
        if body["status"] in {"ready", "failed", "cancelled"}:
            return body
        time.sleep(0.1)


def upload_rows(http: httpx.Client, lines: Sequence[str], name: str) -> str:
    """The id of a dataset of the rows that validation finds no fault with: repeated and over-long ones are left out."""
    kept = list(lines)
    while True:
        files = {"file": ("rows.jsonl", "\n".join(kept).encode())}
        found = http.post("/api/v1/training/datasets/validate", files=files).raise_for_status().json()
        if not found["problem_count"]:
            break
        bad = {problem["line"] for problem in found["problems"]}
        kept = [line for number, line in enumerate(kept, 1) if number not in bad]
    print(f"{len(kept)} of {len(lines)} rows are faultless", flush=True)
    made = http.post("/api/v1/training/datasets", files=files, data={"name": name}).raise_for_status()
    return str(made.json()["id"])
