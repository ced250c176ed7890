"""Values at the door: every field of every body refuses what cannot be stored and what is of another type."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi.routing import iter_route_contexts
from sqlalchemy import text

from app.http.api_route import ApiRoute
from app.main import create_app
from app.settings import Settings
from tests.support.fake_settings import fake_settings
from tests.support.files import MUSEUM
from tests.support.probes import Operation, example, operations
from tests.support.service import Service, open_service

pytestmark = pytest.mark.asyncio(loop_scope="module")
APP = create_app(Settings(_env_file=None))
OPERATORS = tuple(f"/api/v1/{one}" for one in ("tenants", "keys", "jobs", "queue", "processes", "audit"))
OPERATIONS = {one.name: one for one in operations(APP.openapi()) if one.schema and "json" in one.media}
UNSTORABLE = {"inf": "1e400", "integer": str(2**64), "surrogate": '"\\ud800"', "nul": '"\\u0000"'}
WRONG: dict[str, list[Any]] = {
    "integer": [False, "1", 1.5],
    "number": [True, "1"],
    "boolean": [0, 1, "true"],
    "string": [1, False],
    "array": [{}, "x", 0],
    "object": [[], 0],
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> Any:
    async with open_service(fake_settings(tmp_path_factory.mktemp("values") / "data")) as service:
        yield service


async def asked(service: Service, operation: Operation, body: str) -> httpx.Response:
    client = service.operator if operation.path.startswith(OPERATORS) else service.acme
    url = operation.path.format(**dict.fromkeys(operation.path_parameters, "unknown"))
    headers = {"Content-Type": "application/json"}
    return await client.request(operation.method.upper(), url, content=body.encode(), headers=headers)


async def test_every_route_reads_its_request_with_the_checks() -> None:
    unchecked = {
        context.path
        for context in iter_route_contexts(APP.router.routes)
        if context.path.startswith(("/api/", "/v1/", "/mcp", "/retrieval", "/links", "/auth"))
        and not isinstance(context.original_route, ApiRoute)
    }
    assert unchecked == set()


@pytest.mark.parametrize("name", OPERATIONS)
async def test_values_that_cannot_be_stored_are_refused_by_name(served: Service, name: str) -> None:
    operation = OPERATIONS[name]
    for field, value in zip(operation.schema.get("properties", {}), cycle(UNSTORABLE.values()), strict=False):
        place, written = (field, value) if len(field) % 2 else (f"{field}.x.0", f'{{"x": [{value}]}}')
        body = {**example(operation.schema), field: "<here>"}
        response = await asked(served, operation, json.dumps(body).replace('"<here>"', written))
        assert (response.status_code, response.json()["error"]["param"]) == (422, place), response.text


@pytest.mark.parametrize("name", OPERATIONS)
async def test_values_of_another_type_are_refused_by_name(served: Service, name: str) -> None:
    """No `false` for 0, and no text for a number."""
    operation = OPERATIONS[name]
    for field, schema in operation.schema.get("properties", {}).items():
        for wrong in islice(wrong_values(schema), 2):
            response = await asked(served, operation, json.dumps({**example(operation.schema), field: wrong}))
            told = (response.status_code, response.json()["error"]["param"] if response.status_code >= 400 else "")
            assert told[0] == 422, (field, wrong, response.text)
            assert told[1].partition(".")[0] == field, (field, wrong, response.text)


def wrong_values(schema: dict[str, Any]) -> Iterator[Any]:
    """Values of the types that the schema does not name; none if it takes any."""
    kinds = set(json_types(schema))
    if "any" in kinds:
        return
    if "number" in kinds:
        kinds.add("integer")
    for kind in kinds - {"null"}:
        yield from (one for one in WRONG[kind] if json_type(one) not in kinds)
    if "null" not in kinds:
        yield None


def json_types(schema: dict[str, Any]) -> Iterator[str]:
    for one in schema.get("anyOf", schema.get("oneOf", [schema])):
        if "anyOf" in one or "oneOf" in one:
            yield from json_types(one)
        elif "type" in one:
            yield one["type"]
        elif "enum" in one or "const" in one:
            yield from (json_type(value) for value in one.get("enum", [one.get("const")]))
        else:
            yield "any"


def json_type(value: Any) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return kinds.get(type(value), "null")


@pytest.mark.parametrize("path", ["/api/v1/documents", "/api/v1/batches"])
@pytest.mark.parametrize("value", [*UNSTORABLE.values(), "NaN", "[1]", "null"])
async def test_metadata_of_a_form_is_refused_before_anything_is_stored(served: Service, path: str, value: str) -> None:
    field = "file" if path.endswith("documents") else "files"
    data = {"metadata": f'{{"a": 1, "b": {value}}}', "collection": "refused"}
    response = await served.acme.post(path, files={field: ("refused.txt", b"Refused.")}, data=data)
    assert response.status_code == 422, response.text
    assert response.json()["error"]["param"].startswith("metadata")
    assert (await served.acme.get("/api/v1/documents", params={"collection": "refused"})).json()["data"] == []


async def test_access_of_a_form_is_read_likewise(served: Service) -> None:
    for groups in ('["\\ud800"]', "[1]", "[1e400]", '"staff"'):
        response = await served.upload(served.acme, "refused.txt", b"Refused.", access=f'{{"groups": {groups}}}')
        assert response.status_code == 422
        assert response.json()["error"]["param"].startswith("access")


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7"])
async def test_text_of_a_form_is_unicode_whatever_charset_it_names(served: Service, charset: str) -> None:
    text = {"unicode_escape": b"\\ud800", "utf-7": b"+2AA-"}[charset]
    body = (
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n' + text + b"\r\n"
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n{}\r\n--x--\r\n'
    )
    headers = {"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"}
    response = await served.acme.post("/api/v1/training/datasets", content=body, headers=headers)
    assert (response.status_code, response.json()["error"]["param"]) == (422, "name"), response.text


async def test_nul_in_paths_and_queries_is_refused_by_name(served: Service) -> None:
    for path, param in (
        ("/api/v1/documents?q=a%00b", "q"),
        ("/api/v1/documents?batch=%00", "batch"),
        ("/api/v1/documents/a%00b", "document_id"),
        ("/api/v1/collections/a%00b", "name"),
        ("/v1/models/%00", "model"),
    ):
        response = await served.acme.get(path)
        assert (response.status_code, response.json()["error"]["param"]) == (422, param), response.text


async def test_tools_of_assistants_refuse_them_too(served: Service) -> None:
    call = '{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "search", "arguments": {"k": %s}}}'
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    for value in UNSTORABLE.values():
        response = await served.acme.post("/mcp", content=(call % value).encode(), headers=headers)
        assert (response.status_code, response.json()["error"]["param"]) == (422, "params.arguments.k")


@pytest.mark.parametrize("number", ["1e400", "nan", "inf", str(2**64)])
async def test_numbers_that_dify_writes_as_texts_are_checked(served: Service, number: str) -> None:
    await served.take_in(served.acme, "museum.md", MUSEUM, metadata='{"year": 2026}')
    condition = {"conditions": [{"name": "year", "comparison_operator": "=", "value": number}]}
    body = {"knowledge_id": "*", "query": "museum", "metadata_condition": condition}
    response = await served.acme.post("/retrieval", json=body)
    assert response.status_code == 422, response.text
    assert "year" in response.json()["error"]["message"]


@pytest.mark.only_on("sqlite", "PostgreSQL never took such a number in")
async def test_infinity_of_an_older_version_is_mended_by_the_upgrade(served: Service) -> None:
    import importlib

    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    await served.take_in(served.acme, "old.md", MUSEUM, metadata='{"height": 1, "name": "Infinity Hall"}')
    with served.runtime.storage.db.write() as session:
        old = json.dumps({"height": math.inf, "depth": -math.inf, "odd": math.nan, "name": "Infinity Hall"})
        session.execute(text("UPDATE documents SET metadata = :old WHERE filename = 'old.md'"), {"old": old})
        migration = importlib.import_module("migrations.versions.0035_finite_metadata")
        with Operations.context(MigrationContext.configure(session.connection())):
            migration.upgrade()
    filters = {"height": {"gt": 1e300}}
    found = await served.acme.post("/api/v1/search", json={"query": "museum", "filters": filters})
    assert [one["filename"] for one in found.json()["data"]] == ["old.md"]
    document = (await served.acme.get("/api/v1/documents", params={"q": "old.md"})).json()["data"][0]
    assert document["metadata"] == {
        "height": 1.7976931348623157e308,
        "depth": -1.7976931348623157e308,
        "name": "Infinity Hall",
    }
