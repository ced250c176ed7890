"""One thing of each kind that a tenant can have, made over HTTP, and what parameters and fields name them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.support.files import adapter_upload
from tests.support.probes import Kinds
from tests.support.service import Service

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
        "current_turn_id": "turn",
        "feedback_id": "feedback",
        "adapter": "adapter",
        "model": "adapter",
        "evaluation_id": "evaluation",
        "other_id": "evaluation",
        "dataset_id": "dataset",
        "dataset": "dataset",
        "training_id": "training",
        "job_id": "training",
        "training_file": "dataset",
        "validation_file": "dataset",
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
        ("/api/v1/conversations/delete", "ids"): "conversation",
        ("/v1/conversations", "conversation_id"): "talk",
        ("/api/v1/adapters/{name}/merge", "parts"): "adapter",
        ("/v1/vector_stores", "batch_id"): "file batch",
        ("/v1/responses", "tools"): "vector store",
        ("/retrieval", "knowledge_id"): "collection",
        ("/api/v1/adapters/{name}", "name"): "adapter",
        ("/api/v1/tenants/{tenant_id}/adapters", "version"): "adapter version",
        ("/api/v1/jobs", "job_id"): "job",
        ("/api/v1/adapters/{name}", "evaluation_id"): "gate",
    },
    plain=frozenset({"file", "target_id"}),  # the second finds what an entry of the audit log names, and no thing
    wrapped={
        ("/api/v1/adapters/{name}/merge", "parts"): lambda one: [{"adapter": one}],
        ("/v1/responses", "tools"): lambda one: [{"type": "file_search", "vector_store_ids": [one]}],
    },
)
ANIMALS = FILENAME, TEXT, SAID, ROW = "quagga", "zebrafish", "okapi", "narwhal"  # where their names stand
GROUP = "inner"
ACCESS = {"groups": [GROUP]}
FORM = {"access": json.dumps(ACCESS)}


@dataclass(frozen=True)
class Maker:
    """Makes the things of one tenant. Its names end with `mark`, so that no other tenant has them."""

    service: Service
    key: httpx.AsyncClient
    user: httpx.AsyncClient  # a token of the user `ana-<mark>`, who is in the group
    mark: str

    def named(self, animal: str) -> str:
        return f"{animal}{self.mark}"

    @property
    def document(self) -> bytes:
        return f"# Fish\n\nThe {self.named(TEXT)} sleeps in the harbour. It wakes at ten.".encode()

    def file(self, ending: str = "") -> tuple[str, bytes]:
        return f"{self.named(FILENAME)}{ending}.md", self.document

    @property
    def cases(self) -> tuple[str, bytes]:
        case = {"question": f"When, {self.named(ROW)}?", "answers": ["ten"], "context": "It wakes at ten."}
        return "cases.jsonl", json.dumps(case).encode()

    async def call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        return await made(await self.key.request(method, path, **more))

    async def documents(self) -> dict[str, Any]:
        """All of them, and the collection, are seen by the group alone."""
        collection = f"inner-{self.mark}"
        await self.call("PUT", f"/api/v1/collections/{collection}", json={"access": ACCESS})
        document = await self.service.take_in(self.key, *self.file(), **FORM)
        await self.service.take_in(self.key, *self.file("-inner"), collection=collection)
        files = [("files", self.file("-batch"))]
        batch = await self.call("POST", "/api/v1/batches", files=files, data=FORM)
        keyed = {"text": self.document.decode(), "access": ACCESS, "filename": self.file("-key")[0]}
        await self.call("PUT", f"/api/v1/documents/by-key/key-{self.mark}", json=keyed)
        chunks = await self.call("GET", f"/api/v1/documents/{document['id']}/chunks")
        return {
            "document": document["id"],
            "document key": f"key-{self.mark}",
            "chunk": chunks["data"][0]["id"],
            "page": 1,
            "batch": batch["id"],
            "collection": collection,
        }

    async def answers(self) -> dict[str, Any]:
        """They are the user's, who asks of what the group sees."""
        asked = f"When does the {self.named(TEXT)} wake, said the {self.named(SAID)}?"
        turn = await made(await self.user.post("/api/v1/chat", json={"message": asked}))
        rated = {"turn_id": turn["id"], "rating": "up"}
        feedback = await made(await self.user.post("/api/v1/feedback", json=rated))
        talk = await made(await self.user.post("/v1/conversations", json={}))
        said = {"message": asked, "conversation_id": talk["id"]}
        item = (await made(await self.user.post("/api/v1/chat", json=said)))["id"].removeprefix("turn_")
        body = {"model": "loracle", "input": asked}
        response = await made(await self.user.post("/v1/responses", json=body))
        return {
            "conversation": turn["conversation_id"],
            "turn": turn["id"],
            "feedback": feedback["id"],
            "talk": talk["id"],
            "item": f"msg_{item}_0",
            "response": response["id"],
            "user": f"ana-{self.mark}",
        }

    async def trainings(self, folder: Path) -> dict[str, Any]:
        name = f"style-{self.mark}"
        rows = json.dumps({"prompt": f"When, {self.named(ROW)}?", "completion": "At ten."}).encode()
        upload = {"files": {"file": ("rows.jsonl", rows)}, "data": {"name": "rows"}}
        dataset = await self.call("POST", "/api/v1/training/datasets", **upload)
        wanted = {"adapter": "trained", "dataset": dataset["id"]}
        training = await self.call("POST", "/api/v1/training/jobs", json=wanted)
        adapter = await self.call("POST", "/api/v1/adapters", files=adapter_upload(folder), data={"name": name})
        gate = await self.call("POST", f"/api/v1/adapters/{name}/evaluations", files={"cases": self.cases})
        evaluation = await self.call("POST", "/api/v1/evaluations", files={"cases": self.cases})
        return {
            "dataset": dataset["id"],
            "training": training["id"],
            "adapter": name,
            "adapter version": adapter["version"],
            "gate": gate["id"],
            "evaluation": evaluation["id"],
        }

    async def vector_stores(self) -> dict[str, Any]:
        store = await self.call("POST", "/v1/vector_stores", json={"name": f"store-{self.mark}"})
        await self.call("PUT", f"/api/v1/collections/store-{self.mark}", json={"access": ACCESS})
        upload = {"files": {"file": self.file("-store")}, "data": {"purpose": "assistants"}}
        file = await self.call("POST", "/v1/files", **upload)
        batches = f"/v1/vector_stores/{store['id']}/file_batches"
        batch = await self.call("POST", batches, json={"file_ids": [file["id"]]})
        put = await self.call("GET", f"/v1/vector_stores/{store['id']}/files/{file['id']}")
        assert (await self.service.ready(self.key, put["document_id"]))["status"] == "ready"
        return {"file": file["id"], "vector store": store["id"], "file batch": batch["id"]}

    async def settings(self) -> dict[str, Any]:
        """Webhooks, tokens, keys and the tenant."""
        hook = {"url": "https://93.184.216.34/", "events": ["document.ready"], "enabled": False}
        webhook = await self.call("POST", "/api/v1/webhooks", json=hook)
        delivery = await self.call("POST", f"/api/v1/webhooks/{webhook['id']}/test")
        tokens = await self.call("GET", "/api/v1/tokens")
        tenant = self.service.acme_id if self.key is self.service.acme else self.service.other_id
        keys = await made(await self.service.operator.get("/api/v1/keys", params={"tenant_id": tenant}))
        jobs = await made(await self.service.operator.get("/api/v1/jobs", params={"tenant_id": tenant}))
        return {
            "webhook": webhook["id"],
            "delivery": delivery["id"],
            "token": tokens["data"][0]["id"],
            "key": keys["data"][0]["id"],
            "job": jobs["data"][0]["id"],
            "tenant": tenant,
        }


def secrets(mark: str) -> list[str]:
    """Words and names that only those may be told who see the things with this mark."""
    names = (f"{name}-{mark}" for name in ("ana", "inner", "store", "style", "key"))
    return [*(f"{animal}{mark}" for animal in ANIMALS), *names]


async def made(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code < 300, response.text
    body: dict[str, Any] = response.json()
    return body


async def make_belongings(service: Service, key: httpx.AsyncClient, mark: str, folder: Path) -> dict[str, Any]:
    """The ids of one thing of each kind, by kind."""
    user = await service.token(key, user=f"ana-{mark}", groups=[GROUP])
    maker = Maker(service, key, user, mark)
    ids: dict[str, Any] = {}
    for parts in (await maker.documents(), await maker.answers(), await maker.trainings(folder)):
        ids |= parts
    return {**ids, **await maker.vector_stores(), **await maker.settings()}
