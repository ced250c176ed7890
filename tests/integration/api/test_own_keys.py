"""A tenant changes its keys without the operator: never more than the key that asks, never the last one by accident."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from app.http.key_use import KeyUse
from app.http.services import registered_services
from app.storage.sql.repositories.keys import Keys
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


async def test_replaced_key_works_until_its_overlap_ends(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    old = await make(service.acme, "read", "write")
    former = service.client(old["key"])
    token = service.client((await former.post("/api/v1/tokens", json={"scopes": ["read"]})).json()["token"])
    rotated = (await service.acme.post(f"{KEYS}/{old['id']}/rotate", json={"overlap_s": 3600})).json()
    assert (rotated["label"], rotated["scopes"], rotated["expires_at"]) == ("next", ["read", "write"], None)
    assert rotated["replaced"]["id"] == old["id"]
    ends = datetime.fromisoformat(rotated["replaced"]["expires_at"])
    assert timedelta(minutes=59) < ends - datetime.now(UTC) <= timedelta(hours=1)
    for client in (former, token, service.client(rotated["key"])):
        assert (await client.get("/api/v1/documents")).status_code == 200
    later = datetime.now(UTC) + timedelta(hours=1)
    monkeypatch.setattr("app.storage.sql.repositories.keys.now", lambda: later)
    for client in (former, token):
        assert (await client.get("/api/v1/documents")).status_code == 401
    assert (await service.client(rotated["key"]).get("/api/v1/documents")).status_code == 200


async def test_key_replaces_itself_and_without_an_overlap_ends_at_once(service: Service) -> None:
    own = next(key for key in (await service.acme.get(KEYS)).json()["data"] if "keys" in key["scopes"])
    rotated = await service.acme.post(f"{KEYS}/{own['id']}/rotate", json={"overlap_s": 0})
    assert rotated.status_code == 201, rotated.text
    assert (await service.acme.get(KEYS)).status_code == 401
    successor = service.client(rotated.json()["key"])
    listed = {key["id"]: key for key in (await successor.get(KEYS)).json()["data"]}
    assert listed[own["id"]]["expires_at"]
    assert await error(await successor.delete(f"{KEYS}/{rotated.json()['id']}")) == (409, "last_key")


async def test_wrong_rotations_are_refused(service: Service) -> None:
    keeper = service.client((await make(service.acme, "keys", "read"))["key"])
    stronger, theirs = await make(service.acme, "write"), await make(service.other, "read")
    assert await error(await keeper.post(f"{KEYS}/{stronger['id']}/rotate")) == (403, "missing_scope")
    foreign, unknown = [await service.acme.post(f"{KEYS}/{key}/rotate") for key in (theirs["id"], "key_none")]
    assert (foreign.status_code, foreign.json()["error"]) == (404, unknown.json()["error"])
    for overlap in (-1, 31 * 86_400, False, "soon"):
        body = {"overlap_s": overlap}
        assert (await service.acme.post(f"{KEYS}/{stronger['id']}/rotate", json=body)).status_code == 422
    assert (await service.acme.post(f"{KEYS}/{stronger['id']}/rotate")).status_code == 201
    assert await error(await service.acme.post(f"{KEYS}/{stronger['id']}/rotate")) == (409, "key_ended")
    assert (await service.acme.delete(f"{KEYS}/{stronger['id']}")).json()["revoked_at"]  # ends the overlap


async def test_operator_rotates_any_key_and_both_are_in_the_log(service: Service) -> None:
    old = await make(service.acme, "read")
    rotated = (await service.operator.post(f"/api/v1/keys/{old['id']}/rotate")).json()
    ends = datetime.fromisoformat(rotated["replaced"]["expires_at"])
    assert timedelta(hours=23) < ends - datetime.now(UTC) <= timedelta(days=1)
    log = (await service.acme.get("/api/v1/audit", params={"action": "key.rotated"})).json()["data"]
    assert [(one["target_id"], one["details"]["replaced_by"]) for one in log] == [(old["id"], rotated["id"])]
    assert rotated["key"] not in str(log)


async def test_last_use_of_a_key_is_noted_once_a_minute(service: Service) -> None:
    made = await make(service.acme, "read", "write")
    client = service.client(made["key"])

    async def last_used() -> str | None:
        registered_services(service.app).get(KeyUse).flush()
        listed = (await service.acme.get(KEYS)).json()["data"]
        return next(key["last_used_at"] for key in listed if key["id"] == made["id"])

    assert await last_used() is None
    before = datetime.now(UTC).replace(second=0, microsecond=0)
    token = (await client.post("/api/v1/tokens", json={"scopes": ["read"]})).json()["token"]
    used = datetime.fromisoformat(await last_used() or "")
    assert before <= used <= datetime.now(UTC)
    assert used.second == 0
    with service.runtime.storage.db.write() as session:
        Keys(session).note_use({made["id"]: used - timedelta(hours=1)})  # of a process that is behind
    await service.client(token).get("/api/v1/documents")
    assert datetime.fromisoformat(await last_used() or "") == used
