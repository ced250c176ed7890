"""Checkpoints of indexes: a few for each node, and those of nodes that are gone do not pile up."""

from __future__ import annotations

import pytest

from app.storage.database import Database
from app.storage.sql.change_log import OTHER_NODES_KEPT
from tests.support.storage_factories import FINGERPRINT

pytestmark = pytest.mark.both_databases


def record(db: Database, tenant_id: str, node: str, path: str, fingerprint: str = FINGERPRINT) -> list[str]:
    with db.write_tenant(tenant_id) as store:
        return store.changes.record_checkpoint(
            seq=1, path=path, sha256="0" * 64, vectors=1, fingerprint=fingerprint, node=node
        )


def paths(db: Database, tenant_id: str, node: str, fingerprint: str = FINGERPRINT) -> list[str]:
    with db.read_tenant(tenant_id) as store:
        return [one.path for one in store.changes.checkpoints(fingerprint, node)]


def test_a_node_keeps_its_newest_checkpoints_of_each_model_and_is_told_which_files_to_delete(
    db: Database, tenant_id: str
) -> None:
    assert record(db, tenant_id, "north", "words", "another-model") == []
    told = [path for i in range(4) for path in record(db, tenant_id, "north", f"n{i}")]
    assert told == ["n0", "n1"]
    assert paths(db, tenant_id, "north") == ["n3", "n2"]
    assert paths(db, tenant_id, "north", "another-model") == ["words"]


def test_nodes_that_are_gone_give_way(db: Database, tenant_id: str) -> None:
    gone = [f"pod-{i}" for i in range(OTHER_NODES_KEPT + 3)]
    for node in gone:
        record(db, tenant_id, node, node)
    assert record(db, tenant_id, "north", "n") == [], "their files lie in the folders of other nodes"
    left = [path for node in gone for path in paths(db, tenant_id, node)]
    assert left == gone[-OTHER_NODES_KEPT:]
    assert paths(db, tenant_id, "north") == ["n"]
