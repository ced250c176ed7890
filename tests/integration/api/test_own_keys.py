"""A tenant changes its keys without the operator: never more than the key that asks, never the last one by accident."""

from __future__ import annotations

import httpx

from tests.support.service import Service

KEYS = "/api/v1/me/keys"


async def make(client: httpx.AsyncClient, *scopes: str) -> dict:
    response = await client.post(KEYS, json={"label": "next", "scopes": list(scopes)})
    assert response.status_code == 201, response.text
    return response.json()


async def error(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


async def test_key_is_replaced_by_its_tenant(service: Service) -> None:
    made = await make(service.acme, "read", "write", "keys")
    successor = service.client(made["key"])
    listed = (await successor.get(KEYS)).json()["data"]
    assert {key["tenant_id"] for key in listed} == {service.acme_id}
    assert made["key"] not in str(listed)
    former = next(key["id"] for key in listed if key["label"] == "test")
    assert (await successor.delete(f"{KEYS}/{former}")).json()["revoked_at"]
    assert (await service.acme.get("/api/v1/documents")).status_code == 401
    assert (await successor.get("/api/v1/documents")).status_code == 200


async def test_new_tenants_first_key_makes_others(service: Service) -> None:
    created = (await service.operator.post("/api/v1/tenants", json={"name": "library"})).json()
    made = await make(service.client(created["key"]), "read")
    assert (await service.client(made["key"]).get("/api/v1/me")).json()["scopes"] == ["read"]


async def test_key_gives_and_revokes_no_more_than_it_may_do(service: Service) -> None:
    keeper = service.client((await make(service.acme, "keys", "read"))["key"])
    refused = await keeper.post(KEYS, json={"scopes": ["read", "write"]})
    assert await error(refused) == (403, "missing_scope")
    assert "lacks write" in refused.json()["error"]["message"]
    assert await error(await service.acme.post(KEYS, json={"scopes": ["admin"]})) == (403, "missing_scope")
    stronger = await make(service.acme, "write")
    assert await error(await keeper.delete(f"{KEYS}/{stronger['id']}")) == (403, "missing_scope")
    assert (await service.client(stronger["key"]).get("/api/v1/me")).status_code == 200


async def test_keys_without_the_scope_and_tokens_may_not(service: Service) -> None:
    plain = service.client((await make(service.acme, "read", "write"))["key"])
    assert await error(await plain.get(KEYS)) == (403, "missing_scope")
    assert await error(await plain.post(KEYS, json={})) == (403, "missing_scope")
    assert await error(await service.acme.post("/api/v1/tokens", json={"scopes": ["keys"]})) == (422, "invalid_request")


async def test_key_of_another_tenant_is_as_unknown_as_one_that_never_was(service: Service) -> None:
    theirs = await make(service.other, "read")
    foreign, unknown = [await service.acme.delete(f"{KEYS}/{key}") for key in (theirs["id"], "key_none")]
    assert (foreign.status_code, foreign.json()["error"]) == (404, unknown.json()["error"])
    assert (await service.client(theirs["key"]).get("/api/v1/me")).status_code == 200


async def test_last_key_that_makes_keys_is_revoked_only_if_told(service: Service) -> None:
    listed = (await service.acme.get(KEYS)).json()["data"]
    own = next(key["id"] for key in listed if "keys" in key["scopes"])
    assert await error(await service.acme.delete(f"{KEYS}/{own}")) == (409, "last_key")
    assert (await service.acme.get(KEYS)).status_code == 200
    assert (await service.acme.delete(f"{KEYS}/{own}?last=true")).status_code == 200
    assert (await service.acme.get(KEYS)).status_code == 401
