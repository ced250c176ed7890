"""The headers of every answer: what browsers may do with it, keep of it, and let scripts of other pages read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from app.http.services import registered_services
from app.main import PUBLIC
from app.operations.service import OperationsService
from app.settings import Settings
from tests.integration.api.test_isolation import GIVEN, OPERATIONS, OPERATORS, what_ends_things_last
from tests.support.belongings import KINDS, make_belongings
from tests.support.probes import Probe
from tests.support.service import Service

ORIGIN = "https://shop.example"
READABLE = {  # by every script, as Fetch has it, or by none
    *(
        "cache-control",
        "content-encoding",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    ),
    *("access-control-allow-credentials", "access-control-allow-origin", "access-control-expose-headers"),
    *("content-security-policy", "cross-origin-resource-policy", "referrer-policy", "vary", "x-content-type-options"),
    *("connection", "date", "x-accel-buffering", "www-authenticate"),
}
STREAMED = ("/events", "/stream")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"cors_origins": [ORIGIN], "metrics_key": SecretStr("scrape-me")})


def check(name: str, response: httpx.Response, keyed: bool) -> None:
    headers = response.headers
    assert headers["x-content-type-options"] == "nosniff", name
    assert "x-request-id" in headers, name
    if headers.get("content-type", "").startswith("text/html"):
        assert "default-src 'none'" in headers["content-security-policy"], name
    if keyed and response.is_success:
        kept = headers.get("cache-control", "")
        assert kept == "no-store" or kept.startswith("private"), (name, kept)
    exposed = {one.strip().lower() for one in headers.get("access-control-expose-headers", "").split(",")}
    assert not set(headers) - READABLE - exposed, (name, "scripts of other pages cannot read these")


async def test_every_operation_has_the_headers(service: Service, tmp_path: Path) -> None:
    ids = await make_belongings(service, service.acme, "acme", tmp_path)
    seen: set[int] = set()
    for name in sorted(OPERATIONS, key=what_ends_things_last):
        operation = OPERATIONS[name]
        if operation.path.endswith(STREAMED):
            continue  # `event_stream` makes all of their headers; one of them is checked below
        request: dict[str, Any] = Probe(operation, "path", KINDS).request(ids, GIVEN)
        owner = service.operator if operation.path.startswith(OPERATORS) else service.acme
        for client in (service.nobody, owner):
            response = await client.request(**request, headers={"Origin": ORIGIN})
            check(f"{name} {response.status_code}", response, keyed=client is not service.nobody)
            seen.add(response.status_code)
    assert {200, 201, 202, 401, 404} <= seen


async def test_what_is_shown_once_is_kept_nowhere(service: Service) -> None:
    hook = {"url": "https://93.184.216.34/hook", "events": ["document.ready"]}
    for client, path, body, field in (
        (service.operator, "/api/v1/keys", {"tenant_id": service.acme_id, "label": "new", "scopes": ["read"]}, "key"),
        (service.acme, "/api/v1/tokens", {}, "token"),
        (service.acme, "/api/v1/webhooks", hook, "secret"),
    ):
        response = await client.post(path, json=body)
        assert response.status_code == 201, response.text
        assert (len(response.json()[field]) > 20, response.headers["cache-control"]) == (True, "no-store")


async def test_every_address_without_a_key_has_the_headers(service: Service) -> None:
    paths = [*sorted(PUBLIC), "/links/none", "/assets/none.js", "/static/none.js", "/static/swagger-ui/swagger-ui.css"]
    for path in [*paths, "/nothing", "/api/v1/nothing"]:
        for method in ("GET", "HEAD", "OPTIONS", "POST", "ZZZ"):
            response = await service.nobody.request(method, path, headers={"Origin": ORIGIN})
            check(f"{method} {path} {response.status_code}", response, keyed=False)


async def test_stream_of_events_is_kept_nowhere(service: Service) -> None:
    question = {"message": "hi", "stream": True}
    async with service.acme.stream("POST", "/api/v1/chat", json=question, headers={"Origin": ORIGIN}) as response:
        check("a stream", response, keyed=True)
        await response.aread()


async def test_openapi_document_is_built_once_and_has_an_etag(service: Service) -> None:
    first = await service.nobody.get("/openapi.json")
    assert first.json() == service.app.openapi()
    again = await service.nobody.get("/openapi.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (await service.nobody.get("/openapi.json", headers={"If-None-Match": '"other"'})).status_code == 200


async def test_openapi_document_is_sent_as_gzip_to_those_who_take_it(service: Service) -> None:
    forms = {}
    for coding in ("gzip", "identity"):
        answer = await service.nobody.get("/openapi.json", headers={"Accept-Encoding": coding})
        assert answer.json() == service.app.openapi()
        etag = {"Accept-Encoding": coding, "If-None-Match": answer.headers["etag"]}
        again = await service.nobody.get("/openapi.json", headers=etag)
        assert again.status_code == 304
        assert all("Accept-Encoding" in one.headers["vary"] for one in (answer, again))
        forms[coding] = answer.headers
    assert (forms["gzip"]["content-encoding"], forms["identity"].get("content-encoding")) == ("gzip", None)
    assert forms["gzip"]["etag"] != forms["identity"]["etag"]
    assert int(forms["gzip"]["content-length"]) < int(forms["identity"]["content-length"]) / 5


async def test_metrics_want_the_key_that_is_set_for_them(service: Service) -> None:
    for sent in ({}, {"Authorization": "Bearer other"}, {"Authorization": "Basic scrape-me"}):
        response = await service.nobody.get("/metrics", headers=sent)
        assert response.status_code == (200 if sent.get("Authorization") == "Bearer scrape-me" else 401)
    assert (await service.acme.get("/metrics")).status_code == 401
    right = await service.nobody.get("/metrics", headers={"Authorization": "Bearer scrape-me"})
    assert "loracle_http_requests_total" in right.text


async def test_public_addresses_do_no_work_however_many_ask(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    operations = registered_services(service.app).get(OperationsService)
    key = {"Authorization": "Bearer scrape-me"}
    for path in ("/metrics", "/openapi.json"):  # made now
        await service.nobody.get(path, headers=key)
    with monkeypatch.context() as patched:
        patched.setattr(operations.rendered_metrics, "_max_age_s", 3600.0)
        patched.setattr(operations.readiness, "_check", operations.readiness.last)  # of the thread
        for name in ("read", "write", "check_writable"):
            patched.setattr(type(service.runtime.storage.db), name, None)  # a request that calls it crashes
        for path in ("/healthz", "/readyz", "/metrics", "/openapi.json", "/", "/docs"):
            for _ in range(3):
                assert (await service.nobody.get(path, headers=key)).status_code == 200, path
