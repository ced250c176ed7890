"""The examples of the OpenAPI document run: each is sent as it is, but for ids, which are of things that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.main import create_app
from app.settings import Settings
from tests.support.files import MUSEUM, adapter_config, adapter_tensors, safetensors_bytes
from tests.support.service import Service

DOCUMENT: dict[str, Any] = create_app(Settings(_env_file=None)).openapi()
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
ID = re.compile(r"^([a-z]+)_(?:[0-9a-f]{24}|\.\.\.)$")
NEEDS_NETWORK = {"POST /api/v1/documents/from-url", "POST /api/v1/webhooks"}
OF_THE_OPERATOR = ("/api/v1/tenants", "/api/v1/keys")
HOUSES = b"""The archive of Lisbon is kept by Marta Ferreira and opens at nine in the morning.

The archive of Porto is kept by Ana Sousa and opens at ten in the morning.
"""
RANK = 8
TAKE_AWAY = ("/delete", "/chunks/{chunk_id}")
ROWS = "\n".join(f'{{"prompt": "When does hall {n} open?", "completion": "At {n}."}}' for n in range(64)).encode()


def examples() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, body); what takes things away comes last."""
    found = []
    for path, operations in DOCUMENT["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            found += [(method, path, body) for body in (examples_of(content["schema"]) if content else ())]
    return iter(sorted(found, key=lambda one: [one[1].endswith(end) for end in TAKE_AWAY]))


def examples_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in schema:
        return examples_of(SCHEMAS[schema["$ref"].rpartition("/")[2]])
    return schema.get("examples") or [one for part in schema.get("anyOf", ()) for one in examples_of(part)]


def with_ids(body: Any, made: dict[str, str]) -> Any:
    """The example with the id of a thing that exists in the place of each id."""
    if isinstance(body, dict):
        versions = {"version": made["version"]} if "version" in body else {}
        return {key: with_ids(value, made) for key, value in body.items()} | versions
    if isinstance(body, list):
        return [with_ids(one, made) for one in body]
    named = ID.match(body) if isinstance(body, str) else None
    return made[named[1]] if named else body


def adapter(folder: Path) -> dict[str, tuple[str, bytes]]:
    weights = safetensors_bytes(adapter_tensors(rank=RANK), folder)
    return {
        "adapter_config.json": ("adapter_config.json", adapter_config(r=RANK)),
        "adapter_model.safetensors": ("adapter_model.safetensors", weights),
    }


async def make(service: Service, tmp_path: Path) -> dict[str, str]:
    """One of each thing, by the names of path parameters and by the prefixes of ids."""
    acme = service.acme
    document = (await service.take_in(acme, "museum.md", MUSEUM))["id"]
    await service.take_in(acme, "houses.md", HOUSES)
    chunk = (await acme.get(f"/api/v1/documents/{document}/chunks")).json()["data"][0]["id"]
    answer = (await acme.post("/api/v1/chat", json={"message": "When does the museum open?"})).json()
    uploaded = (await acme.post("/api/v1/adapters", files=adapter(tmp_path), data={"name": "style"})).json()
    rows = {"file": ("rows.jsonl", ROWS)}
    dataset = (await acme.post("/api/v1/training/datasets", files=rows, data={"name": "rows"})).json()
    made = {"document_id": document, "chunk_id": chunk, "turn_id": answer["id"], "name": "style"}
    made |= {"conversation_id": answer["conversation_id"], "external_id": "hours", "version": uploaded["version"]}
    prefixes = {"doc": document, "conv": answer["conversation_id"], "turn": answer["id"]}
    return {**made, **prefixes, "ds": dataset["id"], "ten": service.other_id, "tenant_id": service.other_id}


async def test_examples_run(service: Service, tmp_path: Path) -> None:
    made = await make(service, tmp_path)
    ran = []
    for method, path, body in examples():
        parameters = set(re.findall(r"{(\w+)}", path))
        if f"{method.upper()} {path}" in NEEDS_NETWORK or not parameters <= set(made):
            continue
        client = service.operator if path.startswith(OF_THE_OPERATOR) else service.acme
        response = await client.request(method, path.format(**made), json=with_ids(body, made))
        conflict = response.status_code == 409  # such as an adapter that has passed no gate
        ran.append((method, path, "" if response.is_success or conflict else response.text))
    assert len(ran) >= 20
    refused = [one for one in ran if one[2]]
    assert not refused, "\n".join(map(str, refused))
