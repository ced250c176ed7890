"""What a metadata filter costs on one tenant's documents: time, processor time and memory of the largest one allowed.

With --url it floods a service with such filters instead, and measures the lists of another tenant beside them.

python -m benchmarks.filters [--database postgresql://...] [--documents 10000]
python -m benchmarks.filters --url http://127.0.0.1:8000 --key lk_... --other lk_...
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import insert

from app.search.filters import MAX_ALL_VALUES, MAX_COMPARISONS, read_filter
from app.storage.database import Database, migrate, open_database
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tables import DocumentRow
from benchmarks.engine import quantile
from tests.support.report import report

FIELDS = 64  # of the one document that has the fields of an attack
REPEATED = 15


def largest_filter() -> dict[str, Any]:
    """Comparisons of every field, with as many values as are allowed."""
    values = [f"x{number}" for number in range(MAX_ALL_VALUES // MAX_COMPARISONS)]
    usual = [{"year": {"in": [*range(1990, 2040)]}}, {"number": {"gte": 10}}, {"kind": {"nin": values}}]
    attack = [{f"k{number % (FIELDS - 5)}": {"nin": values}} for number in range(MAX_COMPARISONS - 5)]
    return {"and": [*usual, {"author": {"nin": values}}, {"valid": {"in": [True, False]}}, *attack]}


FILTERS = {"one field": {"year": {"gte": 2000}}, "unique values": {"number": {"gte": 10}}, "largest": largest_filter()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default="", help="URL of an empty database; SQLite if left out")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--url", default="", help="of a service, to be flooded")
    parser.add_argument("--key", default="", help="of the tenant that floods; it has a document with the fields")
    parser.add_argument("--other", default="", help="of another tenant, whose lists are measured")
    parser.add_argument("--at-once", type=int, default=45)
    parser.add_argument("--seconds", type=float, default=20)
    arguments = parser.parse_args()
    if arguments.url:
        rows = [asyncio.run(flooded(arguments, at_once)) for at_once in (0, arguments.at_once)]
    else:
        rows = measured(arguments.database, arguments.documents)
    report("filters", rows)


def measured(url: str, documents: int) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        migrate(Path(folder), url)
        db = open_database(Path(folder), url)
        tenant_id = _filled(db, documents)
        rows = [{"filter": name, **_cost(db, tenant_id, written)} for name, written in FILTERS.items()]
        db.close()
    return rows


def _filled(db: Database, documents: int) -> str:
    with db.write() as session:
        tenant_id = Tenants(session).create("filters").id
    rows = [
        {
            "tenant_id": tenant_id,
            "collection": "default",
            "filename": f"{number}.txt",
            "metadata_": _metadata(number, documents),
            "live_version_id": number + 1,
            "latest_version_id": number + 1,
        }
        for number in range(documents)
    ]
    with db.write() as session:
        session.execute(insert(DocumentRow), rows)
    return tenant_id


def _metadata(number: int, documents: int) -> dict[str, Any]:
    usual = {
        "year": 1990 + number % 36,
        "kind": ("law", "decree", "rule")[number % 3],
        "number": number,
        "author": f"author {number % 500}",
        "valid": number % 2 == 0,
    }
    return usual | ({f"k{each}": "x" for each in range(FIELDS - 5)} if number == documents - 1 else {})


def _cost(db: Database, tenant_id: str, written: dict[str, Any]) -> dict[str, Any]:
    def run() -> int:
        with db.read_tenant(tenant_id) as store:
            return store.documents.count_live(store.documents.chosen(None, read_filter(written)))

    found = run()
    walls, works = [], []
    for _ in range(REPEATED):
        started, worked = time.perf_counter(), time.process_time()
        run()
        walls.append(time.perf_counter() - started)
        works.append(time.process_time() - worked)
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "found": found,
        "median ms": round(1000 * statistics.median(walls), 1),
        "least ms": round(1000 * min(walls), 1),
        "processor ms": round(1000 * statistics.median(works), 1),
        "peak MB": round(peak / 1e6, 1),
    }


async def flooded(arguments: argparse.Namespace, at_once: int) -> dict[str, Any]:
    """The times of another tenant's lists while `at_once` searches with the largest filter are under way."""
    body = {"query": "museum", "filters": largest_filter()}
    statuses: dict[int, int] = {}
    over = time.monotonic() + arguments.seconds
    limits = httpx.Limits(max_connections=at_once + 2)
    async with httpx.AsyncClient(base_url=arguments.url, timeout=120, limits=limits) as client:

        async def flood() -> None:
            while time.monotonic() < over:
                answer = await client.post("/api/v1/search", json=body, headers=_bearer(arguments.key))
                statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1

        async def watch() -> list[float]:
            times = []
            while time.monotonic() < over:
                started = time.perf_counter()
                answer = await client.get("/api/v1/documents?limit=1", headers=_bearer(arguments.other))
                answer.raise_for_status()
                times.append(time.perf_counter() - started)
                await asyncio.sleep(0.05)
            return times

        times, *_ = await asyncio.gather(watch(), *(flood() for _ in range(at_once)))
    return {
        "at once": at_once,
        "searches": json.dumps(statuses),
        "lists": len(times),
        "p50 ms": round(1000 * statistics.median(times), 1),
        "p95 ms": round(1000 * quantile(times, 95), 1),
    }


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


if __name__ == "__main__":
    main()
