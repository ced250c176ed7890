"""The HTTP API as plain Markdown, one page a tag, from the OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.docs.markdown import code, paragraphs, table

Json = dict[str, Any]
METHODS = ("get", "put", "post", "patch", "delete")
REF = "#/components/schemas/"
ERRORS = "ErrorEnvelope"
BOUNDS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "greater than",
    "exclusiveMaximum": "less than",
    "minLength": "characters: at least",
    "maxLength": "characters: at most",
    "minItems": "items: at least",
    "maxItems": "items: at most",
    "pattern": "matches",
}


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    spec: Json

    @property
    def anchor(self) -> str:
        return str(self.spec["operationId"])


def tag_pages(document: Json) -> dict[str, str]:
    """Page name without suffix -> Markdown, in the order of the document's tags."""
    return {tag["name"]: _page(document, tag) for tag in document["tags"]}


def operations_table(document: Json) -> str:
    """One line for each operation, linked to its page."""
    blocks = []
    for tag in document["tags"]:
        name = tag["name"]
        rows = [
            (f"[{operation.spec['summary']}]({name}.md#{operation.anchor})", code(_call(operation)))
            for operation in _operations(document, name)
        ]
        blocks += [f"## {name.capitalize()}", tag["description"], table(("Operation", "Call"), rows)]
    return paragraphs(*blocks)


def errors_table(document: Json) -> str:
    """Every error status that any operation declares."""
    found: dict[str, set[str]] = {}
    for tag in document["tags"]:
        for operation in _operations(document, tag["name"]):
            for status, response in operation.spec["responses"].items():
                if status >= "400":
                    found.setdefault(status, set()).add(response["description"])
    return table(("Status", "Meaning"), [(status, " ".join(sorted(found[status]))) for status in sorted(found)])


def _operations(document: Json, tag: str) -> list[Operation]:
    return [
        Operation(method.upper(), path, spec)
        for path, item in document["paths"].items()
        for method, spec in item.items()
        if method in METHODS and tag in spec.get("tags", ())
    ]


def _page(document: Json, tag: Json) -> str:
    schemas: Json = document["components"]["schemas"]
    operations = _operations(document, tag["name"])
    used: dict[str, None] = {}
    blocks = [f"# {tag['name'].capitalize()}", tag["description"]]
    for operation in operations:
        blocks += _operation(operation, schemas, used)
    blocks += _objects(schemas, used)
    return paragraphs(*blocks)


def _operation(operation: Operation, schemas: Json, used: dict[str, None]) -> Iterator[str]:
    spec = operation.spec
    yield f"## {spec['summary']} {{ #{operation.anchor} }}"
    yield f"```http\n{_call(operation)}\n```"
    yield spec.get("description", "")
    if not spec.get("security"):
        yield "No API key is needed."
    parameters = [
        (code(entry["name"]), entry["in"], _type(entry["schema"], schemas, used), _about(entry, entry.get("required")))
        for entry in spec.get("parameters", ())
    ]
    yield from _titled("Parameters", table(("Name", "In", "Type", "Description"), parameters))
    for media_type, content in spec.get("requestBody", {}).get("content", {}).items():
        yield f"**Body** ({code(media_type)})"
        yield from _object(_resolved(content["schema"], schemas), schemas, used)
    yield "**Responses**"
    yield table(("Status", "Meaning", "Body"), list(_responses(spec["responses"], schemas, used)))


def _responses(responses: Json, schemas: Json, used: dict[str, None]) -> Iterator[tuple[str, str, str]]:
    for status, response in sorted(responses.items()):
        meaning = "Success." if response["description"] == "Successful Response" else response["description"]
        bodies = [
            f"{_type(content['schema'], schemas, used)} ({code(media_type)})" if content.get("schema") else code(media_type)
            for media_type, content in response.get("content", {}).items()
        ]
        body = "[error](index.md#errors)" if status >= "400" and bodies else " or ".join(bodies)
        yield status, meaning, body


def _objects(schemas: Json, used: dict[str, None]) -> Iterator[str]:
    """The schemas that the page mentions and those that they mention; `used` grows while it is read."""
    if used:
        yield "## Objects"
    position = 0
    while position < len(used):
        name = list(used)[position]
        schema = schemas[name]
        yield f"### {_title(name, schemas)} {{ #{_anchor(name)} }}"
        yield schema.get("description", "")
        yield from _object(schema, schemas, used)
        position += 1


def _object(schema: Json, schemas: Json, used: dict[str, None]) -> Iterator[str]:
    required = schema.get("required", ())
    rows = [
        (code(name), _type(entry, schemas, used), _about(entry, name in required))
        for name, entry in schema.get("properties", {}).items()
    ]
    yield table(("Field", "Type", "Description"), rows)
    if schema.get("additionalProperties") is False:
        yield "Other fields are refused."
    for example in schema.get("examples", ()):
        yield f"```json\n{json.dumps(example, indent=2, ensure_ascii=False)}\n```"


def _about(entry: Json, required: bool | None) -> str:
    """Description, default and whether it is required. A schema's own default counts."""
    schema = entry.get("schema", entry)
    parts = [entry.get("description", "")]
    if required:
        parts.append("Required.")
    elif schema.get("default") not in (None, "", [], {}) and not isinstance(schema["default"], dict):
        parts.append(f"Default: {code(json.dumps(schema['default'], ensure_ascii=False))}.")
    return " ".join(part for part in parts if part)


def _type(schema: Json, schemas: Json, used: dict[str, None]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REF)
        if name == ERRORS:
            return "[error](index.md#errors)"
        used.setdefault(name)
        return f"[{_title(name, schemas)}](#{_anchor(name)})"
    if "anyOf" in schema:
        return " or ".join(_type(part, schemas, used) for part in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(code(value) for value in schema["enum"])
    if "const" in schema:
        return code(schema["const"])
    if schema.get("contentMediaType") or schema.get("format") == "binary":
        return "file"
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}), schemas, used)}" + _bounds(schema)
    return str(schema.get("type", "any")) + _bounds(schema)


def _bounds(schema: Json) -> str:
    bounds = [f"{words} {code(_number(schema[name]))}" for name, words in BOUNDS.items() if name in schema]
    return f" ({', '.join(bounds)})" if bounds else ""


def _number(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _titled(title: str, body: str) -> list[str]:
    return [f"**{title}**", body] if body else []


def _resolved(schema: Json, schemas: Json) -> Json:
    reference = schema.get("$ref")
    return schemas[reference.removeprefix(REF)] if reference else schema


def _title(name: str, schemas: Json) -> str:
    title: str = schemas[name].get("title", name)
    return title.replace("[", " of ").replace("]", "")


def _anchor(name: str) -> str:
    return "object-" + name.lower().replace("_", "-").strip("-")


def _call(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"
