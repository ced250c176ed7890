"""Keeps the lease of a job while it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import Unavailable
from app.storage.database import Database
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.jobs import Lease


@contextmanager
def kept_lease(db: Database, lease: Lease, lease_s: float, heartbeat_s: float) -> Iterator[None]:
    """Extend the lease to `lease_s` seconds from now, every `heartbeat_s` seconds while the block runs.

    Ends early if another worker has the job.
    """
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(heartbeat_s):
            try:
                with db.write() as session:
                    if not JobQueue(session).heartbeat(lease, lease_s):
                        return
            except Unavailable:
                continue

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
