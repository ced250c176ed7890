"""The turn of a job that takes long: it gives way when other tenants wait for the same worker."""

from __future__ import annotations

from collections.abc import Sequence

from app.jobs.signals import JobSuspended, JobYielded
from app.storage.database import Database
from app.storage.sql.queue import JobQueue


class Turn:
    """One turn of a tenant's job. Without one, a job runs to its end."""

    def __init__(self, db: Database, kinds: Sequence[str], tenant_id: str) -> None:
        """`kinds`: of the jobs that the worker of this one runs."""
        self._db = db
        self._kinds = kinds
        self._tenant_id = tenant_id

    def end_if_awaited(self) -> None:
        """Call where the job can go on later. Raises JobYielded if a job of another tenant waits for the worker,
        JobSuspended if its own is suspended.
        """
        with self._db.read() as session:
            if JobQueue(session).is_suspended(self._tenant_id):
                raise JobSuspended
            awaited = JobQueue(session).others_wait(self._kinds, self._tenant_id)
        if awaited:
            raise JobYielded
