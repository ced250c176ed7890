"""The processes of one service: what each runs, and when it was last seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LOST_AFTER = timedelta(seconds=30)  # without a heartbeat


class ProcessKind(StrEnum):
    SERVE = "serve"  # answers HTTP
    WORKER = "worker"  # takes in documents and delivers webhooks
    TRAINER = "trainer"  # trains adapters and runs evaluations


class ProcessStatus(StrEnum):
    RUNNING = "running"  # takes requests or jobs
    DRAINING = "draining"  # finishes what is at work, then ends
    LOST = "lost"  # gave no sign for LOST_AFTER: it was killed, or cannot reach the database


@dataclass(frozen=True, slots=True)
class ServiceProcess:
    """One process of the service."""

    id: str  # "proc_..."
    kind: ProcessKind
    node: str
    pid: int  # on its node
    version: str  # of Loracle
    draining: bool
    started_at: datetime
    seen_at: datetime

    def status(self, now: datetime) -> ProcessStatus:
        if now - self.seen_at > LOST_AFTER:
            return ProcessStatus.LOST
        return ProcessStatus.DRAINING if self.draining else ProcessStatus.RUNNING
