"""SQLite and PostgreSQL give the same hits for the same documents: the same passages, in one order, equally scored."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.bootstrap.retrieval import searching
from app.domain.documents import DocumentText, NewChunk
from app.domain.visibility import Access, Visibility
from app.embeddings.base import Embedder
from app.search.filters import Restriction, read_restriction
from app.search.profile import PROFILES
from app.search.retriever import Retriever
from app.storage.database import Database
from app.storage.sql.repositories.tenants import Tenants
from app.storage.visibility import seeing
from tests.support.fake_settings import fake_settings
from tests.support.postgres import TEMPLATE, PostgresServer

Hits = list[tuple[str, int, float, float | None, float | None]]
Opened = Mapping[str, tuple[Retriever, str]]  # by database: the retriever, and the tenant's id
WORDS = "orchard lathe museum parking badge choir treaty lighthouse keeper winter oil belt visitors yard".split()
QUESTIONS = ["When does the orchard open in winter?", "lathe oil", "Quem guarda o farol?", "museum parking", "Größe"]
YEARS: tuple[object, ...] = (2019, "2019", 2020.5, True, None)
RESTRICTIONS: Mapping[str, Restriction] = {
    "none": Restriction(),
    "number": read_restriction([], {"year": {"gte": 2019}}),
    "text": read_restriction([], {"year": "2019"}),
    "not": read_restriction([], {"year": {"ne": 2019}}),
    "boolean": read_restriction([], {"year": {"in": [True, 2020.5]}}),
    "odd name": read_restriction(["odd"], {"or": [{'a."b" é': {"lt": "É"}}, {"year": 2019}]}),
}


@pytest.fixture(scope="module")
def opened(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("both")
    with (
        postgres.database(TEMPLATE) as url,
        _searched(folder / "one", "") as here,
        _searched(folder / "two", url) as there,
    ):
        yield {"sqlite": here, "postgresql": there}


@pytest.mark.parametrize("profile", [name for name in PROFILES if name != "word_vectors"])
@pytest.mark.parametrize("restriction", RESTRICTIONS)
def test_hits_and_scores_are_the_same(opened: Opened, profile: str, restriction: str) -> None:
    for question in QUESTIONS:
        expected = _hits(*opened["sqlite"], question, profile, RESTRICTIONS[restriction])
        assert _hits(*opened["postgresql"], question, profile, RESTRICTIONS[restriction]) == expected


@pytest.mark.parametrize("groups", [(), ("staff",), ("staff", "board")])
def test_callers_see_the_same(opened: Opened, groups: tuple[str, ...]) -> None:
    with seeing(Visibility(groups=frozenset(groups))):
        for question in QUESTIONS:
            expected = _hits(*opened["sqlite"], question, "hybrid", Restriction())
            assert _hits(*opened["postgresql"], question, "hybrid", Restriction()) == expected
            assert expected or not groups


def _hits(retriever: Retriever, tenant_id: str, question: str, profile: str, restriction: Restriction) -> Hits:
    found = retriever.search(tenant_id, question, k=20, profile=PROFILES[profile], restriction=restriction)
    return [(one.live.filename, one.live.chunk.index, one.score, one.dense, one.lexical) for one in found.passages]


@contextmanager
def _searched(folder: Path, url: str) -> Iterator[tuple[Retriever, str]]:
    """A retriever over documents of a tenant, beside which another one writes."""
    with searching(fake_settings(folder, database_url=url, vector_index="faiss")) as (storage, retriever, embedder):
        with storage.db.write() as session:
            owners = [Tenants(session).create(name).id for name in ("theirs", "ours")]
        for number in range(16):
            for tenant_id in owners if number < 4 else owners[1:]:
                _add(storage.db, embedder, tenant_id, number)
        yield retriever, owners[1]


def _add(db: Database, embedder: Embedder, tenant_id: str, number: int) -> None:
    """A ready document of 1 to 4 chunks; the same for every database."""
    dice = random.Random(number)
    texts = [" ".join(dice.choices(WORDS, k=12)) + "." for _ in range(dice.randint(1, 4))]
    metadata = {"year": YEARS[number % len(YEARS)], 'a."b" é': dice.choice("AEÉéz")}
    chunks = [
        NewChunk(i, text, f"Part {i}", None, None, i * 200, i * 200 + len(text), 12) for i, text in enumerate(texts)
    ]
    with db.write_tenant(tenant_id) as store:
        document, _ = store.documents.upload(
            collection="odd" if number % 2 else "even",
            filename=f"Ärger {number}.txt",
            metadata=metadata,
            sha256=hashlib.sha256(bytes([number])).hexdigest(),
            size_bytes=number,
            media_type="text/plain",
            blob=str(number),
            access=Access(("staff",) if number % 3 else ("board",)),
        )
        text = DocumentText("".join(one.ljust(200) for one in texts), ())
        vectors = embedder.embed_passages(texts)
        store.document_versions.commit_ready(document.latest.id, text, chunks, vectors, embedder.fingerprint)
