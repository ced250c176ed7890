"""The isolation matrix: every operation of the OpenAPI document, asked by callers who may not see what it names.

To them an id of somebody else is as unknown as one that never was, and no answer holds a word of what they do not see.
An operation that the tables do not know fails.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from app.main import create_app
from app.settings import Settings
from tests.support.fake_settings import fake_settings
from tests.support.files import adapter_upload
from tests.support.probes import Kinds, Probe, operations, probes
from tests.support.service import Service, open_service

pytestmark = pytest.mark.asyncio(loop_scope="module")
SPEC: dict[str, Any] = create_app(Settings(_env_file=None)).openapi()
OPERATIONS = {one.name: one for one in operations(SPEC)}
KINDS = Kinds(
    usual={
        "document_id": "document",
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
        "user": "user",
    },
    named={
        ("/api/v1/collections", "name"): "collection",
        ("/api/v1/adapters/{name}", "name"): "adapter",
        ("/api/v1/adapters/{name}", "evaluation_id"): "gate",
    },
    plain=frozenset({"file"}),
)
# What the example of an operation cannot say.
BODIES: dict[str, Any] = {}
# Operations that make a thing under the name in the path, if there is none.
MAKERS: frozenset[str] = frozenset({"PUT /api/v1/collections/{name}"})
# What is not as unknown: a name that only one thing can have, and a collection that is closed.
TOLD = {"collection_forbidden", "name_taken"}
# Operations that change nothing although they are no GET: a key with the scope `read` may call them.
READING = frozenset(
    {
        "POST /api/v1/search",
        "POST /api/v1/chat",
        "POST /api/v1/documents/{document_id}/summary",
        "POST /api/v1/feedback",
        "DELETE /api/v1/conversations/{conversation_id}",
        "POST /api/v1/training/jobs/estimate",
        "POST /v1/chat/completions",
        "POST /v1/embeddings",
    }
)
FILENAME, TEXT, SAID, ROW = "quagga", "zebrafish", "okapi", "narwhal"
SECRETS = (FILENAME, TEXT, SAID, ROW)
DOCUMENT = f"# Fish\n\nThe {TEXT} sleeps in the harbour. It wakes at ten.".encode()


@dataclass
class Matrix:
    """A service with things of everybody, and those who may not see them."""

    service: Service
    owner: httpx.AsyncClient  # a key: sees all that is in `ids`
    ids: dict[str, Any]
    outsiders: dict[str, httpx.AsyncClient] = field(default_factory=dict)

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
    rows = {"file": ("rows.jsonl", f'{{"prompt": "When, {ROW}?", "completion": "At ten."}}'.encode())}
    cases = {"cases": ("cases.jsonl", f'{{"question": "When, {ROW}?", "answers": ["ten"], "context": "At ten."}}')}
    dataset = await made(await acme.post("/api/v1/training/datasets", files=rows, data={"name": "rows"}))
    wanted = {"adapter": "trained", "dataset": dataset["id"]}
    training = await made(await acme.post("/api/v1/training/jobs", json=wanted))
    await made(await acme.post("/api/v1/adapters", files=adapter_upload(folder), data={"name": "style"}))
    gate = await made(await acme.post("/api/v1/adapters/style/evaluations", files=cases))
    evaluation = await made(await acme.post("/api/v1/evaluations", files=cases))
    tokens = (await made(await acme.get("/api/v1/tokens")))["data"]
    keys = (await made(await service.operator.get("/api/v1/keys", params={"tenant_id": service.acme_id})))["data"]
    return {
        "document": document["id"],
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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def matrix(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Matrix]:
    folder = tmp_path_factory.mktemp("matrix")
    async with open_service(fake_settings(folder / "data")) as service:
        matrix = Matrix(service, service.acme, await fill(service, folder))
        writes = ["read", "write"]
        matrix.outsiders = {
            "another tenant": service.other,
            "a user of no group": await token(service, user="eve", scopes=writes, adapter="base"),
            "a user of another group": await token(
                service, user="eve", scopes=writes, adapter="base", groups=["guests"]
            ),
            "a member, kept to another collection": await token(
                service, user="eve", scopes=writes, adapter="base", groups=["inner"], collections=["open"]
            ),
        }
        yield matrix


def test_every_place_of_an_id_is_known() -> None:
    places = [probe for operation in OPERATIONS.values() for probe in probes(operation, KINDS)]
    assert len(places) > len(OPERATIONS) / 2


@pytest.mark.parametrize("name", OPERATIONS)
async def test_what_is_not_seen_is_as_unknown_as_what_never_was(matrix: Matrix, name: str) -> None:
    operation = OPERATIONS[name]
    places = list(probes(operation, KINDS)) or [Probe(operation, "", KINDS)]
    for who, client in matrix.outsiders.items():
        for probe in places:
            foreign = await asked(client, probe, matrix, matrix.ids)
            unknown = await asked(client, probe, matrix, matrix.unknown)
            where = f"{who}: {probe.name}: {foreign}"
            if foreign[1].get("code") in TOLD:
                continue
            assert foreign == unknown or probe.place == "", where
            if probe.place == "path" and name not in MAKERS:
                assert foreign[0] in {403, 404}, where


async def asked(client: httpx.AsyncClient, probe: Probe, matrix: Matrix, ids: dict[str, Any]) -> tuple[int, Any]:
    """The status and the error, without the ids that the request names. No answer holds a secret that it did not."""
    request = probe.request(ids, BODIES)
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


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name.startswith("GET")])
async def test_the_owner_finds_what_the_others_do_not(matrix: Matrix, name: str) -> None:
    """Else the matrix would compare one unknown id with another."""
    client = matrix.service.operator if "/tenants" in name or "/keys" in name else matrix.owner
    request = Probe(OPERATIONS[name], "path", KINDS).request(matrix.ids, BODIES)
    response = await client.request(**request)
    assert response.status_code < 400 or response.status_code == 409, response.text


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name.partition(" ")[0] not in {"GET", "HEAD"}])
async def test_a_key_that_may_read_changes_nothing(matrix: Matrix, name: str) -> None:
    reader = matrix.service.reader
    request = Probe(OPERATIONS[name], "path", KINDS).request(matrix.unknown, BODIES)
    response = await reader.request(**request)
    missing = response.status_code == 403 and response.json()["error"]["code"] == "missing_scope"
    assert missing is (name not in READING), response.text


async def test_nothing_of_the_owner_was_changed(matrix: Matrix) -> None:
    document = await made(await matrix.owner.get(f"/api/v1/documents/{matrix.ids['document']}"))
    assert (document["filename"], document["status"]) == (f"{FILENAME}.md", "ready")
    assert document["access"] == {"groups": ["inner"]}
    turns = await made(await matrix.owner.get(f"/api/v1/conversations/{matrix.ids['conversation']}/turns"))
    assert len(turns["data"]) == 1
