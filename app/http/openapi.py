"""What the OpenAPI document needs beyond what FastAPI writes: so that generated clients can upload and know events."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from fastapi import FastAPI, Request, Response

from app.http.shared_bytes import SharedBytes
from app.web.compression import VARY, accepts_gzip, compress, is_current

JSON = "application/json"
NO_NUL = r"^[^\x00]*$"
TAKEN = ("enum", "const", "format", "pattern", "contentMediaType")  # what says more of a text than NO_NUL
PATH = "/openapi.json"


def file_content(*media_types: str) -> dict[str, Any]:
    """The entry of a response that is a file of one of these types."""
    return {"content": {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in media_types}}


def install(app: FastAPI) -> None:
    """Let `app.openapi` return the finished document, and serve it. It is built once, when somebody asks."""
    build = app.openapi

    def openapi() -> dict[str, Any]:
        built = app.openapi_schema
        if built is None:
            built = build()
            finish(built)
        return built

    app.openapi = openapi  # type: ignore[method-assign]

    def text() -> bytes:
        return json.dumps(app.openapi(), ensure_ascii=False, separators=(",", ":")).encode()

    app.state.openapi_documents = SharedBytes(text), SharedBytes(lambda: compress(text()))
    app.add_api_route(PATH, _get_openapi, include_in_schema=False)


async def _get_openapi(request: Request) -> Response:
    """No closure: FastAPI keeps the functions of its routes for good, and the application would stay with this one."""
    plain, compressed = request.app.state.openapi_documents
    gzip = accepts_gzip(request.headers)
    content = await (compressed if gzip else plain).get()
    headers = {"ETag": _etag(content), "Cache-Control": "no-cache", **VARY}
    if is_current(request.headers, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    coding = {"Content-Encoding": "gzip"} if gzip else {}
    return Response(content, media_type=JSON, headers=headers | coding)


@cache
def _etag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()}"'


def finish(document: dict[str, Any]) -> None:
    """Mark files as binary, give fields that are always null a type, and move inline definitions to the components.

    Raises ValueError if two definitions of one name differ.
    """
    definitions: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
    _finish_node(document, definitions)
    seen: set[str] = set()
    for path in document.get("paths", {}).values():
        for operation in path.values():
            _errors_are_json(operation["responses"])
            for asked in (*operation.get("parameters", ()), operation.get("requestBody", {})):
                _without_nul(asked, definitions, seen)
    document["components"]["schemas"] = dict(sorted(definitions.items()))


def _errors_are_json(responses: dict[str, Any]) -> None:
    """FastAPI gives errors the media type of the operation's success; every error is JSON."""
    for status, response in responses.items():
        if status.isdecimal() and int(status) >= 400:
            response["content"] = {JSON: next(iter(response["content"].values()))}


def _without_nul(node: Any, definitions: dict[str, Any], seen: set[str]) -> None:
    """Say of all texts of a request what `app.http.json_values` refuses in them. `seen`: definitions that say it."""
    if isinstance(node, list):
        for item in node:
            _without_nul(item, definitions, seen)
    if not isinstance(node, dict) or node.get("in") == "header":
        return
    if node.get("type") == "string" and not any(known in node for known in TAKEN):
        node["pattern"] = NO_NUL
    if isinstance(names := node.get("propertyNames"), dict):
        names.setdefault("pattern", NO_NUL)
    name = node.get("$ref", "").rsplit("/", 1)[-1]
    if name and name not in seen:
        seen.add(name)
        _without_nul(definitions[name], definitions, seen)
    for key, value in node.items():
        if key not in {"examples", "example", "default"}:
            _without_nul(value, definitions, seen)


def _finish_node(node: Any, definitions: dict[str, Any]) -> None:
    if isinstance(node, list):
        for item in node:
            _finish_node(item, definitions)
    if not isinstance(node, dict):
        return
    for name, schema in node.pop("$defs", {}).items():
        if _finished(definitions.setdefault(name, schema)) != _finished(schema):
            raise ValueError(f"two schemas are called {name}: give one of the models another name")
    if node.get("contentMediaType") == "application/octet-stream":
        node.setdefault("format", "binary")  # OpenAPI 3.0's word, which most generators still go by
    properties = node.get("properties")
    for field in properties.values() if isinstance(properties, dict) else ():
        if isinstance(field, dict) and field.get("type") == "null":  # some generators have no type for it
            del field["type"]
            field["anyOf"] = [{"type": "string"}, {"type": "null"}]
    for value in list(node.values()):
        _finish_node(value, definitions)


def _finished(schema: dict[str, Any]) -> dict[str, Any]:
    _finish_node(schema, {})
    return schema
