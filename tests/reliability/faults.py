"""Fills the disk and locks the database under a live service, many times: is an acknowledged upload lost?

    python -m tests.reliability.faults --full 100 --locked 200

Full: the serving process may no longer write files past a size (RLIMIT_FSIZE), so that now an upload's file, now the
database's log cannot grow. Locked: another process holds the database's write lock, or the service's own lock file,
for longer than the service waits. Every answer must have the right status, reads must go on, the service must recover
without a restart, and all that was acknowledged must become ready and come back byte for byte. Meanwhile `/healthz`,
which only the event loop answers, is asked all the time: what it takes is the loop's lag.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from sqlalchemy import update

from app.storage.database import open_database
from app.storage.sql.tables.base import now
from app.storage.sql.tables.jobs import JobRow
from tests.reliability.injections import bounded_files, held_database, held_lock
from tests.support.report import report
from tests.support.serving import ServedLoracle, wait_for

AT_ONCE = 20  # uploads while the database is locked
HELD_S = 6.0  # longer than the service waits (5 s)
SMALLEST, LARGEST = 4_000, 600_000  # bytes of an upload
LIMITS = (0, 1_000_000)  # bytes, between which the files' bound lies
RECOVERY_S = 30.0
BEAT_S = 0.02


class Uploads:
    """Uploads to one tenant: what was acknowledged, and the answers with a wrong status."""

    def __init__(self, http: httpx.Client, seed: int = 1) -> None:
        self.http = http
        self.acknowledged: dict[str, bytes] = {}  # document id -> its bytes
        self.answers: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.recoveries: list[float] = []
        self._rng = random.Random(seed)
        self._sent = 0

    def content(self) -> bytes:
        self._sent += 1
        size = self._rng.randrange(SMALLEST, LARGEST)
        return (f"Document {self._sent}. " + "Words and more words. " * (size // 22)).encode()

    def upload(self, content: bytes, allowed: Callable[[httpx.Response], bool], name: str) -> int:
        """Send one and record the answer; it is wrong unless it is a success or `allowed`."""
        answer = self.http.post("/api/v1/documents", files={"file": (f"{hash(content):x}.txt", content)})
        self.answers[f"{name} {answer.status_code}"] += 1
        if answer.status_code in {200, 202}:
            self.acknowledged[answer.json()["id"]] = content
        elif not allowed(answer):
            self.wrong.append(f"{name}: {answer.status_code} {answer.text[:200]}")
        return answer.status_code

    def reads_go_on(self, name: str) -> None:
        answer = self.http.get("/api/v1/documents", params={"limit": 5})
        if answer.status_code != 200:
            self.wrong.append(f"{name}: reading gave {answer.status_code}")

    def recovers(self, name: str) -> None:
        """Upload until one succeeds: the service recovers without a restart."""
        began = time.monotonic()
        while self.upload(self.content(), lambda _: True, f"after {name}") not in {200, 202}:
            if time.monotonic() - began > RECOVERY_S:
                self.wrong.append(f"{name}: no recovery in {RECOVERY_S:.0f} s")
                return
            time.sleep(0.05)
        self.recoveries.append(time.monotonic() - began)

    def lost(self) -> int:
        """Acknowledged documents that do not become ready or come back otherwise than they were sent."""
        lost = 0
        for document_id, content in self.acknowledged.items():
            ready = wait_for(self.http, document_id)["status"] == "ready"
            lost += not (ready and self.http.get(f"/api/v1/documents/{document_id}/file").content == content)
        return lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", type=int, default=100)
    parser.add_argument("--locked", type=int, default=200)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = inject_faults(Path(folder), full=arguments.full, locked=arguments.locked)
    report("faults", rows)
    sys.exit(any(row["wrong"] or row["lost"] for row in rows))


def inject_faults(folder: Path, *, full: int, locked: int) -> list[dict[str, Any]]:
    """A row for each kind of fault; `full` and `locked` are the numbers of uploads that must meet it."""
    served = ServedLoracle(
        folder / "data",
        generator="scripted",
        embedding_model="hashing",
        log_level="ERROR",
        job_max_attempts=1000,
    )
    served.log = Path("/dev/null")  # the limit on file sizes must not hit the log
    with served:
        return [_full(served, full), _locked(served, locked)]


def _full(served: ServedLoracle, count: int) -> dict[str, Any]:
    uploads, rng, met = Uploads(served.tenant("full"), 1), random.Random(2), 0
    with _watched(served) as lags:
        while met < count:
            with bounded_files(served.process.pid, rng.randrange(*LIMITS)):
                met += uploads.upload(uploads.content(), lambda answer: answer.status_code == 507, "disk full") == 507
                uploads.reads_go_on("disk full")
            uploads.recovers("disk full")
    return _row(served, "disk full", met, uploads, lags)


def _locked(served: ServedLoracle, count: int) -> dict[str, Any]:
    uploads, met, turn = Uploads(served.tenant("locked"), 3), 0, 0
    database, lock = served.data_dir / "loracle.db", served.data_dir / "write.lock"
    with _watched(served) as lags, ThreadPoolExecutor(AT_ONCE) as pool:
        while met < count:
            turn += 1
            contents = [uploads.content() for _ in range(min(AT_ONCE, count - met))]
            with held_database(database) if turn % 2 else held_lock(lock):
                began = time.monotonic()
                answers = pool.map(lambda one: uploads.upload(one, _busy, "locked"), contents)
                uploads.reads_go_on("locked")
                met += sum(status == 503 for status in answers)
                time.sleep(max(0.0, HELD_S - (time.monotonic() - began)))
            uploads.recovers("locked")
    return _row(served, "database locked", met, uploads, lags)


def _busy(answer: httpx.Response) -> bool:
    return answer.status_code == 503 and "retry-after" in answer.headers


def _row(served: ServedLoracle, name: str, met: int, uploads: Uploads, lags: list[float]) -> dict[str, Any]:
    for fault in uploads.wrong[:10]:
        print(fault)
    _make_jobs_due(served)
    return {
        "fault": name,
        "met": met,
        "wrong": len(uploads.wrong),
        "acknowledged": len(uploads.acknowledged),
        "lost": uploads.lost(),
        "answers": dict(sorted(uploads.answers.items())),
        "recovery_worst_s": round(max(uploads.recoveries), 2),
        "loop_lag_p50_ms": round(float(np.quantile(lags, 0.5)) * 1e3, 1),
        "loop_lag_p99_ms": round(float(np.quantile(lags, 0.99)) * 1e3, 1),
        "loop_lag_worst_ms": round(max(lags) * 1e3, 1),
    }


def _make_jobs_due(served: ServedLoracle) -> None:
    """Let jobs that failed try again now: what becomes of them is asked, not how long they wait."""
    db = open_database(served.data_dir)
    with db.write() as session:
        session.execute(update(JobRow).values(run_after=now()))
    db.close()


@contextmanager
def _watched(served: ServedLoracle) -> Iterator[list[float]]:
    """Seconds that `/healthz` took, asked every BEAT_S for the length of the block."""
    lags: list[float] = []
    ended = threading.Event()

    def beat() -> None:
        with httpx.Client(base_url=served.url, timeout=30) as http:
            while not ended.wait(BEAT_S):
                began = time.perf_counter()
                http.get("/healthz").raise_for_status()
                lags.append(time.perf_counter() - began)

    thread = threading.Thread(target=beat)
    thread.start()
    try:
        yield lags
    finally:
        ended.set()
        thread.join()


if __name__ == "__main__":
    main()
