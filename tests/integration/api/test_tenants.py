"""The operator's calls: tenants and keys."""

from __future__ import annotations

import httpx
import pytest

from tests.support.files import MUSEUM
from tests.support.service import Service


def with_key(service: Service, key: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(service.app, raise_app_exceptions=False)
    return httpx.AsyncClient(
        transport=transport, base_url="http://testserver", headers={"Authorization": f"Bearer {key}"}
    )


async def test_new_tenant_works_at_once_and_is_gone_with_all_it_had(service: Service) -> None:
    made = (await service.operator.post("/api/v1/tenants", json={"name": "library"})).json()
    client = with_key(service, made["key"])
    await service.take_in(client, "museum.md", MUSEUM)
    assert (await client.get("/api/v1/documents")).json()["data"]
    assert (await service.operator.delete(f"/api/v1/tenants/{made['id']}")).status_code == 200
    assert (await client.get("/api/v1/documents")).status_code == 401
    assert (await service.operator.get(f"/api/v1/tenants/{made['id']}")).status_code == 404
    assert not [path for path in service.runtime.storage.blobs._folder.rglob("*") if path.is_file()]


async def test_names_are_unique(service: Service) -> None:
    assert (await service.operator.post("/api/v1/tenants", json={"name": "acme"})).status_code == 409


async def test_keys_are_shown_once_and_revoked_for_good(service: Service) -> None:
    made = (await service.operator.post("/api/v1/keys", json={"tenant_id": service.acme_id, "label": "ci"})).json()
    client = with_key(service, made["key"])
    assert (await client.get("/api/v1/documents")).status_code == 200
    listed = (await service.operator.get("/api/v1/keys", params={"tenant_id": service.acme_id})).json()["data"]
    assert made["id"] in {key["id"] for key in listed}
    assert made["key"] not in str(listed)
    assert (await service.operator.delete(f"/api/v1/keys/{made['id']}")).json()["revoked_at"]
    assert (await client.get("/api/v1/documents")).status_code == 401


async def test_read_key_cannot_write(service: Service) -> None:
    body = {"tenant_id": service.acme_id, "scopes": ["read"]}
    client = with_key(service, (await service.operator.post("/api/v1/keys", json=body)).json()["key"])
    assert (await client.get("/api/v1/documents")).status_code == 200
    refused = await client.post("/api/v1/documents", files={"file": ("a.txt", b"A.")})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "missing_scope")


async def test_tenants_cannot_use_the_operators_calls(service: Service) -> None:
    for method, path in (("GET", "/api/v1/tenants"), ("POST", "/api/v1/tenants"), ("GET", "/api/v1/keys")):
        assert (await service.acme.request(method, path, json={"name": "x"})).status_code == 403


async def test_operator_cannot_lock_itself_out(service: Service) -> None:
    tenants = (await service.operator.get("/api/v1/tenants")).json()["data"]
    mine = next(tenant["id"] for tenant in tenants if tenant["name"] == "operator")
    assert (await service.operator.delete(f"/api/v1/tenants/{mine}")).status_code == 409
    suspended = await service.operator.patch(f"/api/v1/tenants/{mine}", json={"status": "suspended"})
    assert suspended.status_code == 409


@pytest.mark.only_on("sqlite", "its file is in the folder")
async def test_secrets_are_not_in_the_database(service: Service) -> None:
    made = (await service.operator.post("/api/v1/tenants", json={"name": "library"})).json()
    raw = b"".join(path.read_bytes() for path in service.runtime.storage.db.data_dir.glob("loracle.db*"))
    assert made["id"].encode() in raw
    assert made["key"].encode() not in raw
