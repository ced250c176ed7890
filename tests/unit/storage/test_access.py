"""Access lists: what a caller does not see is not found, listed, counted or weighed, as if it were not there."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.domain.documents import CollectionSettings, RefusedFile
from app.domain.visibility import EVERYBODY, EVERYTHING, Access, Visibility
from app.errors import Conflict, NotFound
from app.storage.database import Database
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tenant_store import TenantStore
from app.storage.visibility import seeing
from tests.support.paths import APP
from tests.support.storage_factories import make_ready, uploaded

pytestmark = pytest.mark.both_databases

STAFF, BOARD = Access(("staff",)), Access(("board",))
DOCUMENTS = {  # name: (collection, access list)
    "open": ("default", EVERYBODY),
    "staff": ("default", STAFF),
    "both": ("default", Access(("board", "staff"))),
    "minutes": ("closed", EVERYBODY),
    "salaries": ("closed", BOARD),
    "guide": ("guides", EVERYBODY),
}


def who(*groups: str, collections: tuple[str, ...] | None = None) -> Visibility:
    return Visibility(frozenset(groups), collections)


SEEN = {
    "a key": (EVERYTHING, "open staff both minutes salaries guide"),
    "no group": (who(), "open guide"),
    "another group": (who("guests"), "open guide"),
    "staff": (who("staff"), "open staff both minutes guide"),
    "board": (who("board"), "open both guide"),
    "both groups": (who("staff", "board"), "open staff both minutes salaries guide"),
    "staff in one collection": (who("staff", collections=("default",)), "open staff both"),
    "a closed collection by name": (who(collections=("closed",)), ""),
    "no collection": (who("staff", "board", collections=()), ""),
    "a key in one collection": (Visibility(None, ("closed",)), "minutes salaries"),
}


@pytest.fixture
def ids(db: Database, tenant_id: str) -> dict[str, str]:
    """The ids of DOCUMENTS, which are ready, by name."""
    made = {}
    with db.write_tenant(tenant_id) as store:
        store.collections.set("closed", CollectionSettings(), STAFF)
        store.collections.set("empty", CollectionSettings(), BOARD)
    for seed, (name, (collection, access)) in enumerate(DOCUMENTS.items()):
        document = uploaded(db, tenant_id, name, name.encode(), collection)
        make_ready(db, tenant_id, document.latest.id, [f"the canary of {name} sings"], seed)
        with db.write_tenant(tenant_id) as store:
            store.documents.update_metadata(document.id, {f"of_{name}": 1})
            store.documents.update_access(document.id, access)
        made[name] = document.id
    return made


@pytest.mark.parametrize("caller", SEEN)
def test_lists_counts_and_searches_hold_what_the_caller_sees(
    db: Database, tenant_id: str, ids: dict[str, str], caller: str
) -> None:
    visibility, names = SEEN[caller]
    expected = set(names.split())
    collections = {DOCUMENTS[name][0] for name in expected}
    with seeing(visibility), db.read_tenant(tenant_id) as store:
        assert {one.filename for one in store.documents.page(limit=100).data} == expected
        assert store.documents.page(limit=1).total == len(expected)
        assert {one.filename for one in store.document_overviews.newest(limit=100)} == expected
        assert store.documents.count_live() == len(expected)
        assert store.documents.known(ids.values()) == {ids[name] for name in expected}
        assert store.documents.metadata_fields([f"of_{name}" for name in DOCUMENTS]) == {
            f"of_{name}" for name in expected
        }
        assert {name: count for name, count in store.collections.names().items() if count} == {
            name: sum(DOCUMENTS[one][0] == name for one in expected) for name in collections
        }
        live = store.chunks.live(store.chunks.live_ids().tolist())
        assert {one.filename for one in live.values()} == expected
        with seeing(EVERYTHING), db.read_tenant(tenant_id) as everything:
            every_id = everything.chunks.live_ids().tolist()
        assert store.chunks.live(every_id).keys() == live.keys()
        visible = store.chunks.visible_ids()
        assert (visible is None) is (expected == set(DOCUMENTS))
        assert store.chunks.lexical("canary", visible=visible).ids.tolist() == sorted(live)


HIDDEN: dict[str, Callable[[TenantStore, str], Any]] = {
    "get": lambda store, one: store.documents.get(one),
    "overview": lambda store, one: store.document_overviews.get(one),
    "text": lambda store, one: store.documents.text(one),
    "version": lambda store, one: store.documents.version(one),
    "update_metadata": lambda store, one: store.documents.update_metadata(one, {}),
    "update_access": lambda store, one: store.documents.update_access(one, EVERYBODY),
    "move": lambda store, one: store.documents.move(one, "default", "mine"),
    "delete": lambda store, one: store.documents.delete(one),
}


@pytest.mark.parametrize("call", HIDDEN)
def test_hidden_document_is_unknown(db: Database, tenant_id: str, ids: dict[str, str], call: str) -> None:
    faults = []
    for document_id in (ids["salaries"], "doc_none"):
        with seeing(who("staff")), pytest.raises(NotFound) as caught, db.write_tenant(tenant_id) as store:
            HIDDEN[call](store, document_id)
        faults.append((str(caught.value), caught.value.code, caught.value.param))
    assert faults[0] == faults[1]
    with seeing(who("staff", "board")), db.write_tenant(tenant_id) as store:
        HIDDEN[call](store, ids["salaries"])


def test_hidden_document_has_no_chunks(db: Database, tenant_id: str, ids: dict[str, str]) -> None:
    with seeing(who("staff")), db.read_tenant(tenant_id) as store:
        assert store.chunks.of_document(ids["salaries"]).data == []
        assert store.chunks.of_live_version(ids["salaries"], 10) == ([], 0)
        assert store.chunks.of_live_version(ids["minutes"], 10)[1] == 1


def test_name_of_a_hidden_document_is_taken(db: Database, tenant_id: str, ids: dict[str, str]) -> None:
    with seeing(who("staff")):
        with pytest.raises(Conflict), db.write_tenant(tenant_id) as store:
            store.documents.move(ids["open"], "closed", "salaries")
        with pytest.raises(Conflict):
            uploaded(db, tenant_id, "salaries", b"mine", "closed")
        with db.read_tenant(tenant_id) as store:
            assert store.documents.hidden_names("closed", ["salaries", "minutes", "new"]) == {"salaries"}
    with db.read_tenant(tenant_id) as store:
        assert store.documents.get(ids["salaries"]).latest.version == 1


def test_key_of_a_hidden_document_is_taken(db: Database, tenant_id: str, ids: dict[str, str]) -> None:
    with db.write_tenant(tenant_id) as store:
        store.documents.claim_key("own key", "closed", "keyed.txt")
    uploaded(db, tenant_id, "keyed.txt", b"keyed", "closed")
    with seeing(who()):
        with pytest.raises(NotFound), db.read_tenant(tenant_id) as store:
            store.documents.by_key("own key")
        with pytest.raises(Conflict, match="key"), db.write_tenant(tenant_id) as store:
            store.documents.claim_key("own key", "default", "mine.txt")
    with seeing(who("staff")), db.read_tenant(tenant_id) as store:
        assert store.documents.by_key("own key").filename == "keyed.txt"


def test_new_version_keeps_the_access_list(db: Database, tenant_id: str, ids: dict[str, str]) -> None:
    document = uploaded(db, tenant_id, "staff", b"other bytes")
    assert (document.id, document.latest.version, document.access) == (ids["staff"], 2, STAFF)


@pytest.mark.parametrize("scoring", ["bm25", "tfidf"])
def test_hidden_documents_do_not_weigh_on_full_text_scores(db: Database, tenant_id: str, scoring: Any) -> None:
    texts = {"seen.txt": "the harbour opens at dawn", "other.txt": "the ferry leaves at dawn"}
    hidden = {"a.txt": "the harbour opens at noon", "b.txt": "the harbour opens at dusk"}
    with db.write() as session:
        alone = Tenants(session).create("alone").id
    for name, text in texts.items():
        make_ready(db, alone, uploaded(db, alone, name, text.encode()).latest.id, [text])
    for name, text in {**texts, **hidden}.items():
        document = uploaded(db, tenant_id, name, text.encode())
        make_ready(db, tenant_id, document.latest.id, [text])
        with db.write_tenant(tenant_id) as store:
            store.documents.update_access(document.id, STAFF if name in hidden else EVERYBODY)
    found = []
    for tenant, visibility in ((alone, EVERYTHING), (tenant_id, who())):
        with seeing(visibility), db.read_tenant(tenant) as store:
            scores = store.chunks.lexical("harbour noon", scoring, store.chunks.visible_ids())
            names = [live.filename for live in store.chunks.live(scores.ids.tolist()).values()]
            found.append((names, scores.scores))
    assert found[0][0] == found[1][0] == ["seen.txt"]
    np.testing.assert_allclose(found[0][1], found[1][1])


def test_batch_is_seen_by_its_groups_and_counts_what_they_see(
    db: Database, tenant_id: str, ids: dict[str, str]
) -> None:
    with db.write_tenant(tenant_id) as store:
        versions = [store.documents.get(ids[name]).latest.id for name in ("open", "staff", "minutes")]
        batch = store.batches.create("default", STAFF)
        store.batches.add(batch, versions, [RefusedFile("logo.svgz", "unsupported_media_type", "No.")])
        store.documents.update_access(ids["open"], BOARD)
    with seeing(who("staff")), db.read_tenant(tenant_id) as store:
        assert store.batches.get(batch).counts == {"ready": 2}
    for visibility in (who(), who("board"), who("staff", collections=("guides",))):
        with seeing(visibility), db.read_tenant(tenant_id) as store, pytest.raises(NotFound):
            store.batches.get(batch)


def test_collection_is_closed_by_its_list_and_by_name(db: Database, tenant_id: str, ids: dict[str, str]) -> None:
    closed = {
        "closed": [who(), who("board"), who("staff", collections=("default",))],
        "new": [who(collections=("default",))],
    }
    for name, callers in closed.items():
        for visibility in (EVERYTHING, who("staff"), *callers):
            with seeing(visibility), db.read_tenant(tenant_id) as store:
                assert store.collections.is_closed(name) is (visibility in callers), (name, visibility)


def test_settings_leave_an_access_list_that_they_do_not_name(db: Database, tenant_id: str) -> None:
    with db.write_tenant(tenant_id) as store:
        store.collections.set("closed", CollectionSettings(), STAFF)
        store.collections.set("closed", CollectionSettings(chunk_tokens=64))
        assert store.collections.access("closed") == STAFF
        store.collections.set("closed", CollectionSettings(), EVERYBODY)
        assert store.collections.access("closed") == EVERYBODY


@pytest.mark.parametrize("name", ["documents", "chunks", "collections", "batches"])
def test_no_query_of_documents_asks_for_the_tenant_alone(name: str) -> None:
    """Only `access.py` compares the tenant of documents and batches: there the access lists are added."""
    tree = ast.parse((APP / "storage/sql/repositories" / f"{name}.py").read_text())
    compared = {ast.unparse(node.left) for node in ast.walk(tree) if isinstance(node, ast.Compare)}
    assert not compared & {"DocumentRow.tenant_id", "BatchRow.tenant_id"}
    assert Path(APP / "storage/sql/access.py").read_text().count("DocumentRow.tenant_id == tenant_id") >= 1
