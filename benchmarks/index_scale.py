"""Search among many vectors of one tenant: this service's index beside other libraries, on the same vectors.

    python -m benchmarks.index_scale prepare FOLDER   # vectors, exact neighbours; slow
    python -m benchmarks.index_scale build FOLDER NAME...
    python -m benchmarks.index_scale measure FOLDER NAME...

NAME is loracle, hnswlib, usearch, sqlite-vec or lancedb; the libraries must be installed. Vectors are synthetic, with
the traits of text embeddings (`tests.support.vectors`). Each is built, and measured, in a process of its own with one
thread. A knob (ef, probes) is turned up until recall@10 reaches what is wanted; that setting's figures are shown.
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
import psutil

from benchmarks.index_peers import PEERS, Search
from tests.support.report import report
from tests.support.vectors import BATCH, Embeddings

DIMENSION = 384
QUERIES = 300
K = 10
WANTED_RECALL = 0.98
TRIAL_QUERIES = 100  # at each setting of a knob
SLOW_S = 0.1  # a median above: fewer queries tell enough
LORACLE = "loracle"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["prepare", "build", "measure", "one"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", default=[LORACLE, *PEERS])
    parser.add_argument("--vectors", type=int, default=1_000_000)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    match given.step:
        case "prepare":
            prepare(given.folder, given.vectors)
        case "build":
            for name in given.names:
                build(given.folder, name)
        case "measure":
            report("index-scale", [_apart(given.folder, name) for name in given.names])
        case "one":
            print(json.dumps(measure(given.folder, given.names[0])))


def prepare(folder: Path, count: int) -> None:
    population = Embeddings(DIMENSION)
    vectors = np.lib.format.open_memmap(folder / "vectors.npy", "w+", np.float16, (count, DIMENSION))
    filled = 0
    for batch in population.passages(count):
        vectors[filled : filled + len(batch)] = batch
        filled += len(batch)
    queries = population.queries(QUERIES)
    np.save(folder / "queries.npy", queries)
    np.save(folder / "exact.npy", exact_neighbours(vectors, queries))


def exact_neighbours(vectors: Any, queries: Any) -> Any:
    """(queries, K) ids of the nearest, best first."""
    scores, ids = np.empty((len(queries), 0), np.float32), np.empty((len(queries), 0), np.int64)
    for start in range(0, len(vectors), BATCH):
        part = queries @ np.asarray(vectors[start : start + BATCH], np.float32).T
        held = np.broadcast_to(np.arange(start, start + part.shape[1]), part.shape)
        scores, ids = np.hstack([scores, part]), np.hstack([ids, held])
        best = np.argsort(-scores, axis=1)[:, :K]
        scores, ids = np.take_along_axis(scores, best, 1), np.take_along_axis(ids, best, 1)
    return ids


def build(folder: Path, name: str) -> None:
    from benchmarks import index_loracle

    started = time.perf_counter()
    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    (index_loracle.build if name == LORACLE else PEERS[name].build)(vectors, folder)
    peak = psutil.Process().memory_info()
    seconds = time.perf_counter() - started
    (folder / f"{name}.build.json").write_text(json.dumps({"build_s": round(seconds, 1)}))
    print(f"{name}: built in {seconds:.0f} s, {peak.rss / 2**20:.0f} MB resident at the end", flush=True)


def measure(folder: Path, name: str) -> dict[str, Any]:
    """Open, find the knob's setting, measure. Memory is what opening and searching add to the process."""
    from benchmarks import index_loracle

    queries, exact = np.load(folder / "queries.npy"), np.load(folder / "exact.npy")
    knobs = (0,) if name == LORACLE else PEERS[name].knobs
    opener = index_loracle.open_index if name == LORACLE else PEERS[name].open
    opener_imports(name)
    before = psutil.Process().memory_info().rss
    started = time.perf_counter()
    search = opener(folder, DIMENSION)
    search(queries[0], K, knobs[0])
    opened = time.perf_counter() - started
    knob = next((k for k in knobs if recall(search, queries[:TRIAL_QUERIES], exact, k) >= WANTED_RECALL), knobs[-1])
    latencies, found = [], 0
    for query, wanted in zip(queries, exact, strict=True):
        began = time.perf_counter()
        ids = search(query, K, knob)
        latencies.append(time.perf_counter() - began)
        found += len(set(ids) & set(wanted.tolist()))
        if len(latencies) == TRIAL_QUERIES // 2 and np.median(latencies) > SLOW_S:
            break
    resident = psutil.Process().memory_info().rss - before
    return {
        "name": name,
        "vectors": int(np.load(folder / "vectors.npy", mmap_mode="r").shape[0]),
        "knob": knob,
        "recall@10": round(found / (K * len(latencies)), 4),
        "p50_ms": round(float(np.median(latencies)) * 1e3, 2),
        "p99_ms": round(float(np.quantile(latencies, 0.99)) * 1e3, 2),
        "resident_mb": round(resident / 2**20),
        "start_s": round(opened, 2),
        **json.loads((folder / f"{name}.build.json").read_text()),
    }


def recall(search: Search, queries: Any, exact: Any, knob: int) -> float:
    found = sum(len(set(search(q, K, knob)) & set(w.tolist())) for q, w in zip(queries, exact, strict=False))
    return found / (K * len(queries))


def opener_imports(name: str) -> None:
    """Import what the candidate needs, so that its code does not count as the index's memory."""
    modules = {"hnswlib": "hnswlib", "usearch": "usearch.index", "sqlite-vec": "sqlite_vec", "lancedb": "lancedb"}
    __import__(modules.get(name, "app.bootstrap.runtime"))


def _apart(folder: Path, name: str) -> dict[str, Any]:
    threads = dict.fromkeys(("OMP_NUM_THREADS", "LANCE_CPU_THREADS", "RAYON_NUM_THREADS", "TOKIO_WORKER_THREADS"), "1")
    command = [sys.executable, "-m", "benchmarks.index_scale", "one", str(folder), name]
    done = subprocess.run(command, env={**os.environ, **threads}, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(result, flush=True)
    return result


if __name__ == "__main__":
    main()
