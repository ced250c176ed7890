"""Every operation that changes something is in the audit log, or says here why it need not be.

An operation that the tables do not know fails. Those of the first table are called, and their entries looked for.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from app.domain.audit import AuditAction
from tests.integration.api.test_isolation import (
    CASES,
    GIVEN,
    OPERATIONS,
    OPERATORS,
    Matrix,
    open_matrix,
    what_ends_things_last,
)
from tests.support.belongings import KINDS, made
from tests.support.files import adapter_upload
from tests.support.probes import Probe

RECORDED: dict[str, AuditAction] = {
    "POST /api/v1/documents": AuditAction.DOCUMENT_ADDED,
    "PUT /api/v1/documents/by-key/{external_id}": AuditAction.DOCUMENT_ADDED,
    "POST /api/v1/batches": AuditAction.DOCUMENT_ADDED,
    "PATCH /api/v1/documents/{document_id}": AuditAction.DOCUMENT_CHANGED,
    "PATCH /api/v1/documents/{document_id}/chunks/{chunk_id}": AuditAction.DOCUMENT_CHANGED,
    "POST /api/v1/documents/{document_id}/links": AuditAction.LINK_CREATED,
    "DELETE /api/v1/documents/{document_id}": AuditAction.DOCUMENT_DELETED,
    "DELETE /api/v1/documents/by-key/{external_id}": AuditAction.DOCUMENT_DELETED,
    "POST /api/v1/documents/delete": AuditAction.DOCUMENT_DELETED,
    "PUT /api/v1/collections/{name}": AuditAction.COLLECTION_CHANGED,
    "PATCH /api/v1/answering": AuditAction.CHAT_SETTINGS_CHANGED,
    "DELETE /api/v1/conversations/{conversation_id}": AuditAction.CONVERSATION_DELETED,
    "DELETE /api/v1/conversations/{conversation_id}/turns/{turn_id}": AuditAction.CONVERSATION_DELETED,
    "POST /api/v1/conversations/delete": AuditAction.CONVERSATION_DELETED,
    "DELETE /api/v1/feedback/{feedback_id}": AuditAction.FEEDBACK_DELETED,
    "POST /api/v1/adapters": AuditAction.ADAPTER_ADDED,
    "POST /api/v1/adapters/{name}/compress": AuditAction.ADAPTER_ADDED,
    "POST /api/v1/adapters/{name}/merge": AuditAction.ADAPTER_ADDED,
    "POST /api/v1/adapters/{name}/activate": AuditAction.ADAPTER_OVERRIDDEN,
    "POST /api/v1/adapters/{name}/deactivate": AuditAction.ADAPTER_DEACTIVATED,
    "POST /api/v1/adapters/{name}/rollback": AuditAction.ADAPTER_ROLLED_BACK,
    "POST /api/v1/adapters/{name}/canary": AuditAction.CANARY_STARTED,
    "DELETE /api/v1/adapters/{name}": AuditAction.ADAPTER_DELETED,
    "POST /api/v1/adapters/{name}/evaluations": AuditAction.EVALUATION_STARTED,
    "POST /api/v1/adapters/{name}/evaluations/{evaluation_id}/cancel": AuditAction.EVALUATION_CANCELLED,
    "POST /api/v1/evaluations": AuditAction.EVALUATION_STARTED,
    "DELETE /api/v1/evaluations/{evaluation_id}": AuditAction.EVALUATION_DELETED,
    "POST /api/v1/training/datasets": AuditAction.DATASET_ADDED,
    "POST /api/v1/training/datasets/from-documents": AuditAction.DATASET_ADDED,
    "DELETE /api/v1/training/datasets/{dataset_id}": AuditAction.DATASET_DELETED,
    "POST /api/v1/training/jobs": AuditAction.TRAINING_STARTED,
    "POST /api/v1/training/jobs/{training_id}/cancel": AuditAction.TRAINING_CHANGED,
    "POST /api/v1/training/jobs/{training_id}/pause": AuditAction.TRAINING_CHANGED,
    "POST /api/v1/training/jobs/{training_id}/resume": AuditAction.TRAINING_CHANGED,
    "DELETE /api/v1/training/jobs/{training_id}": AuditAction.TRAINING_DELETED,
    "POST /v1/fine_tuning/jobs": AuditAction.TRAINING_STARTED,
    "POST /v1/fine_tuning/jobs/{job_id}/cancel": AuditAction.TRAINING_CHANGED,
    "POST /v1/fine_tuning/jobs/{job_id}/pause": AuditAction.TRAINING_CHANGED,
    "POST /v1/fine_tuning/jobs/{job_id}/resume": AuditAction.TRAINING_CHANGED,
    "POST /v1/files": AuditAction.FILE_ADDED,
    "DELETE /v1/files/{file_id}": AuditAction.FILE_DELETED,
    "POST /v1/vector_stores": AuditAction.COLLECTION_CHANGED,
    "POST /v1/vector_stores/{vector_store_id}": AuditAction.COLLECTION_CHANGED,
    "DELETE /v1/vector_stores/{vector_store_id}": AuditAction.COLLECTION_DELETED,
    "POST /v1/vector_stores/{vector_store_id}/files": AuditAction.DOCUMENT_ADDED,
    "POST /v1/vector_stores/{vector_store_id}/files/{file_id}": AuditAction.DOCUMENT_CHANGED,
    "POST /v1/vector_stores/{vector_store_id}/file_batches": AuditAction.DOCUMENT_ADDED,
    "DELETE /v1/vector_stores/{vector_store_id}/files/{file_id}": AuditAction.DOCUMENT_DELETED,
    "DELETE /v1/responses/{response_id}": AuditAction.CONVERSATION_DELETED,
    "DELETE /v1/conversations/{conversation_id}": AuditAction.CONVERSATION_DELETED,
    "POST /api/v1/webhooks": AuditAction.WEBHOOK_CREATED,
    "PATCH /api/v1/webhooks/{webhook_id}": AuditAction.WEBHOOK_CHANGED,
    "DELETE /api/v1/webhooks/{webhook_id}": AuditAction.WEBHOOK_DELETED,
    "POST /api/v1/tokens": AuditAction.TOKEN_CREATED,
    "DELETE /api/v1/tokens/{token_id}": AuditAction.TOKEN_REVOKED,
    "POST /api/v1/me/keys": AuditAction.KEY_CREATED,
    "POST /api/v1/me/keys/{key_id}/rotate": AuditAction.KEY_ROTATED,
    "DELETE /api/v1/me/keys/{key_id}": AuditAction.KEY_REVOKED,
    "POST /api/v1/tenants": AuditAction.TENANT_CREATED,
    "PATCH /api/v1/tenants/{tenant_id}": AuditAction.TENANT_SUSPENDED,
    "DELETE /api/v1/tenants/{tenant_id}": AuditAction.TENANT_DELETED,
    "PUT /api/v1/tenants/{tenant_id}/limits": AuditAction.LIMITS_CHANGED,
    "POST /api/v1/keys": AuditAction.KEY_CREATED,
    "POST /api/v1/keys/{key_id}/rotate": AuditAction.KEY_ROTATED,
    "DELETE /api/v1/keys/{key_id}": AuditAction.KEY_REVOKED,
    "POST /api/v1/jobs/{job_id}/cancel": AuditAction.JOB_CANCELLED,
    "POST /api/v1/jobs/{job_id}/retry": AuditAction.JOB_RETRIED,
    "POST /api/v1/queue/pause": AuditAction.QUEUE_PAUSED,
    "POST /api/v1/queue/resume": AuditAction.QUEUE_RESUMED,
    # Reading that is more than the reader's own
    "GET /api/v1/adapters/{name}/export": AuditAction.ADAPTER_EXPORTED,
    "GET /api/v1/audit/export": AuditAction.AUDIT_EXPORTED,
    "GET /api/v1/tenants/{tenant_id}/adapters/{version}": AuditAction.ADAPTER_EXPORTED,  # the operator reads a tenant's
}
ASKS = "it asks: the question and its answer are kept as a conversation, and counted as use"
OWN = "what a user keeps for itself, and changes nothing that others see"
SAME_WORK = "it has the same work done again, or not done: what is worked on is recorded"
KEPT_ELSEWHERE = "each sending is kept as a delivery"
NOTHING = "it keeps nothing"
NOT_RECORDED: dict[str, str] = {
    "POST /api/v1/search": ASKS,
    "POST /retrieval": ASKS,
    "POST /api/v1/chat": ASKS,
    "POST /api/v1/chat/{turn_id}/regenerate": ASKS,
    "POST /api/v1/chat/{turn_id}/edit": ASKS,
    "POST /api/v1/chat/{turn_id}/stop": ASKS,
    "POST /api/v1/documents/{document_id}/summary": ASKS,
    "POST /v1/chat/completions": ASKS,
    "POST /v1/embeddings": ASKS,
    "POST /v1/responses": ASKS,
    "POST /v1/responses/{response_id}/cancel": ASKS,
    "POST /v1/vector_stores/{vector_store_id}/search": ASKS,
    "POST /v1/conversations": OWN,
    "POST /v1/conversations/{conversation_id}": OWN,
    "PATCH /api/v1/conversations/{conversation_id}": OWN,
    "POST /api/v1/feedback": OWN,
    "POST /api/v1/documents/{document_id}/cancel": SAME_WORK,
    "POST /api/v1/documents/{document_id}/reparse": SAME_WORK,
    "POST /api/v1/collections/{name}/reparse": SAME_WORK,
    "POST /api/v1/batches/{batch_id}/cancel": SAME_WORK,
    "POST /v1/vector_stores/{vector_store_id}/file_batches/{batch_id}/cancel": SAME_WORK,
    "POST /api/v1/webhooks/{webhook_id}/test": KEPT_ELSEWHERE,
    "POST /api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/retry": KEPT_ELSEWHERE,
    "POST /api/v1/training/datasets/validate": NOTHING,
    "POST /api/v1/training/jobs/estimate": NOTHING,
}
RECORDED_AS = {  # by the code of another operation; they need what is not here
    "POST /api/v1/documents/from-url": "POST /api/v1/documents",
    "POST /api/v1/training/datasets/from-feedback": "POST /api/v1/training/datasets",
}
ROW = ("rows.jsonl", b'{"prompt": "When?", "completion": "At ten."}')
# In place of the examples, which name what is not there or change nothing.
BODIES: dict[str, Any] = {
    **GIVEN,
    "POST /api/v1/batches": {"files": ("batch.md", b"A batch.")},
    "POST /api/v1/training/datasets": {"file": ROW, "name": "more"},
    "PATCH /api/v1/documents/{document_id}": {"metadata": {"reviewed": True}},
    "PATCH /api/v1/documents/{document_id}/chunks/{chunk_id}": {"enabled": False},
    "PUT /api/v1/documents/by-key/{external_id}": {"text": "A new text.", "filename": "by-key.md"},
    "POST /api/v1/adapters/{name}/evaluations": {"cases": CASES, "against": "base"},
    "PATCH /api/v1/webhooks/{webhook_id}": {"enabled": False},
    "POST /api/v1/webhooks": {"url": "https://93.184.216.34/", "events": ["document.ready"]},
    "POST /v1/files": {"file": ("more.md", b"More."), "purpose": "assistants"},
}


def test_every_operation_that_changes_something_is_in_a_table() -> None:
    changing = {name for name in OPERATIONS if not name.startswith(("GET", "HEAD"))}
    assert {*RECORDED, *NOT_RECORDED, *RECORDED_AS} >= changing
    assert {*RECORDED, *NOT_RECORDED, *RECORDED_AS} <= set(OPERATIONS)
    assert set(RECORDED_AS.values()) <= set(RECORDED)
    assert len(RECORDED) + len(NOT_RECORDED) + len(RECORDED_AS) == len({*RECORDED, *NOT_RECORDED, *RECORDED_AS})


def test_every_action_but_those_of_commands_and_sign_in_is_recorded_by_an_operation() -> None:
    elsewhere = {one for one in AuditAction if one.partition(".")[0] in {"sign_in", "authentication", "backup"}}
    elsewhere |= {AuditAction.DATABASE_COPIED, AuditAction.AUDIT_DELETED}
    variants = {  # of an operation with other fields
        AuditAction.TENANT_RESUMED,
        AuditAction.ADAPTER_ACTIVATED,
        AuditAction.CANARY_ENDED,
        AuditAction.DOCUMENT_ACCESS_CHANGED,
    }
    assert set(AuditAction) - set(RECORDED.values()) == elsewhere | variants


# Operations on a thing that is made for them, since others end it or it has ended.
MADE_ANEW = {
    "POST /api/v1/training/jobs/{training_id}/cancel": "training",
    "POST /api/v1/training/jobs/{training_id}/pause": "training",
    "POST /api/v1/training/jobs/{training_id}/resume": "training",
    "DELETE /api/v1/training/jobs/{training_id}": "training",
    "POST /v1/fine_tuning/jobs/{job_id}/cancel": "training",
    "POST /v1/fine_tuning/jobs/{job_id}/pause": "training",
    "POST /v1/fine_tuning/jobs/{job_id}/resume": "training",
    "POST /api/v1/adapters/{name}/evaluations/{evaluation_id}/cancel": "gate",
    "POST /v1/vector_stores/{vector_store_id}/files": "file",
    "POST /v1/vector_stores/{vector_store_id}/file_batches": "file",
    "DELETE /api/v1/documents/{document_id}": "document",
    "POST /api/v1/documents/delete": "document",
    "DELETE /api/v1/documents/by-key/{external_id}": "document",
    "POST /api/v1/training/datasets/from-documents": "document",
    "DELETE /api/v1/conversations/{conversation_id}": "turn",
    "DELETE /api/v1/conversations/{conversation_id}/turns/{turn_id}": "turn",
    "POST /api/v1/conversations/delete": "turn",
    "DELETE /api/v1/feedback/{feedback_id}": "turn",
    "DELETE /api/v1/adapters/{name}": "adapter",
    "DELETE /api/v1/training/datasets/{dataset_id}": "dataset",
    "POST /api/v1/jobs/{job_id}/cancel": "job",
    "POST /api/v1/jobs/{job_id}/retry": "job",
}
FIRST = {  # what has to be done before
    "POST /api/v1/training/jobs/{training_id}/resume": "POST /api/v1/training/jobs/{training_id}/cancel",
    "POST /v1/fine_tuning/jobs/{job_id}/resume": "POST /v1/fine_tuning/jobs/{job_id}/cancel",
    "DELETE /api/v1/training/jobs/{training_id}": "POST /api/v1/training/jobs/{training_id}/cancel",
    "POST /api/v1/jobs/{job_id}/retry": "POST /api/v1/jobs/{job_id}/cancel",
}


async def test_operations_leave_an_entry_with_their_request(tmp_path: Path) -> None:
    async with open_matrix(tmp_path) as matrix:
        await made(await matrix.service.operator.post("/api/v1/queue/pause"))  # nothing ends by itself
        missing = [name for name in sorted(RECORDED, key=order) if not await is_recorded(matrix, tmp_path, name)]
    assert missing == []


def order(name: str) -> tuple[int, int, int, str]:
    """What needs a thing before what ends it, and the operator's operations last, tenants at the end of them."""
    path = name.partition(" ")[2]
    return int(path.startswith(OPERATORS)), *what_ends_things_last(name), path


async def is_recorded(matrix: Matrix, folder: Path, name: str) -> bool:
    """Call the operation, which must succeed, and look for the entry of its request."""
    operator = name.partition(" ")[2].startswith(OPERATORS)
    client, ids = (matrix.service.operator, matrix.others) if operator else (matrix.service.acme, matrix.ids)
    if name in MADE_ANEW:
        ids = {**ids, **await made_anew(matrix, folder, MADE_ANEW[name], ids)}
    if name in FIRST:
        await made(await client.request(**Probe(OPERATIONS[FIRST[name]], "path", KINDS).request(ids, BODIES)))
    request = Probe(OPERATIONS[name], "path", KINDS).request(ids, BODIES)
    if name == "POST /api/v1/documents/delete":
        request["json"] = {"ids": [ids["document"]]}
    if name == "POST /api/v1/conversations/delete":
        request["json"] = {"ids": [ids["conversation"]]}
    if name == "POST /api/v1/evaluations":
        request |= {"files": {"cases": CASES}, "data": {}}
    if name == "POST /api/v1/adapters":
        request |= {"files": adapter_upload(folder, 9), "data": {"name": "new"}}
    response = await client.request(**request)
    asked = {"action": RECORDED[name], "limit": 100}
    found = (await matrix.service.operator.get("/api/v1/audit", params=asked)).json()["data"]
    mine = [one for one in found if one["actor"]["request_id"] == response.headers["X-Request-Id"]]
    if not response.is_success or not mine:
        print(name, response.status_code, response.text[:300] if not response.is_success else "not recorded")
    return response.is_success and bool(mine)


async def made_anew(matrix: Matrix, folder: Path, kind: str, ids: dict[str, Any]) -> dict[str, Any]:
    """The ids of a new thing of this kind."""
    acme = matrix.service.acme
    match kind:
        case "document":
            return await a_document(matrix)
        case "turn":
            turn = await made(await acme.post("/api/v1/chat", json={"message": "When?"}))
            feedback = await made(await acme.post("/api/v1/feedback", json={"turn_id": turn["id"], "rating": "up"}))
            return {"turn": turn["id"], "conversation": turn["conversation_id"], "feedback": feedback["id"]}
        case "job":
            return await a_job_of_another(matrix)
    number = next(NUMBERS)
    file = (f"{number}.md", f"File {number}.".encode())
    path, request, answered = {
        "training": ("/api/v1/training/jobs", {"json": {"adapter": "trained", "dataset": ids["dataset"]}}, "id"),
        "dataset": ("/api/v1/training/datasets", {"files": {"file": ROW}, "data": {"name": f"rows-{number}"}}, "id"),
        "gate": (f"/api/v1/adapters/{ids['adapter']}/evaluations", {"files": {"cases": CASES}}, "id"),
        "file": ("/v1/files", {"files": {"file": file}, "data": {"purpose": "assistants"}}, "id"),
        "adapter": (
            "/api/v1/adapters",
            {"files": adapter_upload(folder, 100 + number), "data": {"name": f"new-{number}"}},
            "name",
        ),
    }[kind]
    return {kind: (await made(await acme.post(path, **request)))[answered]}


async def a_document(matrix: Matrix) -> dict[str, Any]:
    """One that is ready; jobs run for as long as that takes."""
    number = next(NUMBERS)
    text = f"The whale {number} sleeps in the harbour of Horta. It wakes at ten."
    await made(await matrix.service.operator.post("/api/v1/queue/resume"))
    path, body = f"/api/v1/documents/by-key/key-{number}", {"text": text, "filename": f"{number}.md"}
    document = await made(await matrix.service.acme.put(path, json=body))
    await matrix.service.ready(matrix.service.acme, document["id"])
    await made(await matrix.service.operator.post("/api/v1/queue/pause"))
    return {"document": document["id"], "document key": f"key-{number}"}


async def a_job_of_another(matrix: Matrix) -> dict[str, Any]:
    """A queued evaluation of the other tenant."""
    await made(await matrix.service.other.post("/api/v1/evaluations", files={"cases": CASES}))
    asked = {"tenant_id": matrix.service.other_id, "kind": "evaluate", "status": "queued"}
    return {"job": (await made(await matrix.service.operator.get("/api/v1/jobs", params=asked)))["data"][0]["id"]}


NUMBERS = count(1)
