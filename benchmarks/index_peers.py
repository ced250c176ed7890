"""The libraries that the index is compared with: each builds from the same vectors, is saved, opened and searched.

Approximate ones get one knob, which `benchmarks.index_scale` turns up until they find what is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.support.vectors import Vectors

BATCH = 50_000
Search = Callable[[Vectors, int, int], Sequence[int]]  # (query, k, knob) -> ids


@dataclass(frozen=True)
class Peer:
    name: str
    build: Callable[[Any, Path], None]  # (vectors as a memory map, folder)
    open: Callable[[Path, int], Search]  # (folder, dimension)
    knobs: tuple[int, ...]  # rising effort; one entry: nothing to turn


def batches(vectors: Any) -> Any:
    for start in range(0, len(vectors), BATCH):
        yield start, np.asarray(vectors[start : start + BATCH], np.float32)


def build_hnswlib(vectors: Any, folder: Path) -> None:
    import hnswlib

    index = hnswlib.Index("ip", vectors.shape[1])
    index.init_index(len(vectors), ef_construction=100, M=16)
    for start, batch in batches(vectors):
        index.add_items(batch, np.arange(start, start + len(batch)), num_threads=1)
    index.save_index(str(folder / "hnswlib"))


def open_hnswlib(folder: Path, dimension: int) -> Search:
    import hnswlib

    index = hnswlib.Index("ip", dimension)
    index.load_index(str(folder / "hnswlib"))
    index.set_num_threads(1)

    def search(query: Vectors, k: int, knob: int) -> Sequence[int]:
        index.set_ef(knob)
        return list(index.knn_query(query, k)[0][0])

    return search


def build_usearch(vectors: Any, folder: Path) -> None:
    from usearch.index import Index

    index = Index(ndim=vectors.shape[1], metric="ip", dtype="f16", connectivity=16, expansion_add=100)
    for start, batch in batches(vectors):
        index.add(np.arange(start, start + len(batch)), batch, threads=1)
    index.save(str(folder / "usearch"))


def open_usearch(folder: Path, dimension: int) -> Search:
    from usearch.index import Index

    index = Index(ndim=dimension, metric="ip", dtype="f16", connectivity=16)
    index.load(str(folder / "usearch"))

    def search(query: Vectors, k: int, knob: int) -> Sequence[int]:
        index.expansion_search = knob
        return [int(key) for key in index.search(query, k, threads=1).keys]

    return search


def build_sqlite_vec(vectors: Any, folder: Path) -> None:
    db = _sqlite(folder)
    db.execute(f"CREATE VIRTUAL TABLE v USING vec0(e float[{vectors.shape[1]}])")
    for start, batch in batches(vectors):
        rows = ((start + i, vector.tobytes()) for i, vector in enumerate(batch))
        db.executemany("INSERT INTO v(rowid, e) VALUES (?, ?)", rows)
        db.commit()
    db.close()


def open_sqlite_vec(folder: Path, _dimension: int) -> Search:
    db = _sqlite(folder)

    def search(query: Vectors, k: int, _knob: int) -> Sequence[int]:
        found = db.execute("SELECT rowid FROM v WHERE e MATCH ? AND k = ?", (query.tobytes(), k))
        return [row[0] for row in found]

    return search


def _sqlite(folder: Path) -> Any:
    import sqlite_vec
    from pysqlite3 import dbapi2 as sqlite3  # the standard library's may be built without extensions

    db = sqlite3.connect(folder / "sqlite-vec.db")
    db.enable_load_extension(True)
    sqlite_vec.load(db)
    return db


def build_lancedb(vectors: Any, folder: Path) -> None:
    import lancedb
    import pyarrow as pa

    dimension = vectors.shape[1]
    schema = pa.schema([("id", pa.int64()), ("vector", pa.list_(pa.float32(), dimension))])

    def tables() -> Any:
        for start, batch in batches(vectors):
            values = pa.FixedSizeListArray.from_arrays(pa.array(batch.ravel()), dimension)
            yield pa.RecordBatch.from_arrays([pa.array(np.arange(start, start + len(batch))), values], schema=schema)

    table = lancedb.connect(str(folder / "lancedb")).create_table("v", tables(), schema=schema)
    table.create_index(metric="dot", index_type="IVF_PQ", num_partitions=1000, num_sub_vectors=96)


def open_lancedb(folder: Path, _dimension: int) -> Search:
    import lancedb

    table = lancedb.connect(str(folder / "lancedb")).open_table("v")

    def search(query: Vectors, k: int, knob: int) -> Sequence[int]:
        wanted = table.search(query).distance_type("dot").nprobes(knob).refine_factor(5).select(["id"]).limit(k)
        return [int(i) for i in wanted.to_arrow()["id"].to_pylist()]

    return search


PEERS = {
    peer.name: peer
    for peer in (
        Peer("hnswlib", build_hnswlib, open_hnswlib, (32, 64, 128, 256, 512)),
        Peer("usearch", build_usearch, open_usearch, (64, 128, 256, 512, 1024)),
        Peer("sqlite-vec", build_sqlite_vec, open_sqlite_vec, (0,)),
        Peer("lancedb", build_lancedb, open_lancedb, (20, 50, 100, 200, 400)),
    )
}
