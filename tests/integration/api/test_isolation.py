"""The isolation matrix: every operation of the OpenAPI document, asked by callers who may not see what it names.

To them an id of somebody else is as unknown as one that never was, and no answer holds a word of what they do not see.
An operation that the tables do not know fails.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from app.main import create_app
from app.settings import Settings
from tests.support.fake_settings import fake_settings
from tests.support.files import adapter_upload
from tests.support.probes import METHODS, NEEDS_KEY, Kinds, Operation, Probe, operations, probes
from tests.support.service import Service, open_service

pytestmark = pytest.mark.asyncio(loop_scope="module")
SPEC: dict[str, Any] = create_app(Settings(_env_file=None)).openapi()
OPERATIONS: dict[str, Operation] = {one.name: one for one in operations(SPEC)}
OPERATORS = ("/api/v1/tenants", "/api/v1/keys")
KINDS = Kinds(
    usual={
        "document_id": "document",
        "external_id": "document key",
        "chunk_id": "chunk",
        "page": "page",
        "batch_id": "batch",
        "batch": "batch",
        "collection": "collection",
        "collections": "collection",
        "conversation_id": "conversation",
        "turn_id": "turn",
        "adapter": "adapter",
        "model": "adapter",
        "evaluation_id": "evaluation",
        "other_id": "evaluation",
        "dataset_id": "dataset",
        "dataset": "dataset",
        "training_id": "training",
        "tenant_id": "tenant",
        "key_id": "key",
        "token_id": "token",
        "webhook_id": "webhook",
        "file_id": "file",
        "file_ids": "file",
        "vector_store_id": "vector store",
        "response_id": "response",
        "previous_response_id": "response",
        "conversation": "conversation",
        "item_id": "item",
        "delivery_id": "delivery",
        "user": "user",
    },
    named={
        ("/api/v1/collections", "name"): "collection",
        ("/api/v1/documents/delete", "ids"): "document",
        ("/api/v1/adapters/{name}/merge", "parts"): "adapter",
        ("/v1/vector_stores", "batch_id"): "file batch",
        ("/v1/responses", "tools"): "vector store",
        ("/api/v1/adapters/{name}", "name"): "adapter",
        ("/api/v1/adapters/{name}", "evaluation_id"): "gate",
    },
    plain=frozenset({"file"}),
    wrapped={
        ("/api/v1/adapters/{name}/merge", "parts"): lambda one: [{"adapter": one}],
        ("/v1/responses", "tools"): lambda one: [{"type": "file_search", "vector_store_ids": [one]}],
    },
)
FILENAME, TEXT, SAID, ROW = "quagga", "zebrafish", "okapi", "narwhal"
SECRETS = (FILENAME, TEXT, SAID, ROW)
DOCUMENT = f"# Fish\n\nThe {TEXT} sleeps in the harbour. It wakes at ten.".encode()
ROWS = ("rows.jsonl", f'{{"prompt": "When, {ROW}?", "completion": "At ten."}}'.encode())
CASES = (
    "cases.jsonl",
    f'{{"question": "When, {ROW}?", "answers": ["at ten"], "context": "It wakes at ten."}}'.encode(),
)
# Fields of operations whose example needs something that is not there.
GIVEN: dict[str, Any] = {
    "GET /api/v1/documents/{document_id}/quote-boxes": {"start": 0, "end": 9},
    "PATCH /api/v1/documents/{document_id}": {"metadata": {}},
    "POST /api/v1/adapters/{name}/activate": {"override": "a test"},
    "POST /api/v1/adapters/{name}/canary": {"share": 0.5, "override": "a test"},
    "POST /api/v1/adapters/{name}/compress": {"rank": 1},
    "POST /api/v1/adapters/{name}/merge": {"parts": [{"adapter": "style"}]},
    "POST /v1/vector_stores/{vector_store_id}/file_batches": {"file_ids": []},
    "POST /api/v1/adapters/{name}/evaluations": {"cases": CASES, "against": "base"},
}
# Operations that make a thing under the name in the path, if there is none.
MAKERS = frozenset({"PUT /api/v1/collections/{name}", "PUT /api/v1/documents/by-key/{external_id}"})
# What is not as unknown: a name that only one thing can have, and a collection that is closed.
TOLD = frozenset({"collection_forbidden", "key_taken", "name_taken"})
# Operations that change nothing although they are no GET: a key with the scope `read` may call them.
READING = frozenset(
    {
        "POST /api/v1/search",
        "POST /api/v1/chat",
        "POST /api/v1/documents/{document_id}/summary",
        "POST /api/v1/documents/{document_id}/links",
        "POST /api/v1/feedback",
        "POST /api/v1/training/jobs/estimate",
        "POST /v1/chat/completions",
        "POST /v1/embeddings",
    }
)


@dataclass
class Matrix:
    """A service with things of everybody, and those who may not see them."""

    service: Service
    owner: httpx.AsyncClient  # a key: sees all that is in `ids`
    ids: dict[str, Any]
    outsiders: dict[str, httpx.AsyncClient]

    @property
    def unknown(self) -> dict[str, Any]:
        """Ids that never were; pages have numbers."""
        return {kind: one if kind == "page" else f"x{one[1:]}" for kind, one in self.ids.items()}


async def made(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code < 300, response.text
    body: dict[str, Any] = response.json()
    return body


async def token(service: Service, **body: Any) -> httpx.AsyncClient:
    return service.client((await made(await service.acme.post("/api/v1/tokens", json=body)))["token"])


async def fill(service: Service, folder: Path) -> dict[str, Any]:
    """Make one thing of each kind; documents and the collection are seen by the group `inner`, turns are ana's."""
    acme, access = service.acme, {"groups": ["inner"]}
    await made(await acme.put("/api/v1/collections/open", json={}))
    await made(await acme.put("/api/v1/collections/inner", json={"access": access}))
    document = await service.take_in(acme, f"{FILENAME}.md", DOCUMENT, access=json.dumps(access))
    await service.take_in(acme, f"{FILENAME}-inner.md", DOCUMENT, collection="inner")
    files = [("files", (f"{FILENAME}-batch.md", DOCUMENT))]
    batch = await made(await acme.post("/api/v1/batches", files=files, data={"access": json.dumps(access)}))
    ana = await token(service, user="ana", groups=["inner"])
    asked = {"message": f"When does the {TEXT} wake, said the {SAID}?"}
    turn = await made(await ana.post("/api/v1/chat", json=asked))
    dataset = await made(await acme.post("/api/v1/training/datasets", files={"file": ROWS}, data={"name": "rows"}))
    wanted = {"adapter": "trained", "dataset": dataset["id"]}
    training = await made(await acme.post("/api/v1/training/jobs", json=wanted))
    await made(await acme.post("/api/v1/adapters", files=adapter_upload(folder), data={"name": "style"}))
    gate = await made(await acme.post("/api/v1/adapters/style/evaluations", files={"cases": CASES}))
    evaluation = await made(await acme.post("/api/v1/evaluations", files={"cases": CASES}))
    keyed = {"text": DOCUMENT.decode(), "access": access, "filename": f"{FILENAME}-key.md"}
    await made(await acme.put("/api/v1/documents/by-key/own%20key", json=keyed))
    chunks = (await made(await acme.get(f"/api/v1/documents/{document['id']}/chunks")))["data"]
    hook = {"url": "https://93.184.216.34/", "events": ["document.ready"], "enabled": False}
    webhook = await made(await acme.post("/api/v1/webhooks", json=hook))
    delivery = await made(await acme.post(f"/api/v1/webhooks/{webhook['id']}/test"))
    tokens = (await made(await acme.get("/api/v1/tokens")))["data"]
    keys = (await made(await service.operator.get("/api/v1/keys", params={"tenant_id": service.acme_id})))["data"]
    return {
        "document": document["id"],
        "document key": "own key",
        "chunk": chunks[0]["id"],
        "webhook": webhook["id"],
        "delivery": delivery["id"],
        "page": 1,
        "batch": batch["id"],
        "collection": "inner",
        "conversation": turn["conversation_id"],
        "turn": turn["id"],
        "adapter": "style",
        "gate": gate["id"],
        "evaluation": evaluation["id"],
        "dataset": dataset["id"],
        "training": training["id"],
        "tenant": service.acme_id,
        "key": keys[0]["id"],
        "token": tokens[0]["id"],
        "user": "ana",
    }


async def outsiders(service: Service) -> dict[str, httpx.AsyncClient]:
    """Those who see nothing of what `fill` made."""
    common = {"user": "eve", "scopes": ["read", "write"], "adapter": "base"}
    return {
        "another tenant": service.other,
        "a user of no group": await token(service, **common),
        "a user of another group": await token(service, **common, groups=["guests"]),
        "a member, kept to another collection": await token(service, **common, groups=["inner"], collections=["open"]),
    }


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def matrix(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Matrix]:
    folder = tmp_path_factory.mktemp("matrix")
    async with open_service(fake_settings(folder / "data")) as service:
        matrix = Matrix(service, service.acme, await fill(service, folder), await outsiders(service))
        yield matrix


def test_every_place_of_an_id_is_known() -> None:
    places = [probe for operation in OPERATIONS.values() for probe in probes(operation, KINDS)]
    assert len(places) > len(OPERATIONS) / 2


def makers_last(name: str) -> bool:
    """What makes a thing of the name that it is given makes the name known, which others ask for."""
    operation = OPERATIONS[name]
    return name in MAKERS or (operation.method != "get" and "collection" in operation.fields)


@pytest.mark.parametrize("name", sorted(OPERATIONS, key=makers_last))
async def test_what_is_not_seen_is_as_unknown_as_what_never_was(matrix: Matrix, name: str) -> None:
    operation = OPERATIONS[name]
    places = list(probes(operation, KINDS)) or [Probe(operation, "", KINDS)]
    for who, client in matrix.outsiders.items():
        for probe in places:
            foreign = await asked(client, probe, matrix, matrix.ids)
            unknown = await asked(client, probe, matrix, matrix.unknown)
            where = f"{who}: {probe.name}: {foreign}, {unknown}"
            assert foreign == unknown or probe.place == "" or foreign[1].get("code") in TOLD, where
            if probe.place == "path" and name not in MAKERS:
                refused = 404 if client is matrix.service.other and not operation.path.startswith(OPERATORS) else 403
                assert foreign[0] in {404, refused}, where


async def asked(client: httpx.AsyncClient, probe: Probe, matrix: Matrix, ids: dict[str, Any]) -> tuple[int, Any]:
    """The status and the error, without the ids that the request names. No answer holds a secret that it did not."""
    request = probe.request(ids, GIVEN)
    response = await client.request(**request)
    sent = json.dumps(request, default=str)
    said = response.text.casefold()
    assert response.status_code < 500, response.text
    assert not [word for word in SECRETS if word in said and word not in sent], (probe.name, response.text)
    if response.status_code < 400:
        return response.status_code, {}
    error = json.dumps(response.json()["error"])
    for kind, one in ids.items():
        error = error.replace(str(one), f"<{kind}>") if kind != "page" else error
    return response.status_code, json.loads(error)


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name.partition(" ")[0] not in {"GET", "HEAD"}])
async def test_a_key_that_may_read_changes_nothing(matrix: Matrix, name: str) -> None:
    reader = matrix.service.reader
    request = Probe(OPERATIONS[name], "path", KINDS).request(matrix.unknown, GIVEN)
    response = await reader.request(**request)
    missing = response.status_code == 403 and response.json()["error"]["code"] == "missing_scope"
    assert missing is (name not in READING), response.text


async def test_nothing_of_the_owner_was_changed(matrix: Matrix) -> None:
    document = await made(await matrix.owner.get(f"/api/v1/documents/{matrix.ids['document']}"))
    assert (document["filename"], document["status"]) == (f"{FILENAME}.md", "ready")
    assert document["access"] == {"groups": ["inner"]}
    turns = await made(await matrix.owner.get(f"/api/v1/conversations/{matrix.ids['conversation']}/turns"))
    assert len(turns["data"]) == 1


PLACES = [(method.upper(), path) for path, methods in SPEC["paths"].items() for method in methods if method in METHODS]


@pytest.mark.parametrize(("method", "path"), PLACES, ids=[" ".join(place) for place in PLACES])
async def test_without_a_key_nothing_is_open_but_health_and_docs(matrix: Matrix, method: str, path: str) -> None:
    response = await matrix.service.nobody.request(method, path)
    assert (response.status_code == 401) is path.startswith(NEEDS_KEY)


def what_ends_things_last(name: str) -> tuple[int, int]:
    """Operations in an order in which each finds what it names: reading, then changing, then deleting from within."""
    method = name.partition(" ")[0]
    return {"GET": 0, "HEAD": 0, "DELETE": 2}.get(method, 1), -name.count("/") if method == "DELETE" else 0


OWN = [
    one.name
    for one in OPERATIONS.values()
    if one.path_parameters and (one.method == "get" or not one.path.startswith(OPERATORS))
]


@pytest.mark.parametrize("name", sorted(OWN, key=what_ends_things_last))
async def test_the_owner_finds_what_the_others_did_not(matrix: Matrix, name: str) -> None:
    """Else the matrix would compare one unknown id with another. The last test of the module: it deletes them all."""
    client = matrix.service.operator if OPERATIONS[name].path.startswith(OPERATORS) else matrix.owner
    request = Probe(OPERATIONS[name], "path", KINDS).request(matrix.ids, GIVEN)
    response = await client.request(**request)
    assert response.status_code < 400 or response.status_code == 409, response.text
