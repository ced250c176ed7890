"""One tenant floods the service at its limits, and another fails a thousand uploads: what is left of it?

    python -m tests.reliability.quota_flood --seconds 60 --failures 1000

The flood's requests must end with 2xx, or with 429 or 413 whose headers and message are right; what the tenant has must
be within its quotas, as counted by the service and by the files on the disk. Uploads that fail in four ways must leave
no file, no descriptor and no memory.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from tests.support.report import report
from tests.support.serving import ServedLoracle, wait_for

CLIENTS = 16
TEXT_CHARS = 2000  # of a parsed document: a longer one is `too_much_text`
QUOTAS = {"stored_bytes": 200_000, "documents": 150, "queued_documents": 40}
REQUESTS_A_MINUTE = 600
WARM_UP = 0.25  # share of the failures before memory is compared


class Flood:
    """Uploads of one tenant without a pause, each answer checked."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self.answers: Counter[str] = Counter()
        self.wrong: list[str] = []

    async def run(self, until: float, first: int) -> None:
        number = first
        while time.monotonic() < until:
            number += CLIENTS
            files = {"file": (f"{number}.txt", f"{number:>1500}".encode())}
            self._check(await self._http.post("/api/v1/documents", files=files))

    def _check(self, answer: httpx.Response) -> None:
        error = {} if answer.is_success else answer.json()["error"]
        self.answers[f"{answer.status_code} {error.get('param') or error.get('code') or ''}".strip()] += 1
        limit, left = (int(answer.headers.get(f"x-ratelimit-{name}-requests", -1)) for name in ("limit", "remaining"))
        right = (limit == REQUESTS_A_MINUTE, 0 <= left <= limit, answer.is_success or answer.status_code in {413, 429})
        if answer.status_code == 429:
            right += (int(answer.headers.get("retry-after", 0)) > 0,)
        if error.get("code") == "rate_limited":
            right += (left <= 1,)  # one may be there again when the answer is written
        if error.get("code") == "quota_exceeded":
            right += (error["param"] in QUOTAS, f"{QUOTAS.get(error['param'], 0):,}" in error["message"])
        if not all(right):
            self.wrong.append(f"{answer.status_code} {dict(answer.headers)} {answer.text[:200]}")


def stored(served: ServedLoracle) -> tuple[int, int]:
    """(number, bytes) of the files of uploads."""
    sizes = [path.stat().st_size for path in (served.data_dir / "blobs").rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


async def upload_until(url: str, key: str, until: float) -> Flood:
    async with httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=60) as http:
        run = Flood(http)
        await asyncio.gather(*(run.run(until, first) for first in range(CLIENTS)))
        return run


def flood(served: ServedLoracle, operator: httpx.Client, seconds: float) -> dict[str, Any]:
    """A row of what a tenant got that uploads without a pause."""
    made = operator.post("/api/v1/tenants", json={"name": "flood"}).raise_for_status().json()
    limits = {"tenant": {"requests": REQUESTS_A_MINUTE}, "quotas": QUOTAS}
    operator.put(f"/api/v1/tenants/{made['id']}/limits", json=limits).raise_for_status()
    run = asyncio.run(upload_until(served.url, made["key"], time.monotonic() + seconds))
    found = operator.get(f"/api/v1/tenants/{made['id']}/limits").json()
    files, size = stored(served)
    within = all(found["used"][quota] <= limit for quota, limit in QUOTAS.items())
    right = within and (files, size) == (found["used"]["documents"], found["used"]["stored_bytes"])
    operator.delete(f"/api/v1/tenants/{made['id']}").raise_for_status()
    return {
        "part": f"flood of {seconds:g} s",
        "answers": dict(sorted(run.answers.items())),
        "used": {quota: found["used"][quota] for quota in QUOTAS},
        "files": files,
        "wrong": len(run.wrong) + (not right),
        "first_wrong": run.wrong[:1],
    }


def fail(http: httpx.Client, number: int) -> None:
    """One upload that fails: by its type, without content, by a quota, or when it is read."""
    kinds = {0: ("a.bin", bytes(range(256)), 415), 1: ("a.txt", b"", 422), 2: ("a.txt", b"x" * 300_000, 413)}
    name, content, status = kinds.get(number % 4, (f"{number}.txt", f"{number:>{TEXT_CHARS + 9}}x".encode(), 202))
    answer = http.post("/api/v1/documents", files={"file": (name, content)})
    assert answer.status_code == status, answer.text
    if status == 202:
        document = wait_for(http, answer.json()["id"])
        assert (document["status"], document["error"]["code"]) == ("failed", "too_much_text"), document


def failures(served: ServedLoracle, operator: httpx.Client, count: int) -> dict[str, Any]:
    """A row of what so many uploads leave that fail in turn in four ways."""
    made = operator.post("/api/v1/tenants", json={"name": "failures"}).raise_for_status().json()
    operator.put(f"/api/v1/tenants/{made['id']}/limits", json={"quotas": {"stored_bytes": 200_000}}).raise_for_status()
    http = served.client(made["key"])
    before = (0, 0)
    for number in range(count):
        fail(http, number)
        if number == int(count * WARM_UP):
            before = served.process.memory_info().rss, served.process.num_fds()
    memory, descriptors = served.process.memory_info().rss, served.process.num_fds()
    used = operator.get(f"/api/v1/tenants/{made['id']}/limits").json()["used"]
    files, size = stored(served)
    return {
        "part": f"{count} failed uploads",
        "used": {quota: used[quota] for quota in QUOTAS},
        "files": files,
        "memory_mb": f"{before[0] / 1e6:.0f} -> {memory / 1e6:.0f}",
        "descriptors": f"{before[1]} -> {descriptors}",
        "wrong": int((files, size, used["stored_bytes"]) != (0, 0, 0)) + (descriptors > before[1] + 5),
    }


def measure(folder: Path, *, seconds: float, count: int) -> list[dict[str, Any]]:
    settings = {"generator": "scripted", "embedding_model": "hashing", "max_text_chars": TEXT_CHARS}
    with ServedLoracle(folder / "data", **settings, log_level="ERROR") as served:
        operator = served.tenant("operator", admin=True)
        return [flood(served, operator, seconds), failures(served, operator, count)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--failures", type=int, default=1000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder), seconds=given.seconds, count=given.failures)
    report("quota-flood", rows)
    sys.exit(any(row["wrong"] for row in rows))


if __name__ == "__main__":
    main()
