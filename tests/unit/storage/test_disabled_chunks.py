"""Disabled chunks: in no index, no section and no count of words; they survive a new version of the same text."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import select

from app.domain.documents import DocumentText, NewChunk
from app.errors import NotFound
from app.storage.database import Database
from app.storage.sql.tables import PostingsRow, PostingsTotalRow
from tests.support.storage_factories import FINGERPRINT, ready, uploaded, vectors

pytestmark = pytest.mark.both_databases

TEXTS = ["Otters swim in rivers.", "Badgers dig setts.", "Owls hunt at night."]


def chunk_ids(db: Database, tenant_id: str, document_id: str) -> list[str]:
    with db.read_tenant(tenant_id) as store:
        return [chunk.public_id for chunk in store.chunks.of_document(document_id).data]


def index_state(db: Database, tenant_id: str) -> tuple[object, ...]:
    """Postings by term, sorted, with their totals and the vectors that an index is built from."""
    with db.read_tenant(tenant_id) as store:
        rows = store.session.execute(select(PostingsRow.term, PostingsRow.entries)).all()
        total = store.session.get_one(PostingsTotalRow, tenant_id)
        ids = [int(i) for found, _ in store.changes.all_vectors(FINGERPRINT) for i in found]
        entries = {
            row.term: b"".join(sorted(row.entries[i : i + 5] for i in range(0, len(row.entries), 5))) for row in rows
        }
        return entries, total.chunks, total.terms, ids


def set_enabled(db: Database, tenant_id: str, document_id: str, chunk_id: str, enabled: bool) -> None:
    with db.write_tenant(tenant_id) as store:
        assert store.chunks.set_enabled(document_id, chunk_id, enabled).enabled == enabled


def test_a_disabled_chunk_is_in_no_index_and_enabling_restores_everything(db: Database, tenant_id: str) -> None:
    document = ready(db, tenant_id, "a.txt", TEXTS)
    before = index_state(db, tenant_id)
    chosen = chunk_ids(db, tenant_id, document.id)[1]
    for _ in range(2):  # twice changes nothing more
        set_enabled(db, tenant_id, document.id, chosen, False)
    with db.read_tenant(tenant_id) as store:
        assert len(store.chunks.lexical("badgers").ids) == 0
        assert [live.chunk.text for live in store.chunks.live(store.chunks.live_ids().tolist()).values()] == [
            TEXTS[0],
            TEXTS[2],
        ]
        assert store.chunks.of_live_version(document.id, 10)[1] == 2
        assert [one.enabled for one in store.chunks.of_document(document.id).data] == [True, False, True]
        assert [one.text for one in store.chunks.of_document(document.id, enabled=False).data] == [TEXTS[1]]
    assert index_state(db, tenant_id)[1] == 2
    for _ in range(2):
        set_enabled(db, tenant_id, document.id, chosen, True)
    assert index_state(db, tenant_id) == before


def test_deleting_a_document_with_a_disabled_chunk_leaves_exact_totals(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "kept.txt", ["Herons stand still."])
    before = index_state(db, tenant_id)
    document = ready(db, tenant_id, "a.txt", TEXTS)
    set_enabled(db, tenant_id, document.id, chunk_ids(db, tenant_id, document.id)[0], False)
    with db.write_tenant(tenant_id) as store:
        store.documents.delete(document.id)
    assert index_state(db, tenant_id) == before


def test_a_chunk_of_the_same_text_stays_disabled_in_the_next_version(db: Database, tenant_id: str) -> None:
    document = ready(db, tenant_id, "a.txt", TEXTS)
    set_enabled(db, tenant_id, document.id, chunk_ids(db, tenant_id, document.id)[1], False)
    ready(db, tenant_id, "a.txt", [*TEXTS, "Voles hide."])
    with db.read_tenant(tenant_id) as store:
        shown = [(one.text, one.enabled) for one in store.chunks.of_document(document.id).data]
    assert shown == [(TEXTS[0], True), (TEXTS[1], False), (TEXTS[2], True), ("Voles hide.", True)]


@pytest.mark.parametrize(("disabled", "section_of_second"), [(0, "two three"), (2, "one two"), (None, "one two three")])
def test_a_section_holds_no_disabled_text(
    db: Database, tenant_id: str, disabled: int | None, section_of_second: str
) -> None:
    document = uploaded(db, tenant_id)
    spans = [(0, 3), (4, 7), (8, 13)]
    chunks = [
        NewChunk(i, "one two three"[a:b], "", None, None, a, b, 1, section_start=0, section_end=13)
        for i, (a, b) in enumerate(spans)
    ]
    with db.write_tenant(tenant_id) as store:
        text = DocumentText("one two three", ())
        store.document_versions.commit_ready(document.latest.id, text, chunks, vectors(3), FINGERPRINT)
    ids = chunk_ids(db, tenant_id, document.id)
    if disabled is not None:
        set_enabled(db, tenant_id, document.id, ids[disabled], False)
    number = int(ids[1].removeprefix("chk_"))
    with db.read_tenant(tenant_id) as store:
        section = store.chunks.sections([number])[number]
    assert section.text.strip() == section_of_second
    assert "one two three"[section.char_start : section.char_start + len(section.text)] == section.text


def test_an_index_that_runs_follows_both_changes(db: Database, tenant_id: str) -> None:
    document = ready(db, tenant_id, "a.txt", TEXTS)
    chosen = chunk_ids(db, tenant_id, document.id)[1]
    with db.read_tenant(tenant_id) as store:
        seen = store.changes.max_seq()
    set_enabled(db, tenant_id, document.id, chosen, False)
    set_enabled(db, tenant_id, document.id, chosen, True)
    with db.read_tenant(tenant_id) as store:
        removed, added = store.changes.after(seen)
        number = int(chosen.removeprefix("chk_"))
        assert (removed.kind, removed.first_chunk_id, removed.last_chunk_id) == ("remove", number, number)
        ids, found = store.changes.vectors_of(added.version_id, FINGERPRINT)
    assert added.kind == "add"
    assert number in ids.tolist()
    np.testing.assert_array_equal(found, vectors(3))


def test_a_chunk_of_another_document_or_tenant_is_unknown(db: Database, tenant_id: str) -> None:
    first, second = ready(db, tenant_id, "a.txt", TEXTS), ready(db, tenant_id, "b.txt", TEXTS, seed=1)
    foreign = chunk_ids(db, tenant_id, second.id)[0]
    for wrong in (foreign, "chk_0", "chk_", "nothing", "chk_999999999999999999999"):
        with pytest.raises(NotFound), db.write_tenant(tenant_id) as store:
            store.chunks.set_enabled(first.id, wrong, False)
