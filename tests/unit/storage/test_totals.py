"""The totals of a tenant are what its rows say, whatever comes and goes."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from app.domain.files import FilePurpose
from app.domain.quotas import Quota
from app.domain.training import DatasetOrigin, NewDataset
from app.storage.database import Database
from app.storage.sql.tenant_store import TenantStore
from app.storage.sql.totals import add_to_totals, recount_totals, wrong_totals
from tests.support.storage_factories import ready

pytestmark = pytest.mark.both_databases
STEPS = 80
ROLLED_BACK = 0.2  # share of the steps


def used(db: Database, tenant_id: str) -> dict[Quota, int]:
    with db.read_tenant(tenant_id) as store:
        return store.quotas.used((Quota.STORED_BYTES, Quota.DOCUMENTS))


@dataclass
class Changes:
    """Steps of chance: few names and few contents, so that they meet."""

    chance: random.Random
    documents: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)
    adapters: list[str] = field(default_factory=list)

    @property
    def steps(self) -> Sequence[Callable[[TenantStore], None]]:
        made = (self.add_document, self.add_file, self.add_dataset, self.add_adapter)
        return (*made, self.drop_file, self.purge, self.delete, self.delete)

    def add_document(self, store: TenantStore) -> None:
        document, _ = store.documents.upload(
            collection="default", filename=f"{self.chance.randrange(4)}.txt", metadata={}, **self._content()
        )
        self.documents = [*{*self.documents, document.id}]

    def add_file(self, store: TenantStore) -> None:
        made = store.files.create(filename="f.txt", purpose=FilePurpose.ASSISTANTS, **self._content())
        self.files.append(made.id)

    def add_dataset(self, store: TenantStore) -> None:
        blob = f"d{self.chance.random()}"
        new = NewDataset("rows", DatasetOrigin.UPLOAD, blob, "s", 50, {"rows": 1}, "base")
        self.datasets.append(store.datasets.create(new).id)

    def add_adapter(self, store: TenantStore) -> None:
        name, content = f"a{self.chance.randrange(3)}", f"v{self.chance.randrange(3)}"
        about = {"rank": 1, "alpha": 1, "target_modules": (), "size_bytes": 1000, "base_fingerprint": "base"}
        store.adapters.add(name, content, path=content, **about)
        self.adapters = [*{*self.adapters, name}]

    def drop_file(self, store: TenantStore) -> None:
        if self.documents:
            store.document_versions.drop_file(store.documents.get(self.chance.choice(self.documents)).latest.id)

    def purge(self, store: TenantStore) -> None:
        store.collections.purge(store.collections.former_versions("default", 0))

    def delete(self, store: TenantStore) -> None:
        nouns = [noun for noun in ("documents", "files", "datasets", "adapters") if getattr(self, noun)]
        if nouns:
            noun = self.chance.choice(nouns)
            ids = sorted(getattr(self, noun))
            gone = self.chance.choice(ids)
            getattr(store, noun).delete(gone)
            setattr(self, noun, [one for one in ids if one != gone])

    def _content(self) -> dict[str, object]:
        number = self.chance.randrange(6)
        return {"sha256": f"s{number}", "size_bytes": 100 + number, "media_type": "text/plain", "blob": f"b{number}"}


def test_totals_stay_what_the_rows_say_whatever_comes_and_goes(db: Database, tenant_id: str) -> None:
    changes = Changes(random.Random(7))
    for _ in range(STEPS):
        before = {noun: list(getattr(changes, noun)) for noun in ("documents", "files", "datasets", "adapters")}
        try:
            with db.write_tenant(tenant_id) as store:
                changes.chance.choice(changes.steps)(store)
                if changes.chance.random() < ROLLED_BACK:
                    raise InterruptedError
        except InterruptedError:
            changes = Changes(changes.chance, **before)
    with db.read() as session:
        assert wrong_totals(session) == {}
    assert used(db, tenant_id)[Quota.STORED_BYTES] > 0


def test_wrong_totals_are_found_and_mended(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", ["One."])
    before = used(db, tenant_id)
    with db.write_tenant(tenant_id) as store:
        add_to_totals(store.session, tenant_id, documents=5, stored_bytes=-3)
    with db.read() as session:
        kept, counted = wrong_totals(session)[tenant_id]
    assert (kept.documents - counted.documents, kept.stored_bytes - counted.stored_bytes) == (5, -3)
    with db.write_tenant(tenant_id) as store:
        recount_totals(store.session, tenant_id)
    assert used(db, tenant_id) == before
