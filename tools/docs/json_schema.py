"""JSON Schema as Markdown: types in words, tables of fields, and a section for each named object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tools.docs.markdown import code, table

Json = dict[str, Any]
REF = "#/components/schemas/"
ERRORS = "ErrorEnvelope"  # described once, on the API's first page
# (lower bound, upper bound, unit) as JSON Schema names them
BOUNDS = (("minimum", "maximum", ""), ("minLength", "maxLength", " characters"), ("minItems", "maxItems", " items"))
OTHER_BOUNDS = {"exclusiveMinimum": "greater than", "exclusiveMaximum": "less than", "pattern": "matches"}


class SchemaWriter:
    """Writes the schemas of one page and remembers which named objects the page mentions."""

    def __init__(self, schemas: Json) -> None:
        self._schemas = schemas
        self._mentioned: dict[str, None] = {}  # in order of mention

    def type(self, schema: Json) -> str:
        """A type in words, with a link if it is a named object."""
        if "$ref" in schema:
            return self._link(schema["$ref"].removeprefix(REF))
        if "anyOf" in schema:
            return " or ".join(self.type(part) for part in schema["anyOf"])
        values = schema.get("enum", [schema["const"]] if "const" in schema else [])
        if values:
            return ", ".join(code(value) for value in values)
        if schema.get("type") == "array":
            return f"list of {self.type(schema.get('items', {}))}{_bounds(schema)}"
        is_file = schema.get("contentMediaType") or schema.get("format") == "binary"
        return "file" if is_file else f"{schema.get('type', 'any')}{_bounds(schema)}"

    def object(self, schema: Json) -> Iterator[str]:
        """The fields of an object, then its examples."""
        if "$ref" in schema:
            schema = self._schemas[schema["$ref"].removeprefix(REF)]
        required = schema.get("required", ())
        fields = schema.get("properties", {}).items()
        rows = [(code(name), self.type(entry), self.about(entry, name in required)) for name, entry in fields]
        yield table(("Field", "Type", "Description"), rows)
        if schema.get("additionalProperties") is False:
            yield "Other fields are refused."
        for example in schema.get("examples", ()):
            yield f"```json\n{json.dumps(example, indent=2, ensure_ascii=False)}\n```"

    def objects(self) -> Iterator[str]:
        """A section for each object that was mentioned, and for those that they mention."""
        if self._mentioned:
            yield "## Objects"
        position = 0
        while position < len(self._mentioned):  # it grows meanwhile
            name = list(self._mentioned)[position]
            yield f"### {self._title(name)} {{ #{_anchor(name)} }}"
            yield self._schemas[name].get("description", "")
            yield from self.object(self._schemas[name])
            position += 1

    def about(self, entry: Json, required: bool | None) -> str:
        """Description of a field or parameter, and whether it is required or what its default is."""
        schema = entry.get("schema", entry)
        default = schema.get("default")
        parts = [entry.get("description", "")]
        if required:
            parts.append("Required.")
        elif default not in (None, "", [], {}) and not isinstance(default, dict):
            parts.append(f"Default: {code(json.dumps(default, ensure_ascii=False))}.")
        return " ".join(part for part in parts if part)

    def _link(self, name: str) -> str:
        if name == ERRORS:
            return "[error](index.md#errors)"
        self._mentioned.setdefault(name)
        return f"[{self._title(name)}](#{_anchor(name)})"

    def _title(self, name: str) -> str:
        title: str = self._schemas[name].get("title", name)
        return title.replace("[", " of ").replace("]", "")


def _bounds(schema: Json) -> str:
    bounds = [_range(schema, low, high) + unit for low, high, unit in BOUNDS if low in schema or high in schema]
    bounds += [f"{words} {code(_number(schema[name]))}" for name, words in OTHER_BOUNDS.items() if name in schema]
    return f" ({', '.join(bounds)})" if bounds else ""


def _range(schema: Json, low: str, high: str) -> str:
    if low not in schema:
        return f"at most {_number(schema[high])}"
    if high not in schema:
        return f"at least {_number(schema[low])}"
    return f"{_number(schema[low])} to {_number(schema[high])}"


def _number(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _anchor(name: str) -> str:
    return "object-" + name.lower().replace("_", "-").strip("-")
