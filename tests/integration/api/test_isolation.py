"""The isolation matrix: every operation of the OpenAPI document, asked by callers who may not see what it names.

To them an id of somebody else is as unknown as one that never was, and no answer holds a word of what they do not see.
An operation that the tables do not know fails.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from app.main import create_app
from app.settings import Settings
from tests.support.belongings import FILENAME, GROUP, KINDS, made, make_belongings, secrets
from tests.support.fake_settings import fake_settings
from tests.support.probes import METHODS, NEEDS_KEY, Operation, Probe, operations, probes
from tests.support.service import Service, open_service

pytestmark = pytest.mark.asyncio(loop_scope="module")
SPEC: dict[str, Any] = create_app(Settings(_env_file=None)).openapi()
OPERATIONS: dict[str, Operation] = {one.name: one for one in operations(SPEC)}
OPERATORS = tuple(f"/api/v1/{one}" for one in ("tenants", "keys", "jobs", "queue", "processes", "diagnosis"))
CASES = ("cases.jsonl", b'{"question": "When?", "answers": ["at ten"], "context": "It opens at ten."}')
# Fields of operations whose example needs something that is not there.
GIVEN: dict[str, Any] = {
    "GET /api/v1/documents/{document_id}/quote-boxes": {"start": 0, "end": 9},
    "PATCH /api/v1/documents/{document_id}": {"metadata": {}},
    "PATCH /api/v1/conversations/{conversation_id}": {"pinned": True},
    "POST /api/v1/chat/{turn_id}/edit": {"message": "When?"},
    "POST /api/v1/chat/{turn_id}/regenerate": {},
    "POST /v1/fine_tuning/jobs": lambda ids: {"model": "loracle-base", "training_file": ids["dataset"]},
    "POST /api/v1/adapters/{name}/activate": {"override": "a test"},
    "POST /api/v1/adapters/{name}/canary": {"share": 0.5, "override": "a test"},
    "POST /api/v1/adapters/{name}/compress": {"rank": 1},
    "POST /api/v1/adapters/{name}/merge": {"parts": [{"adapter": "style-acme"}]},
    "POST /v1/vector_stores/{vector_store_id}/file_batches": lambda ids: {"file_ids": [ids["file"]]},
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
        "POST /api/v1/chat/{turn_id}/regenerate",
        "POST /api/v1/chat/{turn_id}/edit",
        "POST /api/v1/chat/{turn_id}/stop",
        "POST /api/v1/documents/{document_id}/summary",
        "POST /api/v1/documents/{document_id}/links",
        "POST /api/v1/feedback",
        "POST /api/v1/training/jobs/estimate",
        "POST /v1/chat/completions",
        "POST /v1/embeddings",
        "POST /v1/responses",
        "POST /v1/responses/{response_id}/cancel",
        "POST /v1/conversations",
        "POST /v1/vector_stores/{vector_store_id}/search",
        "POST /retrieval",
    }
)


@dataclass
class Matrix:
    """A service with things of everybody, and those who may not see them."""

    service: Service
    ids: dict[str, Any]  # of the tenant acme, by kind
    others: dict[str, Any]  # of the other tenant
    outsiders: dict[str, httpx.AsyncClient]

    @property
    def unknown(self) -> dict[str, Any]:
        """Ids that never were; pages have numbers."""
        return {kind: one if kind == "page" else f"x{one[1:]}" for kind, one in self.ids.items()}


async def outsiders(service: Service) -> dict[str, httpx.AsyncClient]:
    """Those who see nothing of what belongs to acme and its users."""
    common = {"user": "eve", "scopes": ["read", "write"], "adapter": "base"}
    await made(await service.acme.put("/api/v1/collections/open", json={}))
    return {
        "another tenant": service.other,
        "a user of another group": await service.token(service.acme, **common, groups=["guests"]),
        "a member, kept to another collection": await service.token(
            service.acme, **common, groups=[GROUP], collections=["open"]
        ),
    }


@asynccontextmanager
async def open_matrix(folder: Path) -> AsyncIterator[Matrix]:
    async with open_service(fake_settings(folder / "data")) as service:
        own = await make_belongings(service, service.acme, "acme", folder)
        others = await make_belongings(service, service.other, "other", folder)
        yield Matrix(service, own, others, await outsiders(service))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def matrix(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Matrix]:
    async with open_matrix(tmp_path_factory.mktemp("matrix")) as opened:
        yield opened


async def test_every_place_of_an_id_is_known() -> None:
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
        own = matrix.others if client is matrix.service.other else None
        for probe in places:
            if probe.within and own is None:
                continue  # a user has nothing of its own to look within
            foreign = await asked(client, probe, matrix.ids, own)
            unknown = await asked(client, probe, matrix.unknown, own)
            where = f"{who}: {probe.name}: {foreign}, {unknown}"
            free = probe.place == "" or foreign[1].get("code") in TOLD or (probe.within and name in MAKERS)
            assert free or foreign == unknown, where
            if probe.place == "path" and name not in MAKERS:
                refused = 404 if client is matrix.service.other and not operation.path.startswith(OPERATORS) else 403
                assert foreign[0] in {404, refused}, where


async def asked(
    client: httpx.AsyncClient, probe: Probe, ids: dict[str, Any], own: dict[str, Any] | None
) -> tuple[int, Any]:
    """The status and the error, without the ids that the request names. No answer holds a secret that it did not."""
    request = probe.request(ids, GIVEN, own)
    response = await client.request(**request)
    sent = json.dumps(request, default=str)
    said = response.text.casefold()
    assert response.status_code < 500, response.text
    assert not [word for word in secrets("acme") if word in said and word not in sent], (probe.name, response.text)
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
    document = await made(await matrix.service.acme.get(f"/api/v1/documents/{matrix.ids['document']}"))
    assert (document["filename"], document["status"]) == (f"{FILENAME}acme.md", "ready")
    assert document["access"] == {"groups": ["inner"]}
    turns = await made(await matrix.service.acme.get(f"/api/v1/conversations/{matrix.ids['conversation']}/turns"))
    assert len(turns["data"]) == 1


PLACES = [(method.upper(), path) for path, methods in SPEC["paths"].items() for method in methods if method in METHODS]


@pytest.mark.parametrize(("method", "path"), PLACES, ids=[" ".join(place) for place in PLACES])
async def test_without_a_key_nothing_is_open_but_health_and_docs(matrix: Matrix, method: str, path: str) -> None:
    response = await matrix.service.nobody.request(method, path)
    assert (response.status_code == 401) is path.startswith((*NEEDS_KEY, "/auth/sign-out"))


def what_ends_things_last(name: str) -> tuple[int, int]:
    """Operations in an order in which each finds what it names: reading, then changing, then deleting from within."""
    if not name.startswith("DELETE"):
        return int(not name.startswith(("GET", "HEAD"))), int("/chunks/" not in name)  # reading again makes others
    inner = [start for start in ("feedback", "chat") if f"/{start}/" in name]  # feedback ends with its answer
    return 2, -name.count("/") - 2 * len(inner) - inner.count("feedback")


OWN = [
    one.name
    for one in OPERATIONS.values()
    if one.path_parameters and (one.method == "get" or not one.path.startswith(OPERATORS))
]


@pytest.mark.parametrize("name", sorted(OWN, key=what_ends_things_last))
async def test_the_owner_finds_what_the_others_did_not(matrix: Matrix, name: str) -> None:
    """Else the matrix would compare one unknown id with another. The last test of the module: it deletes them all."""
    client = matrix.service.operator if OPERATIONS[name].path.startswith(OPERATORS) else matrix.service.acme
    request = Probe(OPERATIONS[name], "path", KINDS).request(matrix.ids, GIVEN)
    response = await client.request(**request)
    assert response.status_code < 400 or response.status_code == 409, response.text
