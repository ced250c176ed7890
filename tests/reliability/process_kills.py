"""kill -9 of each process of a service in turn: is anything acknowledged lost, done twice, or another tenant's?

    python -m tests.reliability.process_kills --cycles 50 --replicas 2 --s3

Two `serve`, two `worker` and a `trainer` share a PostgreSQL database. Tenants upload, ask, activate adapters, evaluate
and delete, at one server after the other; a request that a kill cuts is sent again with its idempotency key, as clients
do. In each cycle one process is killed and started again; after every third the database is restarted under all of
them. At the end the answers, the database, the files and what the tenants were told are compared.
With `--replicas`, doubles of vLLM generate, each a process that is killed in its turn and forgets its adapters; an
answer begins with the version of the adapter that the replica applied. With `--s3` the files lie in object storage, and
each process has a data folder of its own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.reliability.process_kill_checks import violations
from tests.reliability.process_kill_clients import PATIENCE_S, TenantClient
from tests.reliability.rolling_restart import make_template
from tests.support.cluster import Kind, VllmReplica, running_cluster
from tests.support.postgres import PostgresServer, running_server
from tests.support.report import report
from tests.support.s3 import S3Server, s3_server, storage_settings

KINDS: list[Kind] = ["serve", "worker", "trainer", "serve", "worker"]  # in the order in which they are killed
TENANTS = ("acme", "bolt")
RESTART_DATABASE_EVERY = 3  # kills
AT_REST_S = 120.0  # for what is queued when the kills end


def measured(
    postgres: PostgresServer,
    folder: Path,
    cycles: int,
    *,
    replicas: int = 0,
    s3: S3Server | None = None,
    pause_s: float = 0.5,
) -> dict[str, Any]:
    """Kill so many processes, `pause_s` seconds after the one before is ready again."""
    settings: dict[str, Any] = {"worker_in_process": "false", "trainer_in_process": "false"}
    if s3 is not None:
        settings |= {"own_folders": True, **storage_settings(s3.address())}
    forgotten = 0
    with running_cluster(postgres, folder, KINDS, replicas, **settings) as cluster:
        urls = [server.url for server in cluster.servers]
        clients = [
            TenantClient(name, cluster.tenant(name), urls, folder / name, shows_adapter=replicas > 0)
            for name in TENANTS
        ]
        targets = [*cluster.processes[:1], *cluster.replicas[:1], *cluster.processes[1:], *cluster.replicas[1:]]
        with ThreadPoolExecutor(len(clients)) as pool:
            runs = [pool.submit(client.run) for client in clients]
            try:
                for client in clients:
                    client.at_work.wait(PATIENCE_S)
                for cycle in range(cycles):
                    time.sleep(pause_s)
                    killed = targets[cycle % len(targets)]
                    forgotten += len(killed.adapters()) if isinstance(killed, VllmReplica) else 0
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
        "answers_of_adapters": sum(client.shown for client in clients),
        "adapters_forgotten": forgotten,
        "activations": sum(client.activations for client in clients),
        "evaluations": sum(len(client.evaluations) for client in clients),
        "sent_again": sum(client.sent_again for client in clients),
        "violations": found,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cycles", type=int, default=50, help="processes killed, one after the other")
    parser.add_argument("--replicas", type=int, default=0, help="of vLLM; none: each process generates by itself")
    parser.add_argument("--s3", action="store_true", help="files lie in object storage")
    given = parser.parse_args()
    with running_server() as postgres, tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        make_template(postgres)
        s3 = stack.enter_context(s3_server()) if given.s3 else None
        row = measured(postgres, Path(folder), given.cycles, replicas=given.replicas, s3=s3)
    report("process-kills", [row])
    sys.exit(1 if row["violations"] else 0)


if __name__ == "__main__":
    main()
