"""The OpenAPI document: valid, complete, true, and the source of an isolation matrix that cannot forget a route."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.main import create_app
from app.settings import Settings
from tests.support.files import MUSEUM, adapter_upload
from tests.support.service import Service
from tests.support.serving import ServedLoracle

SPEC: dict[str, Any] = create_app(Settings(_env_file=None)).openapi()
OPERATIONS = [
    (method, path, operation)
    for path, methods in SPEC["paths"].items()
    for method, operation in methods.items()
    if method in {"get", "post", "put", "patch", "delete"}
]
NEEDS_KEY = ("/api/", "/v1/", "/retrieval")
IDS = [f"{method.upper()} {path}" for method, path, _ in OPERATIONS]
MAX_EXAMPLES = int(os.environ.get("LORACLE_SCHEMATHESIS_EXAMPLES", "40"))  # per operation; about 2,500 in all


def test_document_is_valid() -> None:
    OpenAPIV31SpecValidator(SPEC).validate()
    assert SPEC["openapi"].startswith("3.1")


def test_names_are_unique_and_speak_of_no_module() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(set(names)) == len(names)
    assert not [name for name in SPEC["components"]["schemas"] if "__" in name]


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_every_operation_is_documented(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    if path.startswith(NEEDS_KEY):
        assert operation["security"] == [{"api_key": []}]
        assert {"401", "403", "422", "503"} <= set(operation["responses"])
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                schema = response["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/ErrorEnvelope"}, status
        if "requestBody" in operation and "application/json" in operation["requestBody"]["content"]:
            assert "example" in json.dumps(resolved(operation["requestBody"]))
            assert "400" in operation["responses"]  # a body that is no JSON


def resolved(node: Any) -> Any:
    """`node` with references to schemas put in place."""
    if isinstance(node, dict):
        if "$ref" in node:
            return resolved(SPEC["components"]["schemas"][node["$ref"].rsplit("/", 1)[-1]])
        return {key: resolved(value) for key, value in node.items()}
    return [resolved(item) for item in node] if isinstance(node, list) else node


# --- Isolation: every operation with an id of another tenant answers as for an id that never was.

# Operations without any id in path or body, or of the operator, who may see all tenants.
NO_FOREIGN_IDS = {
    "GET /healthz", "GET /readyz", "GET /metrics", "POST /api/v1/documents", "GET /api/v1/documents",
    "GET /links/{token}", "POST /api/v1/webhooks", "GET /api/v1/webhooks",
    "POST /api/v1/documents/delete", "PUT /api/v1/documents/by-key/{external_id}",
    "POST /retrieval",
    "POST /api/v1/batches", "GET /api/v1/collections", "PUT /api/v1/collections/{name}",
    "POST /api/v1/documents/from-url", "POST /api/v1/search", "GET /api/v1/conversations",
    "POST /api/v1/conversations/delete", "GET /api/v1/feedback",
    "POST /api/v1/adapters",
    "POST /api/v1/evaluations", "GET /api/v1/evaluations", "GET /api/v1/feedback/cases",
    "GET /api/v1/answering", "PATCH /api/v1/answering",
    "POST /api/v1/training/datasets", "POST /api/v1/training/datasets/validate",
    "POST /api/v1/training/datasets/from-documents", "POST /api/v1/training/datasets/from-feedback",
    "GET /api/v1/training/datasets", "GET /api/v1/training/jobs",
    "GET /api/v1/adapters", "POST /api/v1/tenants", "GET /api/v1/tenants", "GET /api/v1/tenants/{tenant_id}",
    "PATCH /api/v1/tenants/{tenant_id}", "DELETE /api/v1/tenants/{tenant_id}", "POST /api/v1/keys", "GET /api/v1/keys",
    "POST /api/v1/tokens", "GET /api/v1/tokens",
    "DELETE /api/v1/keys/{key_id}", "GET /api/v1/me", "GET /api/v1/usage", "GET /api/v1/tenants/{tenant_id}/usage",
    "GET /api/v1/tenants/{tenant_id}/limits", "PUT /api/v1/tenants/{tenant_id}/limits",
    "GET /v1/models", "POST /v1/embeddings",
    "POST /v1/files", "GET /v1/files", "GET /v1/vector_stores", "POST /v1/conversations",
    "GET /v1/fine_tuning/jobs",
}  # fmt: skip
BODIES: dict[str, Any] = {
    "PATCH /api/v1/documents/{document_id}": lambda _: {"metadata": {}},
    "POST /api/v1/documents/{document_id}/links": lambda _: {"kind": "file"},
    "PATCH /api/v1/webhooks/{webhook_id}": lambda _: {"enabled": False},
    "PATCH /api/v1/documents/{document_id}/chunks/{chunk_id}": lambda _: {"enabled": False},
    "POST /api/v1/chat": lambda ids: {"message": "When?", "conversation_id": ids["conversation_id"]},
    "POST /v1/chat/completions": lambda ids: {
        "model": ids["model"],
        "messages": [{"role": "user", "content": "When?"}],
    },
    "POST /api/v1/chat/{turn_id}/regenerate": lambda _: {},
    "POST /api/v1/chat/{turn_id}/edit": lambda _: {"message": "When?"},
    "PATCH /api/v1/conversations/{conversation_id}": lambda _: {"pinned": True},
    "POST /api/v1/feedback": lambda ids: {"turn_id": ids["turn_id"], "rating": "up"},
    "POST /api/v1/training/jobs": lambda ids: {"adapter": "trained", "dataset": ids["dataset_id"]},
    "POST /api/v1/training/jobs/estimate": lambda ids: {"adapter": "trained", "dataset": ids["dataset_id"]},
    "POST /api/v1/adapters/{name}/activate": lambda _: {},
    "POST /api/v1/adapters/{name}/canary": lambda _: {"share": 0.5, "override": "a test"},
    "POST /api/v1/adapters/{name}/compress": lambda _: {"rank": 1},
    "POST /api/v1/adapters/{name}/merge": lambda ids: {"parts": [{"adapter": ids["name"]}]},
}
BODIES |= {
    "POST /v1/fine_tuning/jobs": lambda ids: {"model": "loracle-base", "training_file": ids["dataset_id"]},
    "POST /v1/vector_stores": lambda ids: {"name": "More", "file_ids": [ids["file_id"]]},
    "POST /v1/conversations/{conversation_id}": lambda _: {"metadata": {"topic": "hours"}},
    "POST /v1/responses": lambda ids: {
        "model": "loracle",
        "input": "When?",
        "previous_response_id": ids["response_id"],
    },
    "POST /v1/vector_stores/{vector_store_id}": lambda _: {"name": "Another name"},
    "POST /v1/vector_stores/{vector_store_id}/search": lambda _: {"query": "When?"},
    "POST /v1/vector_stores/{vector_store_id}/files": lambda ids: {"file_id": ids["file_id"]},
    "POST /v1/vector_stores/{vector_store_id}/files/{file_id}": lambda _: {"attributes": {"year": 2026}},
    "POST /v1/vector_stores/{vector_store_id}/file_batches": lambda ids: {"file_ids": [ids["file_id"]]},
}
QUERIES: dict[str, Any] = {"GET /api/v1/documents/{document_id}/quote-boxes": {"start": 0, "end": 9}}
CASES = b'{"question": "When?", "answers": ["at ten"], "context": "The museum opens at ten."}'
FILES: dict[str, Any] = {"POST /api/v1/adapters/{name}/evaluations": {"cases": ("cases.jsonl", CASES)}}


async def in_vector_store(service: Service) -> dict[str, Any]:
    """The ids of a file in a vector store, of that store and of the batch that put it there."""
    upload = {"file": ("museum.md", MUSEUM)}
    file = (await service.acme.post("/v1/files", files=upload, data={"purpose": "assistants"})).json()
    store = (await service.acme.post("/v1/vector_stores", json={"name": "Sights"})).json()
    batches = f"/v1/vector_stores/{store['id']}/file_batches"
    batch = (await service.acme.post(batches, json={"file_ids": [file["id"]]})).json()
    put = (await service.acme.get(f"/v1/vector_stores/{store['id']}/files/{file['id']}")).json()
    assert (await service.ready(service.acme, put["document_id"]))["status"] == "ready"
    return {"file_id": file["id"], "vector_store_id": store["id"], "batch_id": batch["id"]}


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _ in OPERATIONS], ids=IDS)
async def test_another_tenants_id_is_as_unknown_as_one_that_never_was(
    service: Service, tmp_path: Path, method: str, path: str
) -> None:
    name = f"{method.upper()} {path}"
    if name in NO_FOREIGN_IDS:
        return
    document = await service.take_in(service.acme, "museum.md", MUSEUM)
    answer = (await service.acme.post("/api/v1/chat", json={"message": "When does the museum open?"})).json()
    made = await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "style"})
    assert made.status_code == 201
    files = FILES["POST /api/v1/adapters/{name}/evaluations"]
    evaluation = (await service.acme.post("/api/v1/adapters/style/evaluations", files=files)).json()
    asked = (await service.acme.post("/api/v1/evaluations", files=files)).json()
    over_documents = path.startswith("/api/v1/evaluations")
    rows = {"file": ("rows.jsonl", b'{"prompt": "When?", "completion": "At ten."}')}
    dataset = (await service.acme.post("/api/v1/training/datasets", files=rows, data={"name": "rows"})).json()
    wanted = {"adapter": "trained", "dataset": dataset["id"]}
    training = (await service.acme.post("/api/v1/training/jobs", json=wanted)).json()
    foreign = {
        "dataset_id": dataset["id"],
        "training_id": training["id"],
        "job_id": training["id"],
        "document_id": document["id"],
        "conversation_id": answer["conversation_id"],
        "turn_id": answer["id"],
        "name": "style",
        "model": "style",
        "evaluation_id": (asked if over_documents else evaluation)["id"],
        "other_id": asked["id"],
    }
    batch = await service.acme.post("/api/v1/batches", files=[("files", ("museum.md", MUSEUM))])
    await service.acme.put("/api/v1/collections/style", json={})
    foreign["batch_id"] = batch.json()["id"]
    chunks = await service.acme.get(f"/api/v1/documents/{document['id']}/chunks")
    await service.acme.put("/api/v1/documents/by-key/own%20key", json={"text": "The museum is old."})
    foreign["external_id"] = "own key"
    hook = {"url": "https://93.184.216.34/", "events": ["document.ready"], "enabled": False}
    foreign["webhook_id"] = (await service.acme.post("/api/v1/webhooks", json=hook)).json()["id"]
    if "{delivery_id}" in path:
        tested = await service.acme.post(f"/api/v1/webhooks/{foreign['webhook_id']}/test")
        foreign["delivery_id"] = tested.json()["id"]
    foreign["chunk_id"] = chunks.json()["data"][0]["id"]
    feedback = await service.acme.post("/api/v1/feedback", json={"turn_id": answer["id"], "rating": "up"})
    foreign["feedback_id"] = feedback.json()["id"]
    foreign["token_id"] = (await service.acme.post("/api/v1/tokens", json={})).json()["id"]
    if path.startswith(("/v1/files", "/v1/vector_stores")):
        foreign |= await in_vector_store(service)
    foreign["item_id"] = f"msg_{answer['id'].removeprefix('turn_')}_0"
    if path.startswith("/v1/responses"):
        body = {"model": "loracle", "input": "When does the museum open?"}
        foreign["response_id"] = (await service.acme.post("/v1/responses", json=body)).json()["id"]
    unknown = {key: "x" + value[1:] for key, value in foreign.items()}
    foreign["page"] = unknown["page"] = 1
    outcomes = []
    for ids in (foreign, unknown):
        body = BODIES[name](ids) if name in BODIES else None
        response = await service.other.request(
            method, path.format(**ids), json=body, files=FILES.get(name), params=QUERIES.get(name)
        )
        outcomes.append((response.status_code, response.json()["error"]))
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][0] == 404
    after = (await service.acme.get(f"/api/v1/documents/{document['id']}")).json()
    assert after == {**document, **after}
    assert after["status"] == "ready"
    own = await service.acme.request(
        method,
        path.format(**foreign),
        json=BODIES[name](foreign) if name in BODIES else None,
        files=FILES.get(name),
        params=QUERIES.get(name),
    )
    assert own.status_code < 400 or own.status_code == 409, own.text


async def test_cursor_of_another_tenant_is_refused(service: Service) -> None:
    document = await service.take_in(service.acme, "museum.md", MUSEUM)
    response = await service.other.get("/api/v1/documents", params={"after": document["id"]})
    assert (response.status_code, response.json()["error"]["param"]) == (422, "after")


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _ in OPERATIONS], ids=IDS)
async def test_without_a_key_nothing_is_open_but_health_and_docs(service: Service, method: str, path: str) -> None:
    response = await service.nobody.request(method, path)
    assert (response.status_code == 401) is path.startswith(NEEDS_KEY)


async def test_unknown_paths_need_a_key_too(service: Service) -> None:
    for path in ("/api/v1/none", "/admin", "/api/v1/documents/../tenants", "//api/v1/documents"):
        assert (await service.nobody.get(path)).status_code == 401


async def test_docs_page_needs_nothing_from_elsewhere(service: Service) -> None:
    page = (await service.nobody.get("/docs")).text
    assert "swagger-ui" in page
    for word in ('src="http', 'href="http', "//cdn", "unpkg", "jsdelivr"):
        assert word not in page
    import re

    for asset in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert (await service.nobody.get(asset)).status_code == 200, asset


# --- Properties: whatever the schema allows or forbids, no 5xx and nothing that the schema does not say.


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServedLoracle, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("fuzzed")
    fakes = {"generator": "scripted", "embedding_model": "hashing", "log_level": "WARNING", "parser_timeout_s": 5}
    with ServedLoracle(folder / "data", **fakes) as served:
        client = served.tenant("fuzz", admin=True)
        client.post("/api/v1/documents", files={"file": ("museum.md", MUSEUM)}).raise_for_status()
        yield served, {"Authorization": client.headers["Authorization"]}


@pytest.mark.timeout(1200)
def test_schema_holds_under_property_testing(fuzzed: tuple[ServedLoracle, dict[str, str]], tmp_path: Path) -> None:
    """Runs schemathesis's own command against a served instance."""
    import re
    import subprocess
    import sys

    served, headers = fuzzed
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{served.url}/openapi.json",
        "--phases", "examples,fuzzing", "--max-examples", str(MAX_EXAMPLES), "--mode", "all", "--seed", "1",
        "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        "--header", f"Authorization: {headers['Authorization']}", "--exclude-path", "/metrics",
        "--exclude-operation-id", "delete_tenant", "--exclude-operation-id", "revoke_key",
        "--exclude-operation-id", "update_tenant",
        "--suppress-health-check", "all", "--request-timeout", "30", "--no-color",
    ]  # fmt: skip
    done = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, text=True, timeout=1100)
    assert done.returncode == 0, done.stdout[-6000:]
    generated = re.search(r"(\d[\d,]*) generated", done.stdout)
    assert generated, done.stdout[-2000:]
    assert int(generated[1].replace(",", "")) >= 2000
