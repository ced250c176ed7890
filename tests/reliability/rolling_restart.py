"""Every `serve` is restarted in turn under load: does one request fail?

    python -m tests.reliability.rolling_restart --requests 2000

The clients send each request once, over a connection of its own, through a load balancer that follows /readyz. Whatever
is refused, cut, answered with an error or answered wrongly counts as failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from tests.support.cluster import Cluster, LoracleProcess, running_cluster
from tests.support.load_balancer import LoadBalancer
from tests.support.postgres import TEMPLATE, PostgresServer, running_server
from tests.support.report import report
from tests.support.serving import take_in

CLIENTS = 4
PAUSE_S = 0.02  # of each client between two requests: the processes that start need the processor, too
DRAIN_DELAY_S = 1
QUESTION = "When does the museum open?"
FACT = "The museum opens at ten in the morning."


class Load:
    """Clients that ask until enough is asked and every server was restarted."""

    def __init__(self, url: str, key: str, requests: int) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {key}", "Connection": "close"}
        self._requests = requests
        self._lock = threading.Lock()
        self.sent = 0
        self.failures: Counter[str] = Counter()
        self.restarted = threading.Event()

    def run(self, client: int) -> None:
        """One client: a request after the other, each over a new connection."""
        kinds = (self._list, self._search, self._ask, self._stream)
        while True:
            with self._lock:
                if self.sent >= self._requests and self.restarted.is_set():
                    return
                self.sent += 1
                number = self.sent
            act = kinds[(number + client) % len(kinds)]
            try:
                with httpx.Client(base_url=self._url, headers=self._headers, timeout=60) as http:
                    wrong = act(http)
            except httpx.HTTPError as fault:
                wrong = f"{act.__name__}: {type(fault).__name__}"
            time.sleep(PAUSE_S)
            if wrong:
                with self._lock:
                    self.failures[wrong] += 1

    def _list(self, http: httpx.Client) -> str | None:
        answer = http.get("/api/v1/documents")
        return None if answer.is_success and answer.json()["data"] else f"list: {answer.status_code}"

    def _search(self, http: httpx.Client) -> str | None:
        answer = http.post("/api/v1/search", json={"query": QUESTION})
        found = answer.is_success and FACT in answer.text
        return None if found else f"search: {answer.status_code}"

    def _ask(self, http: httpx.Client) -> str | None:
        answer = http.post("/api/v1/chat", json={"message": QUESTION})
        return None if answer.is_success and FACT in answer.text else f"chat: {answer.status_code}"

    def _stream(self, http: httpx.Client) -> str | None:
        answer = http.post("/api/v1/chat", json={"message": QUESTION, "stream": True})
        whole = answer.is_success and "event: done" in answer.text
        return None if whole else f"stream: {answer.status_code}"


def roll(servers: list[LoracleProcess], balancer: LoadBalancer) -> None:
    """Restart each server as soon as the one before answers again."""
    for server in servers:
        server.stop()
        server.start()
        server.wait_ready()
        while not balancer.is_ready(server.port):
            time.sleep(0.05)


def under_load(cluster: Cluster, requests: int, rounds: int = 1) -> dict[str, Any]:
    """Restart every server `rounds` times while clients ask. Returns what was sent and what failed."""
    key = cluster.tenant("acme")
    with LoadBalancer([server.port for server in cluster.servers]) as balancer:
        while not all(balancer.is_ready(server.port) for server in cluster.servers):
            time.sleep(0.05)
        with httpx.Client(base_url=balancer.url, headers={"Authorization": f"Bearer {key}"}, timeout=60) as http:
            assert take_in(http, "museum.md", f"# Museum\n\n{FACT}\n".encode())["status"] == "ready"
        load = Load(balancer.url, key, requests)
        with ThreadPoolExecutor(CLIENTS) as pool:
            clients = [pool.submit(load.run, client) for client in range(CLIENTS)]
            try:
                for _ in range(rounds):
                    roll(cluster.servers, balancer)
            finally:
                load.restarted.set()
            for client in clients:
                client.result()
    restarts = rounds * len(cluster.servers)
    return {"requests": load.sent, "restarts": restarts, "failed": sum(load.failures.values()), "why": load.failures}


def measured(postgres: PostgresServer, folder: Path, requests: int, rounds: int = 1) -> dict[str, Any]:
    """Two servers, rolled under load."""
    with running_cluster(postgres, folder, ["serve", "serve"], drain_delay_s=DRAIN_DELAY_S) as cluster:
        return under_load(cluster, requests, rounds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=2000, help="at least so many are sent")
    parser.add_argument("--rounds", type=int, default=2, help="restarts of each server")
    given = parser.parse_args()
    with running_server() as postgres, tempfile.TemporaryDirectory() as folder:
        make_template(postgres)
        row = measured(postgres, Path(folder), given.requests, given.rounds)
    report("rolling-restart", [row])
    print(row)
    sys.exit(1 if row["failed"] else 0)


def make_template(postgres: PostgresServer) -> None:
    """Make the empty database that clusters copy."""
    from app.storage.database import migrate

    postgres.execute(f"CREATE DATABASE {TEMPLATE}")
    with tempfile.TemporaryDirectory() as folder:
        migrate(Path(folder), postgres.url(TEMPLATE))


if __name__ == "__main__":
    main()
