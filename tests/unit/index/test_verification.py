"""`index verify` names what is wrong, and nothing when all is well."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.bootstrap.storage import changes_of
from app.index.tenant_index import IndexLimits, TenantIndex
from app.index.verification import MaintainedFaissIndex, find_problems
from app.storage.database import Database
from tests.support.storage_factories import DIMENSION, FINGERPRINT, ready


@pytest.fixture(params=["exact", "ivf"])
def index(request: pytest.FixtureRequest, db: Database, tenant_id: str, tmp_path: Path) -> TenantIndex:
    for seed in range(3):
        ready(db, tenant_id, f"{seed}.txt", [str(i) for i in range(20)], seed=seed)
    limits = IndexLimits(exact_vectors=20 if request.param == "ivf" else 1000)
    one = TenantIndex(tenant_id, tmp_path, DIMENSION, FINGERPRINT, changes_of(db), limits)
    one.rebuild()
    one.checkpoint()
    assert one.is_approximate is (request.param == "ivf")
    return one


def found(db: Database, index: TenantIndex, folder: Path) -> str:
    maintained = MaintainedFaissIndex(index, folder, FINGERPRINT, DIMENSION, changes_of(db))
    with db.read_tenant(index.tenant_id) as store:
        return "; ".join(find_problems(maintained, store.changes, FINGERPRINT))


def test_intact_index_has_no_problems(db: Database, index: TenantIndex, tmp_path: Path) -> None:
    assert found(db, index, tmp_path) == ""


def test_damaged_and_missing_files_are_named(db: Database, index: TenantIndex, tmp_path: Path) -> None:
    (file,) = tmp_path.glob("*.faiss")
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    assert f"{file.name} is damaged" in found(db, index, tmp_path)
    file.unlink()
    assert f"{file.name} is missing" in found(db, index, tmp_path)


def test_lost_and_surplus_passages_are_counted(db: Database, index: TenantIndex, tmp_path: Path) -> None:
    held = index.catch_up()
    held.remove_range(1, 2)
    held.add(np.array([10**6]), np.ones((1, DIMENSION), np.float32) / 2)
    said = found(db, index, tmp_path)
    assert "2 passages are not in the index" in said
    assert "1 passages of the index are not in the database" in said


def test_wrong_vector_of_an_id_is_found(db: Database, tenant_id: str, tmp_path: Path) -> None:
    ready(db, tenant_id, "a.txt", [str(i) for i in range(20)])
    one = TenantIndex(tenant_id, tmp_path, DIMENSION, FINGERPRINT, changes_of(db), IndexLimits())
    one.catch_up().add(np.array([1]), -np.ones((1, DIMENSION), np.float32) / 2)
    assert "1 of 20 vectors are not found" in found(db, one, tmp_path)
