"""Damages index files: truncates them, flips bits, edits headers. Is the damage detected and the index rebuilt?

    python -m tests.reliability.index_damage --each 450

Three kinds of damage to both kinds of index. After each, the index is opened as the service opens it: a search must
return what the database holds. The table also counts the damaged files that FAISS alone loads without an error.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from app.bootstrap.storage import changes_of
from app.index.checkpoint import read_index
from app.index.tenant_index import IndexLimits, TenantIndex
from app.settings import Settings
from app.storage.database import Database, migrate, open_database
from app.storage.sql.repositories.tenants import Tenants
from tests.support.report import report
from tests.support.storage_factories import FINGERPRINT, add_document_with_vectors
from tests.support.vectors import Embeddings

DIMENSION, PASSAGES, K = 32, 600, 20
HEADER_BYTES = 64
Damage = Callable[[bytearray, random.Random], None]


def truncate(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data)) :]


def flip_bit(data: bytearray, rng: random.Random) -> None:
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def edit_header(data: bytearray, rng: random.Random) -> None:
    place = rng.randrange(HEADER_BYTES)
    data[place] = (data[place] + rng.randrange(1, 256)) % 256


DAMAGES: dict[str, Damage] = {"truncated": truncate, "one bit": flip_bit, "header": edit_header}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=450)
    arguments = parser.parse_args()
    rows = damage_indexes(arguments.each)
    report("index-damage", rows)
    sys.exit(any(row["wrong"] for row in rows))


def damage_indexes(count: int) -> list[dict[str, Any]]:
    """A row for each kind of index and damage, with `count` damaged files each."""
    rows = []
    for kind, exact_vectors in {"exact": PASSAGES, "compact": 1}.items():
        with tempfile.TemporaryDirectory() as folder:
            db, tenant_id, vectors = _filled_database(Path(folder))
            limits = IndexLimits(exact_vectors=exact_vectors)
            for name, damage in DAMAGES.items():
                counts = _damage_files(db, tenant_id, vectors, limits, damage, count)
                rows.append({"index": kind, "damage": name, **counts})
            db.close()
    return rows


def _filled_database(folder: Path) -> tuple[Database, str, Any]:
    settings = Settings(_env_file=None, data_dir=folder)  # type: ignore[call-arg]
    migrate(settings.data_dir)
    db = open_database(settings.data_dir)
    with db.write() as session:
        tenant_id = Tenants(session).create("one").id
    vectors = next(iter(Embeddings(DIMENSION, topics=50).passages(PASSAGES)))
    add_document_with_vectors(db, tenant_id, 0, vectors, FINGERPRINT)
    return db, tenant_id, vectors.astype(np.float16).astype(np.float32)


def _damage_files(
    db: Database, tenant_id: str, vectors: Any, limits: IndexLimits, damage: Damage, count: int
) -> dict[str, Any]:
    """Counts of wrong answers, of rebuilt indexes, and of damaged files that FAISS alone loads."""
    rng, folder = random.Random(count), db.data_dir / "index"
    wrong = rebuilt = silent = 0
    for number in range(count):
        saved = TenantIndex(tenant_id, folder, DIMENSION, FINGERPRINT, changes_of(db), limits)
        saved.rebuild()
        saved.checkpoint()
        for file in folder.glob("*.faiss"):
            data = bytearray(file.read_bytes())
            damage(data, rng)
            file.unlink()  # it may be mapped: a new file, not other bytes in the old one
            file.write_bytes(data)
            silent += _loads(file)
        opened = TenantIndex(tenant_id, folder, DIMENSION, FINGERPRINT, changes_of(db), limits)
        query = vectors[number % len(vectors)]
        found = [i - 1 for i, _ in opened.search(query, K)]
        opened.wait_for_ivf_build()
        rebuilt += len(opened.catch_up()) == len(vectors)
        wrong += set(found) != set(np.argsort(-(vectors @ query))[:K].tolist())
        for file in folder.glob("*.faiss"):
            file.unlink()
    return {"files": count, "wrong": wrong, "rebuilt": rebuilt, "faiss_alone_loads": silent}


def _loads(file: Path) -> bool:
    """Whether FAISS alone loads the file: it detects some damaged sizes and raises."""
    try:
        read_index(file, DIMENSION)
    except (RuntimeError, ValueError, MemoryError):
        return False
    return True


if __name__ == "__main__":
    main()
