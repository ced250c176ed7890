"""A thread that makes the partitions of indexes that have become large, and drops unused ones."""

from __future__ import annotations

import threading

import structlog

from app.storage.pgvector.partitions import Partitions

log = structlog.get_logger(__name__)
INTERVAL_S = 30.0


class PartitionUpkeep:
    """Looks every INTERVAL_S seconds. Any number of processes may have one: an advisory lock keeps them apart."""

    def __init__(self, partitions: Partitions, interval_s: float = INTERVAL_S) -> None:
        self._partitions = partitions
        self._interval_s = interval_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="vector-partitions", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 1.0) -> None:
        """Begin no further partition. One that is being made is given up when the process ends, and leaves nothing."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._partitions.make_all(self._stopped.is_set)
            except Exception:  # searches go on without the partition; the database may be back at the next look
                log.exception("vector_partitions_failed")
            self._stopped.wait(self._interval_s)
