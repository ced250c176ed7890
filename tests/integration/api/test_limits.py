"""Limits and usage over HTTP: headers on every answer, 429 with the time to wait, who am I, what was used."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from tests.support.files import MUSEUM
from tests.support.service import Service

QUESTION = {"message": "When does the museum open?"}


@pytest.fixture
async def museum(service: Service) -> Service:
    assert (await service.take_in(service.acme, "museum.md", MUSEUM))["status"] == "ready"
    return service


async def limit(service: Service, **limits: dict[str, int]) -> None:
    response = await service.operator.put(f"/api/v1/tenants/{service.acme_id}/limits", json=limits)
    assert response.status_code == 200, response.text


def told(response: httpx.Response, of: str) -> tuple[int, int]:
    """(limit, remaining)"""
    assert float(response.headers[f"x-ratelimit-reset-{of}"].removesuffix("s")) >= 0
    return int(response.headers[f"x-ratelimit-limit-{of}"]), int(response.headers[f"x-ratelimit-remaining-{of}"])


async def test_every_answer_tells_what_is_left_and_the_next_one_is_refused_with_the_time_to_wait(
    service: Service,
) -> None:
    await limit(service, tenant={"requests": 4})
    answers = [
        await service.acme.get("/api/v1/documents"),
        await service.acme.get("/api/v1/documents/doc_none"),
        await service.acme.post("/api/v1/search", json={}),
        await service.acme.get("/no-such-call"),
    ]
    assert [told(response, "requests") for response in answers] == [(4, 3), (4, 2), (4, 1), (4, 0)]
    refused = await service.acme.get("/api/v1/documents")
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limited")
    assert 1 <= int(refused.headers["retry-after"]) <= 15
    assert told(refused, "requests") == (4, 0)
    assert "4 requests a minute" in refused.json()["error"]["message"]
    assert (await service.other.get("/api/v1/documents")).status_code == 200
    public = await service.acme.get("/healthz")
    assert (public.status_code, "x-ratelimit-limit-requests" in public.headers) == (200, False)


async def test_each_key_has_its_own_limit_within_the_tenants(service: Service) -> None:
    made = (await service.operator.post("/api/v1/keys", json={"tenant_id": service.acme_id})).json()
    second = {"Authorization": f"Bearer {made['key']}"}
    await limit(service, key={"requests": 1})
    assert (await service.acme.get("/api/v1/me")).status_code == 200
    refused = await service.acme.get("/api/v1/me")
    assert (refused.status_code, "Your key" in refused.json()["error"]["message"]) == (429, True)
    assert (await service.nobody.get("/api/v1/me", headers=second)).status_code == 200


async def test_answer_charges_its_tokens_and_the_next_is_refused_before_any_work(museum: Service) -> None:
    await limit(museum, tenant={"tokens": 1})
    answer = await museum.acme.post("/api/v1/chat", json=QUESTION)
    assert told(answer, "tokens") == (1, 0)
    for request in (
        {"url": "/api/v1/chat", "json": QUESTION},
        {"url": "/api/v1/chat", "json": {**QUESTION, "stream": True}},
        {"url": "/v1/embeddings", "json": {"model": "loracle-embeddings", "input": "museum"}},
        {"url": "/v1/chat/completions", "json": completion("loracle")},
        {"url": "/v1/chat/completions", "json": completion("loracle-base")},
    ):
        refused = await museum.acme.post(**request)
        assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (429, True), request
    assert (await museum.acme.get("/api/v1/documents")).status_code == 200


def completion(model: str) -> dict[str, Any]:
    return {"model": model, "messages": [{"role": "user", "content": "When does the museum open?"}]}


async def test_upload_above_the_limit_is_refused_and_a_batch_takes_what_fits(service: Service) -> None:
    await limit(service, tenant={"uploads": 2})
    files = [("files", (f"{number}.txt", b"Text.")) for number in range(3)]
    batch = (await service.acme.post("/api/v1/batches", files=files)).json()
    assert [refused["code"] for refused in batch["refused"]] == ["rate_limited"]
    refused = await service.upload(service.acme, "a.txt", b"A.")
    assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (429, True)
    assert len((await service.acme.get("/api/v1/documents")).json()["data"]) == 2


async def test_caller_learns_who_it_is_and_what_it_may_do(museum: Service) -> None:
    answer = (await museum.acme.post("/api/v1/chat", json=QUESTION)).json()
    me = (await museum.acme.get("/api/v1/me")).json()
    assert (me["tenant"]["id"], me["tenant"]["name"]) == (museum.acme_id, "acme")
    assert museum.acme.headers["authorization"].startswith(f"Bearer {me['key']['prefix']}")
    assert (me["scopes"], me["token_id"], me["user"]) == (["keys", "read", "write"], None, None)
    assert {"en", "pt"} <= set(me["languages"])
    assert me["max_tokens"] == museum.runtime.storage.settings.max_answer_tokens
    assert me["today"]["tokens"] == answer["usage"]["prompt_tokens"] + answer["usage"]["completion_tokens"]
    assert me["today"]["uploads"] == 1
    assert me["limits"]["requests"]["limit"] == 30_000
    assert me["limits"]["tokens"]["remaining"] <= me["limits"]["tokens"]["limit"] == 2_000_000
    assert (await museum.operator.get("/api/v1/me")).json()["scopes"] == ["admin"]
    assert (await museum.nobody.get("/api/v1/me")).status_code == 401


async def test_usage_is_told_by_day_to_the_tenant_and_the_operator(museum: Service) -> None:
    await museum.acme.post("/v1/chat/completions", json=completion("loracle"))
    today = datetime.now(UTC).date().isoformat()
    usage = (await museum.acme.get("/api/v1/usage", params={"start": today})).json()
    assert [day["date"] for day in usage["data"]] == [today]
    assert usage["total"] == usage["data"][0]["amounts"]
    assert (usage["total"]["uploads"], usage["total"]["tokens"] > 0) == (1, True)
    by_user = (await museum.acme.get("/api/v1/usage", params={"by_user": True})).json()
    assert by_user["total"]["tokens"] == usage["total"]["tokens"]
    assert (await museum.other.get("/api/v1/usage")).json()["total"]["tokens"] == 0
    of_tenant = await museum.operator.get(f"/api/v1/tenants/{museum.acme_id}/usage")
    assert of_tenant.json()["total"]["tokens"] == usage["total"]["tokens"]


async def test_wrong_ranges_and_limits_are_refused(service: Service) -> None:
    for params in (
        {"start": "2026-02-01", "end": "2026-01-31"},
        {"start": "2020-01-01", "end": "2026-01-01"},
        {"end": "0001-01-01"},
    ):
        response = await service.acme.get("/api/v1/usage", params=params)
        assert (response.status_code, response.json()["error"]["param"]) == (422, "start")
    path = f"/api/v1/tenants/{service.acme_id}/limits"
    assert (await service.operator.put(path, json={"tenant": {"requests": 0}})).status_code == 422
    assert (await service.operator.get("/api/v1/tenants/ten_none/limits")).status_code == 404
    assert (await service.operator.put("/api/v1/tenants/ten_none/limits", json={})).status_code == 404
    assert (await service.operator.get("/api/v1/tenants/ten_none/usage")).status_code == 404
    for method in ("GET", "PUT"):
        assert (await service.acme.request(method, path, json={})).status_code == 403


async def test_limits_that_are_left_out_are_the_services_again(service: Service) -> None:
    path = f"/api/v1/tenants/{service.acme_id}/limits"
    limits = (await service.operator.put(path, json={"tenant": {"requests": 5}})).json()
    assert {name: limit for name, limit in limits["own"]["tenant"].items() if limit} == {"requests": 5}
    assert set(limits["own"]["quotas"].values()) == {None}
    assert (limits["in_force"]["tenant"]["requests"], limits["in_force"]["token"]["requests"]) == (5, 600)
    assert (await service.operator.get(path)).json() == limits
    again = (await service.operator.put(path, json={})).json()
    assert again["in_force"]["tenant"]["requests"] == 30_000


async def test_token_has_its_own_limit_and_sees_its_users_usage_alone(museum: Service) -> None:
    grant = {"user": "ana", "scopes": ["read"]}
    made = (await museum.acme.post("/api/v1/tokens", json=grant)).json()
    ana = museum.client(made["token"])
    me = (await ana.get("/api/v1/me")).json()
    assert (me["user"], me["token_id"], me["key"], me["scopes"]) == ("ana", made["id"], None, ["read"])
    assert me["limits"]["requests"]["limit"] == 600
    assert (await ana.post("/api/v1/chat", json=QUESTION)).status_code == 200
    await museum.acme.post("/api/v1/chat", json={**QUESTION, "user": "rui"})
    by_user = (await museum.acme.get("/api/v1/usage", params={"by_user": True})).json()
    requests = {day["user"]: day["amounts"]["requests"] for day in by_user["data"]}
    assert (requests["ana"], requests["rui"]) == (2, 1)
    own = (await ana.get("/api/v1/usage", params={"by_user": True, "user": "rui"})).json()
    assert {day["user"] for day in own["data"]} == {"ana"}
    assert (own["total"]["requests"], own["total"]["uploads"]) == (3, 0)
    assert (await ana.get("/api/v1/me")).json()["today"]["requests"] == 4
    await limit(museum, token={"requests": 1})
    assert (await ana.get("/api/v1/documents")).status_code == 200
    refused = await ana.get("/api/v1/documents")
    assert (refused.status_code, "Your token" in refused.json()["error"]["message"]) == (429, True)
    assert (await museum.acme.get("/api/v1/documents")).status_code == 200
