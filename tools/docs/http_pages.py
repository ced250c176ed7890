"""The HTTP API as plain Markdown, one page a tag, from the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tools.docs.json_schema import Json, SchemaWriter
from tools.docs.markdown import code, paragraphs, table

METHODS = ("get", "put", "post", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    spec: Json

    @property
    def anchor(self) -> str:
        return str(self.spec["operationId"])

    @property
    def call(self) -> str:
        return f"{self.method} {self.path}"


def tag_pages(document: Json) -> dict[str, str]:
    """Page name without suffix -> Markdown, in the order of the document's tags."""
    return {tag["name"]: _page(document, tag) for tag in document["tags"]}


def operations_table(document: Json) -> str:
    """One line for each operation, linked to its page."""
    blocks = []
    for tag in document["tags"]:
        name = tag["name"]
        rows = [
            (f"[{operation.spec['summary']}]({name}.md#{operation.anchor})", code(operation.call))
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
    writer = SchemaWriter(document["components"]["schemas"])
    blocks = [f"# {tag['name'].capitalize()}", tag["description"]]
    for operation in _operations(document, tag["name"]):
        blocks += _operation(operation, writer)
    blocks += writer.objects()
    return paragraphs(*blocks)


def _operation(operation: Operation, writer: SchemaWriter) -> Iterator[str]:
    spec = operation.spec
    yield f"## {spec['summary']} {{ #{operation.anchor} }}"
    yield f"```http\n{operation.call}\n```"
    yield spec.get("description", "")
    if not spec.get("security"):
        yield "No API key is needed."
    parameters = [
        (code(entry["name"]), entry["in"], writer.type(entry["schema"]), writer.about(entry, entry.get("required")))
        for entry in spec.get("parameters", ())
    ]
    if parameters:
        yield "**Parameters**"
        yield table(("Name", "In", "Type", "Description"), parameters)
    for media_type, content in spec.get("requestBody", {}).get("content", {}).items():
        yield f"**Body** ({code(media_type)})"
        yield from writer.object(content["schema"])
    yield "**Responses**"
    yield table(("Status", "Meaning", "Body"), list(_responses(spec["responses"], writer)))


def _responses(responses: Json, writer: SchemaWriter) -> Iterator[tuple[str, str, str]]:
    for status, response in sorted(responses.items()):
        meaning = "Success." if response["description"] == "Successful Response" else response["description"]
        bodies = [
            writer.type(content["schema"])
            if content.get("schema") and media_type == "application/json"
            else code(media_type)
            for media_type, content in response.get("content", {}).items()
        ]
        yield status, meaning, " or ".join(bodies)
