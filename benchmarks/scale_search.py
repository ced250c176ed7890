"""A million chunks of 200 tenants of very different sizes: on PostgreSQL, on SQLite, and in Qdrant's local mode.

    python -m benchmarks.scale_search prepare FOLDER            # vectors, questions, exact neighbours
    python -m benchmarks.scale_search build FOLDER NAME...      # fills and indexes; the long part
    python -m benchmarks.scale_search measure FOLDER NAME...    # searches, each store in a process of its own
    python -m benchmarks.scale_search claims FOLDER             # jobs claimed by 8 processes

NAME is postgresql, sqlite or qdrant (its client must be installed). `--url` names the PostgreSQL database, which must
be empty before `build`. Vectors are synthetic, with the traits of text embeddings (`tests.support.vectors`), a fifth of
them in the largest tenant. A search is what the service does for a question: the 50 nearest of one tenant.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import scale_claims, scale_data
from benchmarks.scale_stores import LoracleStore, QdrantStore
from tests.support.report import report

NAMES = ("postgresql", "sqlite", "qdrant")
CANDIDATES = 50  # as many as the service asks for
WARMING = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["prepare", "build", "measure", "one", "claims"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", default=list(NAMES))
    parser.add_argument("--url", default="", help="of the PostgreSQL database")
    parser.add_argument("--vectors", type=int, default=1_000_000)
    parser.add_argument("--tenants", type=int, default=200)
    given = parser.parse_args()
    match given.step:
        case "prepare":
            scale_data.prepare(given.folder, given.vectors, given.tenants)
        case "build":
            for name in given.names:
                build(given.folder, name, given.url)
        case "measure":
            report("scale-search", [row for name in given.names for row in _apart(given.folder, name, given.url)])
        case "one":
            print(json.dumps(measure(given.folder, given.names[0], given.url)))
        case "claims":
            report("scale-claims", [scale_claims.measure(given.folder / "claims", given.url)])


def build(folder: Path, name: str, url: str) -> None:
    store = open_store(folder, name, url)
    figures = {} if isinstance(store, QdrantStore) else store.build(scale_data.read(folder))
    store.close()
    (folder / f"{name}.build.json").write_text(json.dumps(figures))
    print(name, figures, flush=True)


def measure(folder: Path, name: str, url: str) -> list[dict[str, Any]]:
    """A row for each tenant that is asked."""
    store = open_store(folder, name, url)
    data = scale_data.read(folder)
    built = json.loads((folder / f"{name}.build.json").read_text())
    built = {"ingested_chunks/s": round(store.ingest(data)), **built}
    rows = []
    for label, tenant in data.asked().items():
        queries, exact = (np.load(folder / f"{what}-{label}.npy") for what in ("queries", "exact"))
        search = store.open(tenant)
        for query in queries[:WARMING]:
            search(query, CANDIDATES)
        latencies, found = [], 0
        for query, wanted in zip(queries, exact, strict=True):
            began = time.perf_counter()
            ids = search(query, CANDIDATES)
            latencies.append(time.perf_counter() - began)
            found += len(set(ids[: scale_data.K]) & set(wanted.tolist()))
        rows.append(
            {
                "store": name,
                "tenant": label,
                "vectors": tenant.count,
                "p50_ms": round(float(np.median(latencies)) * 1e3, 2),
                "p95_ms": round(float(np.quantile(latencies, 0.95)) * 1e3, 2),
                "recall@10": round(found / exact.size, 4),
                **built,
            }
        )
    store.close()
    return rows


def open_store(folder: Path, name: str, url: str) -> LoracleStore | QdrantStore:
    if name == "qdrant":
        return QdrantStore(scale_data.read(folder))
    if name == "postgresql" and not url:
        sys.exit("--url names the PostgreSQL database, as in postgresql://user:password@host:5432/benchmark.")
    return LoracleStore(folder / name, url if name == "postgresql" else "")


def _apart(folder: Path, name: str, url: str) -> list[dict[str, Any]]:
    """Measure in a process of its own, with one thread; PostgreSQL has its processes beside it."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, "-m", "benchmarks.scale_search", "one", str(folder), name, "--url", url]
    done = subprocess.run(command, env={**os.environ, **threads}, stdout=subprocess.PIPE, text=True, check=True)
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    for row in rows:
        print(row, flush=True)
    return rows


if __name__ == "__main__":
    main()
