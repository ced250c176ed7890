"""Tokens over HTTP: what a key may make them for, and that they do no more than that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from app.storage.sql.tables import TokenRow, now
from tests.support.files import adapter_upload
from tests.support.service import Service

PAGE = "https://www.example.org"
FOR_KEYS = (
    "/api/v1/adapters", "/api/v1/answering", "/api/v1/audit", "/api/v1/evaluations", "/api/v1/keys",
    "/api/v1/feedback/cases", "/api/v1/me/keys", "/api/v1/tenants", "/api/v1/tokens", "/api/v1/training",
    "/api/v1/webhooks", "/v1/fine_tuning",
)  # fmt: skip
NARROWED = {
    ("get", "/api/v1/adapters"),
    ("get", "/api/v1/adapters/{name}"),
    ("get", "/api/v1/answering/questions"),  # proposed to everybody who may ask
}
ELSEWHERE = "https://elsewhere.example"


def client_of(service: Service, token: str, origin: str | None = None) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(service.app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {token}", **({"Origin": origin} if origin else {})}
    return httpx.AsyncClient(transport=transport, base_url="http://testserver", headers=headers)


async def create(service: Service, **body: Any) -> dict[str, Any]:
    response = await service.acme.post("/api/v1/tokens", json=body)
    assert response.status_code == 201, response.text
    return response.json()


async def refusal(client: httpx.AsyncClient, method: str = "GET", path: str = "/api/v1/conversations", **more: Any):
    response = await client.request(method, path, **more)
    error = response.json()["error"]
    return response.status_code, error["code"], error["param"]


async def ask(client: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    response = await client.post("/api/v1/chat", json={"message": "hi", **more})
    assert response.status_code == 200, response.text
    return response.json()


async def test_token_is_shown_once_listed_and_revoked(service: Service) -> None:
    made = await create(service, user="ana", ttl_s=60, max_requests=9)
    assert made["token"].startswith(made["prefix"])
    assert made["token"].startswith("lt_")
    assert (made["scopes"], made["requests"], made["collections"]) == (["read"], 0, None)
    client = client_of(service, made["token"])
    assert (await client.get("/api/v1/conversations")).status_code == 200
    listed = (await service.acme.get("/api/v1/tokens", params={"user": "ana"})).json()["data"]
    assert [(one["id"], one["requests"]) for one in listed] == [(made["id"], 1)]
    assert made["token"] not in str(listed)
    assert (await service.other.delete(f"/api/v1/tokens/{made['id']}")).status_code == 404
    assert (await service.acme.delete(f"/api/v1/tokens/{made['id']}")).json()["revoked_at"]
    assert await refusal(client) == (401, "token_revoked", None)
    assert (await service.acme.get(f"/api/v1/tokens/{made['id']}")).json()["revoked_at"]


async def test_same_idempotency_key_makes_one_token(service: Service) -> None:
    headers = {"Idempotency-Key": "once"}
    first, again = [
        (await service.acme.post("/api/v1/tokens", json={"user": "ana"}, headers=headers)).json() for _ in range(2)
    ]
    assert first == again
    assert len((await service.acme.get("/api/v1/tokens")).json()["data"]) == 1


async def test_usage_is_of_the_end_user_who_is_named(service: Service) -> None:
    rui = client_of(service, (await create(service, user="rui"))["token"])
    chat = {"model": "loracle", "messages": [{"role": "user", "content": "hi"}], "user": "ana"}
    for client in (service.acme, rui):
        assert (await client.post("/v1/chat/completions", json=chat)).status_code == 200
    used = (await service.acme.get("/api/v1/usage", params={"by_user": True})).json()["data"]
    assert {day["user"]: day["amounts"]["requests"] for day in used if day["user"]} == {"ana": 1, "rui": 1}
    assert (await rui.get("/api/v1/me")).json()["user"] == "rui"


async def test_token_fails_beyond_its_time_count_origin_and_tenant(service: Service) -> None:
    twice = client_of(service, (await create(service, max_requests=2))["token"])
    assert [(await twice.get("/api/v1/conversations")).status_code for _ in range(3)] == [200, 200, 401]
    assert await refusal(twice) == (401, "token_used_up", None)

    bound = (await create(service, origins=[PAGE.upper() + "/"]))["token"]
    assert (await client_of(service, bound, PAGE).get("/api/v1/conversations")).status_code == 200
    assert (await client_of(service, bound).get("/api/v1/conversations")).status_code == 200
    assert await refusal(client_of(service, bound, ELSEWHERE)) == (403, "other_origin", None)
    assert await refusal(client_of(service, bound, "null")) == (403, "other_origin", None)

    late = await create(service)
    with service.runtime.storage.db.write() as session:
        session.execute(update(TokenRow).where(TokenRow.id == late["id"]).values(expires_at=now()))
    assert await refusal(client_of(service, late["token"])) == (401, "token_expired", None)
    assert await refusal(client_of(service, late["token"][:-1] + "_")) == (401, "invalid_token", None)

    fine = client_of(service, (await create(service))["token"])
    await service.operator.patch(f"/api/v1/tenants/{service.acme_id}", json={"status": "suspended"})
    assert await refusal(fine) == (403, "tenant_suspended", None)


REFUSED: list[tuple[dict[str, Any], tuple[int, str, str]]] = [
    ({"scopes": ["admin"]}, (422, "invalid_request", "scopes")),
    ({"scopes": []}, (422, "invalid_request", "scopes")),
    ({"collections": ["none-such"]}, (404, "not_found", "collections")),
    ({"collections": []}, (422, "invalid_request", "collections")),
    ({"adapter": "none-such"}, (404, "not_found", "adapter")),
    ({"origins": ["*"]}, (422, "invalid_request", "origins.0")),
    ({"ttl_s": 10**6}, (422, "invalid_request", "ttl_s")),
    ({"ttl_s": 0}, (422, "invalid_request", "ttl_s")),
    ({"max_requests": 0}, (422, "invalid_request", "max_requests")),
]


async def test_what_no_token_is_made_for_is_refused_by_name(service: Service) -> None:
    for body, expected in REFUSED:
        assert await refusal(service.acme, "POST", "/api/v1/tokens", json=body) == expected, body


async def test_only_keys_that_write_make_tokens_and_none_beyond_their_scopes(service: Service) -> None:
    reading = {"tenant_id": service.acme_id, "scopes": ["read"]}
    reader = client_of(service, (await service.operator.post("/api/v1/keys", json=reading)).json()["key"])
    assert await refusal(reader, "POST", "/api/v1/tokens", json={}) == (403, "missing_scope", None)
    writing = {"tenant_id": service.acme_id, "scopes": ["write"]}
    writer = client_of(service, (await service.operator.post("/api/v1/keys", json=writing)).json()["key"])
    assert await refusal(writer, "POST", "/api/v1/tokens", json={}) == (403, "missing_scope", "scopes")
    narrow = client_of(service, (await create(service))["token"])
    assert await refusal(narrow, "POST", "/api/v1/documents", files={"file": ("a.txt", b"A.")}) == (
        403, "missing_scope", None,
    )  # fmt: skip


async def test_what_is_not_narrowed_to_a_token_takes_a_key(service: Service) -> None:
    token = client_of(service, (await create(service, scopes=["read", "write"]))["token"])
    asked = 0
    for path, operations in service.app.openapi()["paths"].items():
        for method in set(operations) & {"get", "post", "put", "patch", "delete"}:
            if path.startswith(FOR_KEYS) and (method, path) not in NARROWED:
                asked += 1
                filled = path.replace("{", "").replace("}", "")
                assert await refusal(token, method, filled) == (403, "key_required", None), (method, path)
    assert asked > 50


async def test_pages_of_origins_that_live_tokens_name_may_read_the_answers(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.http.named_origins.KEPT_S", 0.0)
    wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}

    async def preflight(origin: str) -> httpx.Response:
        return await service.nobody.options("/api/v1/chat", headers={"Origin": origin, **wanted})

    assert "access-control-allow-origin" not in (await preflight(PAGE)).headers
    made = await create(service, origins=[PAGE])
    allowed = await preflight(PAGE)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, PAGE)
    assert "access-control-allow-origin" not in (await preflight(ELSEWHERE)).headers
    answer = await client_of(service, made["token"], PAGE).post("/api/v1/chat", json={"message": "hi"})
    assert answer.headers["access-control-allow-origin"] == PAGE
    refused = await client_of(service, "lt_" + "x" * 40, PAGE).get("/api/v1/conversations")
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, PAGE)
    await service.acme.delete(f"/api/v1/tokens/{made['id']}")
    assert "access-control-allow-origin" not in (await preflight(PAGE)).headers


async def test_users_know_nothing_of_each_others_conversations(service: Service) -> None:
    ana = client_of(service, (await create(service, user="ana"))["token"])
    rui = client_of(service, (await create(service, user="rui", scopes=["read", "write"]))["token"])
    mine, theirs, no_ones = await ask(ana), await ask(rui), await ask(service.acme)

    async def listed(client: httpx.AsyncClient, **params: Any) -> set[str]:
        found = (await client.get("/api/v1/conversations", params=params)).json()["data"]
        return {one["id"] for one in found}

    assert await listed(ana) == {mine["conversation_id"]}
    assert await listed(ana, user="ana") == {mine["conversation_id"]}
    assert await listed(service.acme, user="rui") == {theirs["conversation_id"]}
    assert await listed(service.acme) == {one["conversation_id"] for one in (mine, theirs, no_ones)}
    assert (await refusal(ana, params={"user": "rui"})) == (403, "other_user", "user")
    path = f"/api/v1/conversations/{mine['conversation_id']}"
    unknown = (404, "not_found", "conversation_id")
    assert await refusal(rui, "GET", path) == await refusal(rui, "GET", f"{path}/turns") == unknown
    assert await refusal(rui, "DELETE", path) == unknown
    go_on = {"message": "hi", "conversation_id": mine["conversation_id"]}
    assert await refusal(rui, "POST", "/api/v1/chat", json=go_on) == unknown
    assert await refusal(service.acme, "POST", "/api/v1/chat", json={**go_on, "user": "rui"}) == unknown
    rate = {"turn_id": mine["id"], "rating": "up"}
    assert await refusal(rui, "POST", "/api/v1/feedback", json=rate) == (404, "not_found", "turn_id")
    assert (await ana.post("/api/v1/feedback", json=rate)).json()["user"] == "ana"
    assert len((await ana.get("/api/v1/feedback")).json()["data"]) == 1
    assert (await rui.get("/api/v1/feedback")).json()["data"] == []
    assert len((await service.acme.get("/api/v1/feedback", params={"user": "ana"})).json()["data"]) == 1
    assert (await ask(ana, conversation_id=mine["conversation_id"]))["conversation_id"] == mine["conversation_id"]
    assert (await ana.get(path)).json()["user"] == "ana"


async def test_conversation_is_deleted_by_its_owner_or_a_key_that_writes(service: Service) -> None:
    reading = {"tenant_id": service.acme_id, "scopes": ["read"]}
    reader = client_of(service, (await service.operator.post("/api/v1/keys", json=reading)).json()["key"])
    asked = await ask(reader, user="ana")
    path = f"/api/v1/conversations/{asked['conversation_id']}"
    assert (await reader.get(path)).json()["user"] == "ana"
    assert await refusal(reader, "DELETE", path) == (403, "missing_scope", None)
    ana = client_of(service, (await create(service, user="ana"))["token"])
    assert (await ana.delete(path)).json()["deleted"]
    again = await ask(reader, user="ana")
    assert (await service.acme.delete(f"/api/v1/conversations/{again['conversation_id']}")).json()["deleted"]


async def test_token_of_an_adapter_names_no_other(service: Service, tmp_path: Path) -> None:
    upload = await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "style"})
    style = upload.json()
    of_base = client_of(service, (await create(service, adapter="base"))["token"])
    of_style = client_of(service, (await create(service, adapter=style["name"]))["token"])
    unknown = (404, "not_found", "adapter")

    async def names(client: httpx.AsyncClient, path: str, field: str) -> set[str]:
        return {one[field] for one in (await client.get(path)).json()["data"]}

    assert await refusal(of_base, "POST", "/api/v1/chat", json={"message": "hi", "adapter": style["name"]}) == unknown
    assert await refusal(of_style, "POST", "/api/v1/chat", json={"message": "hi", "adapter": "base"}) == unknown
    assert await refusal(of_style, "POST", "/api/v1/chat", json={"message": "hi", "adapter": "none-such"}) == unknown
    for label in (style["name"], f"{style['name']}@{style['version']}"):
        await ask(of_style, adapter=label)
    assert await names(of_base, "/api/v1/adapters", "name") == set()
    assert await names(of_style, "/api/v1/adapters", "name") == {style["name"]}
    assert (await of_base.get(f"/api/v1/adapters/{style['name']}")).status_code == 404
    assert "loracle-base" in await names(of_base, "/v1/models", "id")
    assert await names(of_style, "/v1/models", "id") == {
        "loracle", "loracle-embeddings", style["name"], f"{style['name']}@{style['version']}",
    }  # fmt: skip
    chat = {"model": "loracle-base", "messages": [{"role": "user", "content": "hi"}]}
    assert (await of_style.post("/v1/chat/completions", json=chat)).json()["error"]["code"] == "model_not_found"
    chat["model"] = style["name"]
    assert (await of_base.post("/v1/chat/completions", json=chat)).json()["error"]["code"] == "model_not_found"
