"""Uploads that fail leave a record that says why, and no file, unless it can be read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.documents.ingestion import pipeline
from app.errors import DocumentFailure
from app.storage.sql.totals import wrong_totals
from tests.support.service import Service

TEXT = b"The lock opens at dawn."
FEW = 16  # tests/reliability/quota_flood does a thousand


def files(service: Service) -> list[Path]:
    return [path for path in service.runtime.storage.blobs._folder.rglob("*") if path.is_file()]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The parser fails with the code under "code", if there is one."""
    state: dict[str, str] = {}
    parse = pipeline.parse_sandboxed

    def parse_or_fail(*given: Any) -> Any:
        if "code" in state:
            raise DocumentFailure(state["code"], "It cannot be read.")
        return parse(*given)

    monkeypatch.setattr(pipeline, "parse_sandboxed", parse_or_fail)
    return state


@pytest.mark.parametrize("code", ["too_much_text", "encrypted", "truncated"])
async def test_file_that_cannot_be_read_as_it_is_is_not_kept(
    service: Service, failing: dict[str, str], code: str
) -> None:
    failing["code"] = code
    failed = await service.take_in(service.acme, "a.txt", TEXT)
    assert (failed["status"], failed["error"]) == ("failed", {"code": code, "message": "It cannot be read."})
    assert files(service) == []
    path = f"/api/v1/documents/{failed['id']}"
    gone = await service.acme.get(f"{path}/file")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "stored_file_gone")
    again = await service.acme.post(f"{path}/reparse")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "stored_file_gone")
    assert "upload it again" in again.json()["error"]["message"]
    reparsed = await service.acme.post("/api/v1/collections/default/reparse")
    assert (reparsed.status_code, reparsed.json()["documents"]) == (202, 0)
    del failing["code"]
    ready = await service.take_in(service.acme, "a.txt", TEXT)
    assert (ready["id"], ready["status"], len(files(service))) == (failed["id"], "ready", 1)


@pytest.mark.parametrize("code", ["ocr_unavailable", "parser_failed", "parser_timeout"])
async def test_file_that_another_reader_may_read_is_kept(service: Service, failing: dict[str, str], code: str) -> None:
    failing["code"] = code
    failed = await service.take_in(service.acme, "a.txt", TEXT)
    assert (failed["status"], len(files(service))) == ("failed", 1)
    del failing["code"]
    await service.acme.post(f"/api/v1/documents/{failed['id']}/reparse")
    assert (await service.ready(service.acme, failed["id"]))["status"] == "ready"


async def test_failed_new_version_leaves_the_one_that_answers_with_its_file(
    service: Service, failing: dict[str, str]
) -> None:
    ready = await service.take_in(service.acme, "a.txt", TEXT)
    failing["code"] = "too_much_text"
    failed = await service.take_in(service.acme, "a.txt", TEXT * 100)
    assert (failed["id"], failed["status"], failed["live_version"]) == (ready["id"], "failed", 1)
    assert (await service.acme.get(f"/api/v1/documents/{ready['id']}/file")).content == TEXT
    assert len(files(service)) == 1


async def test_file_of_a_client_stays_when_its_document_fails(service: Service, failing: dict[str, str]) -> None:
    failing["code"] = "too_much_text"
    form = {"files": {"file": ("a.txt", TEXT)}, "data": {"purpose": "assistants"}}
    file = (await service.acme.post("/v1/files", **form)).json()["id"]
    store = (await service.acme.post("/v1/vector_stores", json={"file_ids": [file]})).json()["id"]
    for document in (await service.acme.get("/api/v1/documents")).json()["data"]:
        assert (await service.ready(service.acme, document["id"]))["status"] == "failed"
    assert (await service.acme.get(f"/v1/vector_stores/{store}/files")).json()["data"][0]["status"] == "failed"
    assert (await service.acme.get(f"/v1/files/{file}/content")).content == TEXT


async def test_failed_uploads_leak_nothing(service: Service, failing: dict[str, str]) -> None:
    """Of each kind: refused by its content, by a quota, and failed when it was read."""
    failing["code"] = "too_much_text"
    quotas = {"quotas": {"stored_bytes": 1000}}
    await service.operator.put(f"/api/v1/tenants/{service.acme_id}/limits", json=quotas)
    for number in range(FEW // 4):
        assert (await service.upload(service.acme, "a.bin", bytes(range(256)))).status_code == 415
        assert (await service.upload(service.acme, "a.txt", b"")).status_code == 422
        assert (await service.upload(service.acme, "a.txt", b"x" * 1001)).status_code == 413
        failed = await service.take_in(service.acme, f"{number}.txt", f"{number}".encode())
        assert failed["status"] == "failed"
    assert files(service) == []
    used = (await service.acme.get("/api/v1/me")).json()["quotas"]
    assert (used["stored_bytes"]["used"], used["documents"]["used"]) == (0, FEW // 4)
    with service.runtime.storage.db.read() as session:
        assert wrong_totals(session) == {}
