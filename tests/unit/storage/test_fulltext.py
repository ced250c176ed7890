"""Full text: what is written is found, what is deleted is not, and tenants never change each other's scores."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.storage.database import Database
from app.storage.sql.fulltext import LexicalScores
from app.storage.sql.postings import Postings
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tables import ChunkRow, PostingsRow, PostingsTotalRow
from app.storage.sql.tables.chunks import BUCKET_BITS
from app.text.stemming import cognate_key, snowball_stem
from app.text.terms import document_terms, query_terms
from tests.support.storage_factories import make_ready, ready

pytestmark = pytest.mark.both_databases

TEXTS = [
    "The museum opens at ten and closes at six.",
    "A biblioteca da universidade fecha aos domingos.",
    "As universidades publicam as informações sobre matrículas.",
    "The treaty was signed in 1648.",
]


def search(db: Database, tenant_id: str, query: str, **more: str) -> LexicalScores:
    with db.read_tenant(tenant_id) as store:
        return store.chunks.lexical(query, **more)


def texts_found(db: Database, tenant_id: str, query: str) -> list[str]:
    best = search(db, tenant_id, query).best(10)
    with db.read() as session:
        return [session.get_one(ChunkRow, chunk).text for chunk in best]


def postings(db: Database) -> dict[tuple[str, str, int], bytes]:
    with db.read() as session:
        rows = session.execute(select(PostingsRow.tenant_id, PostingsRow.term, PostingsRow.bucket, PostingsRow.entries))
        return {(row.tenant_id, row.term, row.bucket): row.entries for row in rows}


def totals(db: Database, tenant_id: str) -> tuple[int, int]:
    with db.read() as session:
        row = session.get_one(PostingsTotalRow, tenant_id)
        return row.chunks, row.terms


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("When do museums open?", TEXTS[0]),
        ("matricula", TEXTS[2]),  # accents folded
        ("informação", TEXTS[2]),  # -ão and -ões are one word
        ("bibliotecas", TEXTS[1]),
        ("1648", TEXTS[3]),
    ],
)
def test_inflected_and_unaccented_words_are_found(db: Database, tenant_id: str, question: str, first: str) -> None:
    ready(db, tenant_id, "a.txt", TEXTS)
    assert texts_found(db, tenant_id, question)[0] == first


def test_cognates_find_text_in_the_other_language(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", [*TEXTS, "A precipitação média foi medida em estações."])
    assert texts_found(db, tenant_id, "How was precipitation measured?")[0].startswith("A precipitação")


def test_scores_are_the_share_of_the_question_that_is_found(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", TEXTS)
    whole = max(search(db, tenant_id, "treaty signed 1648").best(1).values())
    stray = max(search(db, tenant_id, "treaty violin orchestra concert hall").best(1).values())
    assert 0 < stray < whole / 2 < whole <= 1
    assert not len(search(db, tenant_id, "what is the").ids)


def test_deleting_a_document_leaves_the_postings_of_the_others(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "keep.txt", TEXTS[:2])
    before, counted = postings(db), totals(db, tenant_id)
    gone = ready(db, tenant_id, "gone.txt", TEXTS, seed=1)
    assert texts_found(db, tenant_id, "treaty") == [TEXTS[3]]
    with db.write_tenant(tenant_id) as store:
        store.documents.delete(gone.id)
    assert postings(db) == before
    assert totals(db, tenant_id) == counted
    assert texts_found(db, tenant_id, "treaty") == []


def test_a_new_version_replaces_the_postings_of_the_old(db: Database, tenant_id: str) -> None:
    document = ready(db, tenant_id, "a.txt", TEXTS)
    make_ready(db, tenant_id, document.latest.id, ["Nothing but lighthouses."])
    assert texts_found(db, tenant_id, "treaty museum") == []
    assert texts_found(db, tenant_id, "lighthouse") == ["Nothing but lighthouses."]
    assert totals(db, tenant_id)[0] == 1


def test_another_tenants_text_changes_no_score(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", TEXTS)
    alone = search(db, tenant_id, "museum treaty").best(5)
    with db.write() as session:
        other = Tenants(session).create("other").id
    ready(db, other, "b.txt", ["museum museum treaty"] * 30, seed=2)
    assert search(db, tenant_id, "museum treaty").best(5) == alone
    assert len(search(db, other, "biblioteca").ids) == 0


def test_deleting_a_tenant_deletes_its_postings(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", TEXTS)
    with db.write() as session:
        Tenants(session).delete(tenant_id)
    assert postings(db) == {}


def test_postings_span_several_buckets(db: Database, tenant_id: str) -> None:
    first = (1 << BUCKET_BITS) - 2
    with db.write_tenant(tenant_id) as store:
        Postings(store.session, tenant_id).add(first, ["lighthouse keeper"] * 4)
    found = search(db, tenant_id, "lighthouses")
    assert found.ids.tolist() == [first, first + 1, first + 2, first + 3]
    assert found.of([first + 2, 7])[7] == 0.0


def test_rare_words_and_short_texts_rank_higher_in_both_scorings(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", ["museum treaty", "museum", "museum " + "garden " * 50, "treaty of the garden"])
    for scoring in ("bm25", "tfidf"):
        assert texts_found(db, tenant_id, "museum treaty")[0] == "museum treaty"
        scores = search(db, tenant_id, "museum", scoring=scoring)
        assert scores.scores[1] > scores.scores[2]


def test_only_allowed_chunks_are_ranked(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", ["museum museum", "museum", "museum and garden"])
    scores = search(db, tenant_id, "museum")
    assert list(scores.best(1, scores.ids[2:])) == [int(scores.ids[2])]


def test_query_syntax_and_odd_characters_are_plain_words(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", TEXTS)
    for query in ['" OR NEAR(', "treaty* AND (", "💥 \x01 ", "%_'; DROP TABLE chunks", "x" * 5000, "treaty " * 3000]:
        search(db, tenant_id, query)
    assert texts_found(db, tenant_id, "treaty* AND (") == [TEXTS[3]]


def test_inflected_forms_and_cognates_share_a_term() -> None:
    assert snowball_stem("universidades") == snowball_stem("universidade")
    assert snowball_stem("funções") == snowball_stem("função")
    assert snowball_stem("running") == snowball_stem("runs")
    assert cognate_key("philosophy") == cognate_key("filosofia")
    assert query_terms("what is the") == []
    assert list(document_terms("The museum, museums")) == ["museum", "~muse", "museum", "~muse"]
