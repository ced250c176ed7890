"""The vectors of many tenants whose sizes are skewed, with questions and their exact neighbours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.support.vectors import BATCH, Embeddings, Vectors

DIMENSION = 384
QUERIES = 100  # of each tenant that is asked
K = 10
LARGEST_SHARE = 0.2  # of all vectors, in one tenant
CHUNKS_PER_TOPIC = 200


@dataclass(frozen=True)
class Tenant:
    """Vectors first..first + count (exclusive) of the file."""

    name: str
    first: int
    count: int


@dataclass(frozen=True)
class Dataset:
    """What `prepare` wrote into a folder."""

    vectors: Any  # (n, DIMENSION) float16, mapped
    tenants: list[Tenant]  # the largest first

    def asked(self) -> dict[str, Tenant]:
        """The tenants that are asked questions, by what they stand for."""
        middle = min(self.tenants, key=lambda tenant: abs(tenant.count - self.tenants[0].count // 10))
        return {"largest": self.tenants[0], "middling": middle, "small": self.tenants[-1]}


def prepare(folder: Path, count: int, tenants: int) -> None:
    """Write vectors, sizes, questions and exact neighbours; minutes for a million vectors."""
    folder.mkdir(parents=True, exist_ok=True)
    vectors = np.lib.format.open_memmap(folder / "vectors.npy", "w+", np.float16, (count, DIMENSION))
    sizes, start = [], 0
    for number, size in enumerate(skewed_sizes(count, tenants)):
        sizes.append({"name": f"tenant-{number:03}", "first": start, "count": size})
        for batch in _population(number, size).passages(size):
            vectors[start : start + len(batch)] = batch
            start += len(batch)
    (folder / "tenants.json").write_text(json.dumps(sizes))
    data = read(folder)
    for label, tenant in data.asked().items():
        population = _population(data.tenants.index(tenant), tenant.count)
        _skip(population.passages(tenant.count))  # the questions come after the passages, from the same topics
        queries = population.queries(QUERIES)
        np.save(folder / f"queries-{label}.npy", queries)
        np.save(folder / f"exact-{label}.npy", exact_neighbours(data, tenant, queries))


def read(folder: Path) -> Dataset:
    tenants = [Tenant(**entry) for entry in json.loads((folder / "tenants.json").read_text())]
    return Dataset(np.load(folder / "vectors.npy", mmap_mode="r"), tenants)


def skewed_sizes(count: int, tenants: int) -> list[int]:
    """Sizes that fall by a power of their rank, the largest LARGEST_SHARE of `count`; their sum is `count`."""
    ranks = np.arange(1, tenants + 1, dtype=float)
    low, high = 0.0, 3.0
    for _ in range(60):  # bisection: the larger the exponent, the larger the share of the largest
        exponent = (low + high) / 2
        shares = ranks**-exponent
        low, high = (low, exponent) if shares[0] / shares.sum() > LARGEST_SHARE else (exponent, high)
    sizes = np.maximum(1, np.floor(shares / shares.sum() * count)).astype(int)
    sizes[0] += count - int(sizes.sum())
    return [int(size) for size in sizes]


def exact_neighbours(data: Dataset, tenant: Tenant, queries: Vectors) -> Any:
    """(queries, K) indexes within the tenant of the nearest vectors, best first."""
    scores, ids = np.empty((len(queries), 0), np.float32), np.empty((len(queries), 0), np.int64)
    for start in range(0, tenant.count, BATCH):
        end = min(start + BATCH, tenant.count)
        part = queries @ np.asarray(data.vectors[tenant.first + start : tenant.first + end], np.float32).T
        scores = np.hstack([scores, part])
        ids = np.hstack([ids, np.broadcast_to(np.arange(start, end), part.shape)])
        best = np.argsort(-scores, axis=1)[:, :K]
        scores, ids = np.take_along_axis(scores, best, 1), np.take_along_axis(ids, best, 1)
    return ids


def _population(number: int, size: int) -> Embeddings:
    return Embeddings(DIMENSION, topics=max(10, size // CHUNKS_PER_TOPIC), seed=number)


def _skip(batches: Iterator[Vectors]) -> None:
    for _ in batches:
        pass
