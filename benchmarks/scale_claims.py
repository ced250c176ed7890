"""How many jobs a second eight processes claim from one queue, and whether any job is claimed twice."""

from __future__ import annotations

import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from app.domain.jobs import JobKind
from app.storage.database import Database, migrate, open_database
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tables import TenantRow

PROCESSES = 8
JOBS = 2_000
TENANTS = 20
SEED_NAME = "claims"


def measure(folder: Path, url: str) -> dict[str, Any]:
    """Queue JOBS jobs, claim all of them in PROCESSES processes, and delete their tenants again."""
    migrate(folder, url)
    db = open_database(folder, url)
    _fill(db)
    context = get_context("spawn")
    barrier, claimed = context.Barrier(PROCESSES + 1), context.Queue()
    workers = [context.Process(target=_claim_all, args=(folder, url, barrier, claimed)) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    barrier.wait()
    started = time.perf_counter()
    found = [job for _ in workers for job in claimed.get()]
    elapsed = time.perf_counter() - started
    for worker in workers:
        worker.join()
    _clear(db)
    db.close()
    return {
        "database": db.dialect.name,
        "processes": PROCESSES,
        "jobs": JOBS,
        "claims/s": round(len(found) / elapsed, 1),
        "twice": sum(count - 1 for count in Counter(found).values()),
        "lost": JOBS - len(set(found)),
    }


def _fill(db: Database) -> None:
    for number in range(TENANTS):
        with db.write() as session:
            tenant_id = Tenants(session).create(f"{SEED_NAME}-{number}").id
        with db.write_tenant(tenant_id) as store:
            for job in range(JOBS // TENANTS):
                store.jobs.create(JobKind.EVALUATE, {}, f"case-{job}")


def _clear(db: Database) -> None:
    with db.write() as session:
        session.execute(delete(TenantRow).where(TenantRow.name.startswith(f"{SEED_NAME}-")))


def _claim_all(folder: Path, url: str, barrier: Any, claimed: Any) -> None:
    db, found = open_database(folder, url), []
    barrier.wait()
    while True:
        with db.write() as session:
            job = JobQueue(session).claim([JobKind.EVALUATE], lease_s=600, max_attempts=3, per_tenant=JOBS)
        if job is None:
            break
        found.append(job.id)
    claimed.put(found)
    db.close()
