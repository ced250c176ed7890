"""How a real process ends that is asked to stop."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.serving import ServedLoracle, environment

UPLOAD = (
    "POST /api/v1/documents HTTP/1.1\r\nHost: x\r\nAuthorization: {key}\r\nContent-Length: 1000\r\n"
    'Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"'
)


def lines(served: ServedLoracle) -> list[dict[str, Any]]:
    return [json.loads(line) for line in served.log.read_text().splitlines() if line.startswith("{")]


def test_the_first_signal_tells_streams_and_probes_and_the_second_ends_the_process(tmp_path: Path) -> None:
    options = {"generator": "scripted", "embedding_model": "hashing", "worker_in_process": False}
    with ServedLoracle(tmp_path / "data", drain_delay_s=300, **options) as served:
        http, process = served.tenant("acme"), served.process
        document = http.post("/api/v1/documents", files={"file": ("a.txt", b"A")}).raise_for_status().json()
        with http.stream("GET", f"/api/v1/documents/{document['id']}/events") as followed:
            events = followed.iter_lines()
            assert next(events) == "event: progress"
            process.send_signal(signal.SIGHUP)
            assert "event: server_shutdown" in events  # which reads up to it
            assert list(events)[-1] == ""  # ended, not cut
        ready = httpx.get(f"{served.url}/readyz")  # the service still listens
        assert (ready.status_code, ready.json()["checks"]["draining"]) == (503, "yes")
        with socket.create_connection(("127.0.0.1", served.port)) as upload:
            upload.sendall(UPLOAD.format(key=http.headers["Authorization"]).encode())
            process.send_signal(signal.SIGINT)
            process.wait(30)
        told = {line["event"]: line for line in lines(served)}
    draining = told["draining"]
    assert (draining["signal"], draining["streams"], draining["jobs"], draining["bound_s"]) == ("SIGHUP", 1, 0, 30)
    assert told["stopped_at_once"]["signal"] == "SIGINT"


SLOW = """
import sys, time
from app.bootstrap import lifespan
lifespan.build_runtime = lambda *_: time.sleep(300)
from app.cli import main
sys.argv = ["loracle", "serve", "--port", "0"]
main()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_is_starting_ends_at_the_first_signal(tmp_path: Path, number: signal.Signals) -> None:
    """However long the models take, and whatever time it would have to drain."""
    settings = environment(tmp_path, {"generator": "scripted", "embedding_model": "hashing", "drain_delay_s": 300})
    with subprocess.Popen([sys.executable, "-c", SLOW], stderr=subprocess.PIPE, text=True, env=settings) as serving:
        assert serving.stderr is not None
        address = next(json.loads(line)["address"] for line in serving.stderr if '"starting"' in line)
        until_it_answers(address)
        asked = time.monotonic()
        serving.send_signal(number)
        left = [json.loads(line)["event"] for line in serving.stderr if line.startswith("{")]
        serving.wait(30)
    assert time.monotonic() - asked < 10  # and not 300; a second on a machine at rest
    assert serving.returncode == -number
    assert left[-1] == "stopped_while_starting"


def until_it_answers(address: str) -> None:
    for _ in range(600):
        with suppress(httpx.HTTPError):
            assert httpx.get(f"{address}/readyz").status_code == 503
            return
        time.sleep(0.1)
    raise AssertionError(address)


def test_a_worker_ends_at_a_hang_up_and_says_what_it_waits_for(tmp_path: Path) -> None:
    settings = environment(tmp_path, {"embedding_model": "hashing"})
    command = [sys.executable, "-m", "app.cli", "worker"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=settings) as worker:
        assert worker.stderr is not None
        found = []
        for line in worker.stderr:
            found.append(json.loads(line)["event"] if line.startswith("{") else line)
            if found[-1] == "ready":
                worker.send_signal(signal.SIGHUP)
    assert found[-2:] == ["draining", "stopped"]
    assert worker.returncode == 0
