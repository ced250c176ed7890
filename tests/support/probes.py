"""Requests made of the OpenAPI document that name things of somebody else: one for each place that an id stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete", "head")
NEEDS_KEY = ("/api/", "/v1/", "/mcp", "/retrieval")
PROBE_FILE = ("probe.txt", b"A probe.")
Ids = Mapping[str, Any]  # by kind of thing, such as "document"


@dataclass(frozen=True)
class Kinds:
    """Which kind of thing the parameters and fields name. `named` is for some paths alone, by how they begin."""

    usual: Mapping[str, str]
    named: Mapping[tuple[str, str], str]
    plain: frozenset[str]  # look like ids, but name nothing of a tenant
    wrapped: Mapping[tuple[str, str], Callable[[Any], Any]]  # the value of a field that has an id within

    def value(self, path: str, name: str, schema: Mapping[str, Any], one: Any) -> Any:
        """What the field holds to name the thing."""
        for (start, field), wrap in self.wrapped.items():
            if field == name and path.startswith(start):
                return wrap(one)
        return [one] if _is_list(schema) else one

    def of(self, path: str, name: str) -> str | None:
        """The kind; None if the parameter names nothing."""
        for (start, parameter), kind in self.named.items():
            if parameter == name and path.startswith(start):
                return kind
        return self.usual.get(name)


@dataclass(frozen=True)
class Operation:
    """One operation of the document."""

    method: str
    path: str
    described: dict[str, Any]
    schema: dict[str, Any]  # of its body, resolved; empty if it has none
    media: str

    @property
    def name(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def path_parameters(self) -> list[str]:
        return re.findall(r"\{(\w+)", self.path)

    @property
    def queried(self) -> dict[str, dict[str, Any]]:
        asked = [one for one in self.described.get("parameters", []) if one["in"] == "query"]
        return {one["name"]: {**one["schema"], "required": one.get("required", False)} for one in asked}

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """Fields of the body and of the query, with their schemas."""
        found: dict[str, dict[str, Any]] = self.schema.get("properties", {})
        return {**self.queried, **found}


@dataclass(frozen=True)
class Probe:
    """A request in which `place` (the path, one parameter of it, or a field) names a thing by its id."""

    operation: Operation
    place: str
    kinds: Kinds

    @property
    def name(self) -> str:
        return f"{self.operation.name} ({self.place})"

    @property
    def within(self) -> bool:
        """Whether the path names other things, which the caller has to have."""
        return self.place != "path" and bool(self.operation.path_parameters)

    def request(self, ids: Ids, given: Mapping[str, Any], own: Ids | None = None) -> dict[str, Any]:
        """Arguments of `httpx.AsyncClient.request`, with `ids` in the place and `own` elsewhere in the path.

        `given`: fields of body and query, or a function of `ids` that returns them, by operation: for those that have
        no example which is right.
        """
        operation, named = self.operation, {}
        for one in operation.path_parameters:
            there = ids if own is None or self.place in {"path", one} else own
            named[one] = there[str(self.kinds.of(operation.path, one))]
        said = given.get(operation.name)
        fields = dict(said(ids) if callable(said) else said or example(operation.schema))
        needed = {name: schema.get("minimum", 1) for name, schema in operation.queried.items() if schema["required"]}
        fields = {**needed, **fields}
        required = operation.schema.get("required", ())
        for field, schema in operation.fields.items():
            kind = self.kinds.of(operation.path, field)
            if field == self.place:
                fields[field] = self.kinds.value(operation.path, field, schema, ids[str(kind)])
            elif kind is not None and said is None and field not in required:
                fields.pop(field, None)
            elif kind is not None and said is None and self.place == "path":
                fields[field] = self.kinds.value(operation.path, field, schema, ids[str(kind)])
        query = {name: fields.pop(name) for name in operation.queried if name in fields}
        url = operation.path.format(**named)
        return {"method": operation.method.upper(), "url": url, "params": query, **_sent(operation, fields)}


def operations(spec: Mapping[str, Any]) -> list[Operation]:
    """Those that need a key."""
    found = []
    for path, methods in spec["paths"].items():
        for method, described in methods.items():
            if method in METHODS and path.startswith(NEEDS_KEY):
                content = described.get("requestBody", {}).get("content", {})
                media = next(iter(content), "")
                schema = resolved(spec, content[media]["schema"]) if media else {}
                found.append(Operation(method, path, described, schema, media))
    return found


def probes(operation: Operation, kinds: Kinds) -> Iterator[Probe]:
    """Every place of an operation that an id stands in. Raises AssertionError for a name that `kinds` do not know."""
    for name in operation.path_parameters:
        assert kinds.of(operation.path, name), f"{operation.name}: say in the kinds what {name} names"
    if operation.path_parameters:
        yield Probe(operation, "path", kinds)
    if len(operation.path_parameters) > 1:
        yield from (Probe(operation, name, kinds) for name in operation.path_parameters[1:])
    for field in operation.fields:
        if kinds.of(operation.path, field) is not None:
            yield Probe(operation, field, kinds)
        elif re.search(r"(^|_)(ids?|file)$", field):
            assert field in kinds.plain, f"{operation.name}: say in the kinds what {field} names"


def resolved(spec: Mapping[str, Any], node: Any) -> Any:
    """`node` with references at its top put in place."""
    while "$ref" in node:
        node = spec["components"]["schemas"][node["$ref"].rsplit("/", 1)[-1]]
    for one in node.get("anyOf", ()):
        if one.get("type") != "null":
            return resolved(spec, one)
    return node


def example(schema: Mapping[str, Any]) -> Any:
    """The first example of a body, or its required fields."""
    if schema.get("examples"):
        return schema["examples"][0]
    return {name: _value(schema["properties"][name]) for name in schema.get("required", ())}


def _value(schema: Mapping[str, Any]) -> Any:
    if "default" in schema or schema.get("examples"):
        return schema.get("default", (schema.get("examples") or [None])[0])
    match schema.get("type"):
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "array":
            return [_value(schema["items"])]
        case "boolean":
            return False
        case _:
            return next(iter(schema.get("enum", ["probe"])))


def _is_file(schema: Mapping[str, Any]) -> bool:
    return schema.get("format") == "binary" or _is_file(schema.get("items", {})) if schema else False


def _is_list(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "array" or any(one.get("type") == "array" for one in schema.get("anyOf", ()))


def _sent(operation: Operation, body: Any) -> dict[str, Any]:
    """The body as its media type wants it."""
    if not operation.media:
        return {}
    if operation.media == "application/json":
        return {"json": body}
    properties = operation.schema.get("properties", {})
    uploads = [name for name, schema in properties.items() if _is_file(schema)]
    files = [(name, body[name] if isinstance(body.get(name), tuple) else PROBE_FILE) for name in uploads]
    return {"files": files, "data": {name: value for name, value in body.items() if name not in uploads}}
