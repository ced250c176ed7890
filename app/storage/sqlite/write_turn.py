"""The turn to write among the threads of a process: requests before jobs, and tenants in turn."""

from __future__ import annotations

from collections import deque
from threading import Lock

from app.precedence import is_background
from app.storage.acting import current_actor

REQUESTS_BEFORE_JOB = 4  # that a job lets pass before its turn comes


class WriteTurn:
    """A lock that is handed over instead of fought for.

    Requests come first, tenants in turn, those of one tenant and the jobs in the order in which they came.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._held = False
        self._requests: dict[str, deque[Lock]] = {}  # by tenant, the next one first; each thread waits for its own lock
        self._jobs: deque[Lock] = deque()
        self._passed = 0  # requests since a job has waited for its turn

    def acquire(self, timeout_s: float) -> bool:
        """Returns whether this thread has the turn, which it then gives back by `release`."""
        tenant_id = None if is_background() else current_actor().tenant_id
        with self._lock:
            if not self._held:
                self._held = True
                return True
            turn = Lock()
            turn.acquire()
            self._queue(tenant_id).append(turn)
        if turn.acquire(timeout=timeout_s):
            return True
        with self._lock:
            queue = self._queue(tenant_id)
            came = turn not in queue  # at the last moment
            if not came:
                queue.remove(turn)
            self._tidy(tenant_id)
            return came

    def release(self) -> None:
        with self._lock:
            following = self._next()
            self._held = following is not None
            if following is not None:
                following.release()

    def _next(self) -> Lock | None:
        if self._requests and (not self._jobs or self._passed < REQUESTS_BEFORE_JOB):
            self._passed = self._passed + 1 if self._jobs else 0
            tenant_id, queue = next(iter(self._requests.items()))
            turn = queue.popleft()
            self._requests[tenant_id] = self._requests.pop(tenant_id)  # others first
            self._tidy(tenant_id)
            return turn
        self._passed = 0
        return self._jobs.popleft() if self._jobs else None

    def _queue(self, tenant_id: str | None) -> deque[Lock]:
        """`tenant_id`: None for jobs."""
        return self._jobs if tenant_id is None else self._requests.setdefault(tenant_id, deque())

    def _tidy(self, tenant_id: str | None) -> None:
        if tenant_id is not None and not self._requests.get(tenant_id):
            self._requests.pop(tenant_id, None)
