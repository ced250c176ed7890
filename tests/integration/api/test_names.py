"""Names: one form of each, readable back through the path, and nothing in them that hides or commands."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import pytest_asyncio

from app.http.services import registered_services
from app.storage.sql.tables import TenantRow
from app.tenants.service import TenantService
from tests.support.fake_settings import fake_settings
from tests.support.files import adapter_upload
from tests.support.service import Service, open_service

pytestmark = pytest.mark.asyncio(loop_scope="module")
SEEN = "Fórmula"
WRITTEN = unicodedata.normalize("NFD", f"\u202e{SEEN}\u200b\x1b[31m\u2066").replace("[31m", "")  # marks and an escape


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    async with open_service(fake_settings(tmp_path_factory.mktemp("names") / "data")) as service:
        yield service


async def test_every_kind_of_name_is_kept_as_it_is_seen(served: Service, tmp_path: Path) -> None:
    acme, operator = served.acme, served.operator
    document = await served.take_in(acme, f"{WRITTEN}.txt", b"A text.", collection=WRITTEN)
    assert (document["filename"], document["collection"]) == (f"{SEEN}.txt", SEEN)
    for path, body, field in (
        ("/api/v1/tenants", {"name": WRITTEN}, "name"),
        ("/api/v1/keys", {"tenant_id": served.acme_id, "label": WRITTEN}, "label"),
    ):
        assert (await operator.post(path, json=body)).json()[field] == SEEN
    token = (await acme.post("/api/v1/tokens", json={"user": WRITTEN, "groups": [WRITTEN]})).json()
    assert (token["user"], token["groups"]) == (SEEN, [SEEN])
    store = (await acme.post("/v1/vector_stores", json={"name": f"{WRITTEN} 2"})).json()
    assert store["collection"] == f"{SEEN} 2"
    key = quote(f"notes/{WRITTEN}")
    put = await acme.put(f"/api/v1/documents/by-key/{key}", json={"text": "A note."})
    assert put.json()["external_id"] == f"notes/{SEEN}"
    for path, request in (
        ("/api/v1/adapters", {"files": adapter_upload(tmp_path), "data": {"name": WRITTEN}}),
        ("/api/v1/training/datasets", {"files": {"file": ("r.jsonl", b"{}")}, "data": {"name": WRITTEN}}),
    ):
        refused = await acme.post(path, **request)
        assert (refused.status_code, refused.json()["error"]["param"]) == (422, "name")


async def test_twins_are_one_tenant(served: Service) -> None:
    assert (await served.operator.post("/api/v1/tenants", json={"name": "Café"})).status_code == 201
    twin = await served.operator.post("/api/v1/tenants", json={"name": unicodedata.normalize("NFD", "Café")})
    assert (twin.status_code, twin.json()["error"]["param"]) == (409, "name")


@pytest.mark.parametrize("name", ["\u200b", "\x1b", " \u202e ", "\ufeff"])
async def test_name_of_nothing_that_is_seen_is_refused(served: Service, name: str) -> None:
    for path, body in (("/api/v1/tenants", {"name": name}), ("/api/v1/tokens", {"user": name})):
        client = served.operator if path.endswith("tenants") else served.acme
        refused = await client.post(path, json=body)
        assert refused.status_code == 422, refused.text


@pytest.mark.parametrize("name", ["a/b", "a//b", "/a", "a.", "...", "%2F", "a?b#c", "réparse", "reparse"])
async def test_collection_of_any_other_name_is_read_and_set_by_path(served: Service, name: str) -> None:
    await served.take_in(served.acme, "a.txt", b"A text.", collection=name)
    path = f"/api/v1/collections/{quote(name, safe='')}"
    assert (await served.acme.get(path)).json()["name"] == name
    changed = (await served.acme.put(path, json={"keep_versions": 1})).json()
    assert (changed["name"], changed["keep_versions"]) == (name, 1)
    assert (await served.acme.post(f"{path}/reparse")).json()["name"] == name


@pytest.mark.parametrize("name", [".", "..", "a/..", "./a", "a/", "a/reparse"])
async def test_collection_that_a_path_could_not_name_is_not_made(served: Service, name: str) -> None:
    document = await served.take_in(served.acme, "b.txt", b"A text.")
    requests: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/api/v1/documents", {"files": {"file": ("c.txt", b"C.")}, "data": {"collection": name}}),
        ("POST", "/api/v1/batches", {"files": {"files": ("c.txt", b"C.")}, "data": {"collection": name}}),
        ("PATCH", f"/api/v1/documents/{document['id']}", {"json": {"collection": name}}),
        ("PUT", "/api/v1/documents/by-key/c", {"json": {"text": "C.", "collection": name}}),
    ]
    for method, path, request in requests:
        refused = await served.acme.request(method, path, **request)
        assert (refused.status_code, refused.json()["error"]["param"]) == (422, "collection"), path
    assert (await served.acme.post("/v1/vector_stores", json={"name": name})).json()["collection"] != name
    listed = (await served.acme.get("/api/v1/collections")).json()["data"]
    assert name not in {one["name"] for one in listed}


async def test_tenant_of_an_older_version_is_found_by_the_name_that_it_has(served: Service) -> None:
    old = unicodedata.normalize("NFD", "Žižkov\u200b")
    with served.runtime.storage.db.write() as session:
        session.add(TenantRow(name=old))
    tenants = registered_services(served.app).get(TenantService)
    assert tenants.by_name(old).name == old
    assert tenants.by_name(unicodedata.normalize("NFD", "acme\u200b")).id == served.acme_id
    assert old in {one["name"] for one in (await served.operator.get("/api/v1/tenants?limit=100")).json()["data"]}
