"""Commands start without the libraries that they do not use: measured in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from app import __version__
from tests.support.paths import ROOT

MODEL_LIBRARIES = {"torch", "transformers", "faiss", "numpy"}
MOST_CPU_S = 0.5
REPEATS = 5  # the least of them counts: whatever else the machine does only adds to it
PROGRAM = """
import sys
from app.cli import main
sys.argv = ["loracle", *sys.argv[1:]]
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
ANSWER = {"answer": "Nine.", "citations": [], "timings": {"ttft_s": 0.1, "total_s": 0.2}}
BATCH = {"id": "b", "finished": True, "progress": 1.0, "counts": {"ready": 1}, "refused": []}
DOCUMENTS = {"data": [{"filename": "a.txt", "status": "ready", "error": None, "chunks": 1}], "has_more": False}


class Ended(NamedTuple):
    status: int
    output: str
    modules: set[str]
    cpu_s: float  # user and system time, Python's own start included


def loracle(*arguments: str) -> Ended:
    """`loracle` with `arguments` in a child process."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        output, modules = process.stdout.read(), process.stderr.read()  # both are smaller than a pipe's buffer
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Ended(process.returncode, output, set(modules.split()), usage.ru_utime + usage.ru_stime)


class Service(BaseHTTPRequestHandler):
    """Answers the calls of `ask` and `ingest` with what is above."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(ANSWER if self.path.endswith("/chat") else BATCH)

    def do_GET(self) -> None:
        self._answer(DOCUMENTS)

    def _answer(self, body: object) -> None:
        encoded = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(encoded)))
        self.end_headers()
        self.wfile.write(encoded)

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_help_takes_little_cpu_time() -> None:
    runs = [loracle("--help") for _ in range(REPEATS)]
    assert all(run.status == 0 and "Usage" in run.output for run in runs)
    assert min(run.cpu_s for run in runs) < MOST_CPU_S


@pytest.mark.parametrize("command", ["", "tenants", "keys", "ask", "ingest", "serve", "train", "compare"])
def test_help_imports_no_model_library_no_database_and_no_client(command: str) -> None:
    run = loracle(*command.split(), "--help")
    assert run.status == 0
    assert not run.modules & {*MODEL_LIBRARIES, "sqlalchemy", "httpx", "app.settings"}


def test_version_is_printed() -> None:
    run = loracle("--version")
    assert (run.status, run.output) == (0, f"loracle {__version__}\n")
    assert not run.modules & MODEL_LIBRARIES


def test_calls_over_http_import_no_model_library_and_no_database(url: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Lunch is at noon.")
    asked = loracle("ask", "When?", "--key", "k", "--url", url)
    ingested = loracle("ingest", str(tmp_path / "a.txt"), "--key", "k", "--url", url)
    assert (asked.status, ingested.status) == (0, 0)
    assert "Nine." in asked.output
    assert "ready     a.txt (1 chunks)" in ingested.output
    for run in (asked, ingested):
        assert "httpx" in run.modules
        assert not run.modules & {*MODEL_LIBRARIES, "sqlalchemy", "app.settings"}


def test_tenants_and_keys_import_no_model_library(tmp_path: Path) -> None:
    place = ("--data-dir", str(tmp_path))
    created = loracle("tenants", "create", "acme", *place)  # on a new folder: with every migration
    assert created.status == 0
    assert not created.modules & (MODEL_LIBRARIES - {"numpy"})
    for command in (("tenants", "list"), ("keys", "create", "acme"), ("keys", "list", "acme")):
        run = loracle(*command, *place)
        assert run.status == 0
        assert "sqlalchemy" in run.modules
        assert not run.modules & MODEL_LIBRARIES


def test_a_service_that_cannot_be_reached_is_one_line(tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "app.cli", "ask", "When?", "--key", "k", "--url", "http://127.0.0.1:9"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert process.returncode == 1
    assert process.stderr.startswith("loracle: the service cannot be reached")
    assert process.stderr.count("\n") == 1
