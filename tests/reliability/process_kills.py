"""kill -9 of each process of a service in turn: is anything acknowledged lost, done twice, or another tenant's?

    python -m tests.reliability.process_kills --cycles 50

Two `serve`, two `worker` and a `trainer` share a PostgreSQL database. Tenants upload, ask, activate adapters, evaluate
and delete, at one server after the other; a request that a kill cuts is sent again with its idempotency key, as clients
do. In each cycle one process is killed and started again; after every third the database is restarted under all of
them. At the end the answers, the database and what the tenants were told are compared.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.reliability.process_kill_checks import violations
from tests.reliability.process_kill_clients import TenantClient
from tests.reliability.rolling_restart import make_template
from tests.support.cluster import Kind, running_cluster
from tests.support.postgres import PostgresServer, running_server
from tests.support.report import report

KINDS: list[Kind] = ["serve", "worker", "trainer", "serve", "worker"]  # in the order in which they are killed
TENANTS = ("acme", "bolt")
RESTART_DATABASE_EVERY = 3  # kills
AT_REST_S = 120.0  # for what is queued when the kills end


def measured(postgres: PostgresServer, folder: Path, cycles: int, pause_s: float = 0.5) -> dict[str, Any]:
    """Kill so many processes, `pause_s` seconds after the one before is ready again."""
    settings = {"worker_in_process": "false", "trainer_in_process": "false"}
    with running_cluster(postgres, folder, KINDS, **settings) as cluster:
        urls = [f"http://127.0.0.1:{server.port}" for server in cluster.servers]
        clients = [TenantClient(name, cluster.tenant(name), urls, folder / name) for name in TENANTS]
        with ThreadPoolExecutor(len(clients)) as pool:
            runs = [pool.submit(client.run) for client in clients]
            try:
                for cycle in range(cycles):
                    time.sleep(pause_s)
                    killed = cluster.processes[cycle % len(cluster.processes)]
                    killed.kill()
                    killed.start()
                    killed.wait_ready()
                    if (cycle + 1) % RESTART_DATABASE_EVERY == 0:
                        postgres.stop("fast")  # ends every transaction where it is
                        postgres.start()
            finally:
                for client in clients:
                    client.stopping.set()
            for run in runs:
                run.result()
        for client in clients:
            client.wait_at_rest(AT_REST_S)
        found = [*violations(cluster.database_url, folder, clients)]
    return {
        "kills": cycles,
        "database_restarts": cycles // RESTART_DATABASE_EVERY,
        "documents": sum(len(client.documents) for client in clients),
        "deleted": sum(len(client.deleted) for client in clients),
        "answers": sum(client.answers for client in clients),
        "activations": sum(client.activations for client in clients),
        "evaluations": sum(len(client.evaluations) for client in clients),
        "sent_again": sum(client.sent_again for client in clients),
        "violations": found,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cycles", type=int, default=50, help="processes killed, one after the other")
    given = parser.parse_args()
    with running_server() as postgres, tempfile.TemporaryDirectory() as folder:
        make_template(postgres)
        row = measured(postgres, Path(folder), given.cycles)
    report("process-kills", [row])
    sys.exit(1 if row["violations"] else 0)


if __name__ == "__main__":
    main()
