"""What must hold after any crash. Each check says in words what is broken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.bootstrap.storage import Storage
from app.domain.documents import Document
from app.embeddings.hashing import HashingEmbedder
from app.index.index_cache import IndexCache
from app.index.tenant_index import TenantIndex
from app.storage.sql.tenant_store import TenantStore
from tests.reliability.crash_work import MODELS, indexes_of, opened, searched_by

SAMPLE, PAGE = 20, 10
TOLERANCE = 1e-3


def violations(folder: Path) -> list[str]:
    """Open the folder as a service would after the crash, and check. Empty: all is well."""
    if not (folder / "data" / "loracle.db").is_file():
        return []
    storage = opened(folder)
    try:
        facts = _Facts(folder / "journal")
        found = [f"the database says: {verdict}"] if (verdict := _integrity(storage)) != "ok" else []
        for tenant in facts.tenants():
            found += _of_tenant(storage, tenant, facts)
        return found
    finally:
        storage.db.close()


class _Facts:
    """The journal: what was acknowledged, what was only begun when the process died."""

    def __init__(self, path: Path) -> None:
        self._last: dict[tuple[str, str], dict[str, Any]] = {}  # (tenant, name) -> last acknowledged
        self._open: dict[tuple[str, str], dict[str, Any]] = {}  # begun, not acknowledged
        self._ready: dict[str, dict[str, int]] = {}
        for line in path.read_bytes().splitlines() if path.is_file() else []:
            try:
                self._read(json.loads(line))
            except ValueError:
                continue  # a line that was being written

    def _read(self, fact: dict[str, Any]) -> None:
        if fact["kind"] == "ready":
            self._ready[fact["tenant"]] = fact["ready"]
            return
        place = (fact["tenant"], fact["name"])
        if fact["kind"] == "intent":
            self._open[place] = fact
        else:
            self._last[place] = fact
            self._open.pop(place, None)

    def tenants(self) -> set[str]:
        return {tenant for tenant, _ in (*self._last, *self._open)}

    def of(self, tenant: str) -> Iterator[tuple[str, dict[str, Any], bool]]:
        """(name, last acknowledged fact, whether nothing was begun after it)."""
        for (whose, name), fact in self._last.items():
            if whose == tenant:
                yield name, fact, (whose, name) not in self._open

    def ready(self, tenant: str) -> dict[str, int]:
        return self._ready.get(tenant, {})


def _of_tenant(storage: Storage, tenant: str, facts: _Facts) -> Iterator[str]:
    with storage.db.read_tenant(tenant) as store:
        documents = {document.filename: document for document in store.documents.page(limit=1000).data}
    yield from _acknowledged(storage, tenant, documents, facts)
    in_use = searched_by(storage, tenant)
    for model in MODELS:
        indexes = indexes_of(storage, model)
        yield from _index_is_truth(storage, indexes, model, tenant, whole=model is in_use)
        if model is in_use:
            yield from _live_is_found(storage, indexes, model, documents, tenant)


def _acknowledged(storage: Storage, tenant: str, documents: dict[str, Document], facts: _Facts) -> Iterator[str]:
    """Uploads are there with their file, deletes are not, what was ready is ready or was replaced."""
    for name, fact, settled in facts.of(tenant):
        document = documents.get(name)
        if fact["op"] == "delete" and settled and document is not None:
            yield f"{name} was deleted and is there"
        if fact["op"] == "upload" and settled:
            if document is None:
                yield f"{name} was uploaded and is gone"
            elif fact["canary"].encode() not in _file(storage, document):
                yield f"{name}: the file of its newest version is missing or another"
    for document in documents.values():
        if not _file(storage, document):
            yield f"{document.filename} is there, and its file is not"
    ids = {document.id: document for document in documents.values()}
    for document_id, version in facts.ready(tenant).items():
        document = ids.get(document_id)
        if document is not None and (document.live is None or document.live.version < version):
            yield f"{document.filename} answered with version {version} and no longer does"


def _index_is_truth(
    storage: Storage, indexes: IndexCache, embedder: HashingEmbedder, tenant: str, *, whole: bool
) -> Iterator[str]:
    """The index that follows checkpoints and log equals one that is built from nothing.

    `whole`: the tenant is searched by it, so every live chunk has a vector there.
    """
    with storage.db.read_tenant(tenant) as store:
        held = [ids for ids, _ in store.changes.all_vectors(embedder.fingerprint)]
        live = set(store.chunks.live_ids().tolist())
    truth = {int(i) for ids in held for i in ids}
    if truth - live or (whole and truth != live):
        yield f"{len(truth ^ live)} chunks belong to no live version, or are missing"
    one = indexes.for_tenant(tenant)
    held_ids = one.catch_up().ids().tolist()
    followed = set(held_ids)
    if len(held_ids) != len(followed):
        yield f"the index holds {len(held_ids) - len(followed)} chunks twice"
    if followed != truth:
        yield f"the index lacks {len(truth - followed)} chunks and has {len(followed - truth)} that are gone"
    one.wait_for_ivf_build()


def _live_is_found(
    storage: Storage, indexes: IndexCache, embedder: HashingEmbedder, documents: dict[str, Document], tenant: str
) -> Iterator[str]:
    """Live chunks are found by their own vectors and by a word that only they hold."""
    one = indexes.for_tenant(tenant)
    with storage.db.read_tenant(tenant) as store:
        for ids, vectors in store.changes.all_vectors(embedder.fingerprint):
            step = max(1, len(ids) // SAMPLE)
            for chunk_id, vector in zip(ids[::step], vectors[::step], strict=True):
                if not _finds(one, int(chunk_id), vector):
                    yield f"chunk {chunk_id} is not found by its own vector"
        for document in documents.values():
            if document.live is not None and (fault := _unreadable(store, document)):
                yield f"{document.filename} {fault}"


def _finds(index: TenantIndex, chunk_id: int, vector: Any) -> bool:
    """Among the best, or behind a full page of its equals."""
    hits, own = dict(index.search(vector, PAGE)), float(vector @ vector)
    behind_equals = len(hits) == PAGE and min(hits.values()) > own - TOLERANCE
    return behind_equals or abs(hits.get(chunk_id, -1.0) - own) < TOLERANCE


def _unreadable(store: TenantStore, document: Document) -> str:
    chunks = store.chunks.of_document(document.id).data
    if not chunks:
        return "is live without chunks"
    canary = next(word for word in chunks[0].text.split() if word.startswith("canary"))
    found = store.chunks.lexical(canary).best(PAGE)
    return "" if chunks[0].id in found else "is not found by full text"


def _file(storage: Storage, document: Document) -> bytes:
    try:
        return storage.blobs.path(document.latest.blob).read_bytes()
    except FileNotFoundError:
        return b""


def _integrity(storage: Storage) -> str:
    with storage.db.read() as session:
        return str(session.connection().exec_driver_sql("PRAGMA integrity_check(3)").scalar())
