"""The OpenAPI document as client generators read it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from app.http.openapi import finish
from app.main import create_app
from app.settings import Settings

DOCUMENT: dict[str, Any] = create_app(Settings(_env_file=None)).openapi()
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(value)


def streams() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, operations in DOCUMENT["paths"].items():
        for operation in operations.values():
            content = operation["responses"].get("200", {}).get("content", {})
            if "text/event-stream" in content:
                yield path, content["text/event-stream"]["schema"]


def test_every_file_is_binary_in_the_words_of_both_versions_of_openapi() -> None:
    files = [node for node in nodes(DOCUMENT) if node.get("contentMediaType") == "application/octet-stream"]
    assert len(files) >= 7
    assert all(node["format"] == "binary" for node in files)


def test_every_response_has_a_schema() -> None:
    for path, operations in DOCUMENT["paths"].items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                assert all(entry.get("schema") for entry in response.get("content", {}).values()), (path, status)


@pytest.mark.parametrize(("path", "schema"), list(streams()), ids=lambda value: value if isinstance(value, str) else "")
def test_data_of_every_event_has_a_schema(path: str, schema: dict[str, Any]) -> None:
    for event in schema.get("oneOf") or schema["anyOf"]:
        data = event["properties"]["data"]
        assert data["contentMediaType"] == "application/json"
        assert data["contentSchema"]["$ref"].rpartition("/")[2] in SCHEMAS
    assert "$defs" not in schema


def test_no_field_is_null_and_nothing_else() -> None:
    fields = [field for node in nodes(DOCUMENT) for field in as_dict(node.get("properties")).values()]
    assert not [field for field in fields if as_dict(field).get("type") == "null"]


def as_dict(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}


def test_references_lead_somewhere() -> None:
    named = {node["$ref"] for node in nodes(DOCUMENT) if isinstance(node.get("$ref"), str)}
    assert named <= {f"#/components/schemas/{name}" for name in SCHEMAS}


def test_two_schemas_of_one_name_are_refused() -> None:
    inline = {"schema": {"$defs": {"A": {"type": "integer"}}}}
    with pytest.raises(ValueError, match="two schemas are called A"):
        finish({"paths": inline, "components": {"schemas": {"A": {"type": "string"}}}})


def test_equal_schemas_of_one_name_are_one() -> None:
    schema = {"properties": {"a": {"type": "null"}}}
    document = {"paths": {"schema": {"$defs": {"A": deepcopy(schema)}}}, "components": {"schemas": {"A": schema}}}
    finish(document)
    assert document["components"]["schemas"] == {"A": schema}


def test_addresses_begin_with_the_root_path() -> None:
    behind = create_app(Settings(_env_file=None, root_path="/answers"))
    assert DOCUMENT["servers"] == [{"url": "/"}]
    assert behind.openapi()["servers"] == [{"url": "/answers"}]
