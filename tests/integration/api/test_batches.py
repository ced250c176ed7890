"""Many documents in one call."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from typing import Any

import httpx
import pytest

from app.documents.incoming_files import IncomingFile
from tests.support.files import MUSEUM, docx_bytes
from tests.support.service import Service


async def send(client: httpx.AsyncClient, files: list[tuple[str, bytes]], **fields: str) -> httpx.Response:
    return await client.post("/api/v1/batches", files=[("files", file) for file in files], data=fields)


async def finished(client: httpx.AsyncClient, batch: dict) -> dict:
    for _ in range(1200):
        batch = (await client.get(f"/api/v1/batches/{batch['id']}")).json()
        if batch["finished"]:
            return batch
        await asyncio.sleep(0.05)
    raise AssertionError(batch)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


async def test_every_file_becomes_a_document_with_its_folders(service: Service) -> None:
    response = await send(
        service.acme, [("a/rules.txt", b"Lunch is at noon."), ("b/rules.txt", b"Dinner is at eight.")], collection="c"
    )
    assert response.status_code == 202, response.text
    batch = await finished(service.acme, response.json())
    assert (batch["files"], batch["counts"], batch["progress"], batch["refused"]) == (2, {"ready": 2}, 1.0, [])
    listed = (await service.acme.get("/api/v1/documents", params={"batch": batch["id"]})).json()["data"]
    assert {one["filename"] for one in listed} == {"a/rules.txt", "b/rules.txt"}
    assert {one["collection"] for one in listed} == {"c"}
    file = await service.acme.get(f"/api/v1/documents/{listed[0]['id']}/file")
    assert "/" not in file.headers["content-disposition"]


async def test_archive_is_taken_as_what_is_in_it(service: Service) -> None:
    archive = zipped(
        {"in/museum.md": MUSEUM, "__MACOSX/x": b"x", ".hidden": b"x", "empty.txt": b"", "b.docx": docx_bytes()}
    )
    batch = await finished(service.acme, (await send(service.acme, [("all.zip", archive)])).json())
    assert (batch["files"], batch["counts"]) == (3, {"ready": 2})
    assert [(one["filename"], one["code"]) for one in batch["refused"]] == [("all/empty.txt", "empty_document")]
    whole = await finished(service.acme, (await send(service.acme, [("all.zip", archive)], unpack="false")).json())
    assert (whole["files"], whole["counts"]) == (1, {"ready": 1})


async def test_bad_files_are_refused_and_leave_the_others_alone(service: Service) -> None:
    files = [
        ("good.txt", b"The key is under the mat."),
        ("binary.bin", bytes(range(256)) * 20),
        ("../escape.txt", b"out"),
        ("broken.zip", b"PK\x03\x04" + b"x" * 200),
        ("empty.txt", b""),
    ]
    batch = await finished(service.acme, (await send(service.acme, files)).json())
    assert batch["counts"] == {"ready": 1}
    codes = {one["filename"]: one["code"] for one in batch["refused"]}
    assert codes == {
        "binary.bin": "unsupported_media_type",
        "../escape.txt": "invalid_request",
        "broken.zip": "truncated",
        "empty.txt": "empty_document",
    }
    kept = [path for path in service.runtime.storage.blobs._folder.rglob("*") if path.is_file()]
    assert len(kept) == 1


async def test_archive_that_unpacks_to_too_much_is_stopped(service: Service) -> None:
    bomb = zipped({f"{i}.txt": b"0" * (60 * 2**20) for i in range(5)})
    batch = (await send(service.acme, [("bomb.zip", bomb), ("good.txt", b"Fine.")])).json()
    assert {one["code"] for one in batch["refused"]} == {"too_much_unpacked"}
    assert (await finished(service.acme, batch))["files"] == 6


async def test_archive_with_too_many_members_is_refused(service: Service) -> None:
    many = zipped({f"{i}.txt": b"x" for i in range(1001)})
    batch = (await send(service.acme, [("many.zip", many)])).json()
    assert [(one["filename"], one["code"]) for one in batch["refused"]] == [("many.zip", "too_many_members")]


async def test_more_than_a_thousand_files_are_refused_whole(service: Service) -> None:
    response = await send(service.acme, [(f"{i}.txt", b"x") for i in range(1001)])
    assert response.status_code == 422
    assert "1000" in response.json()["error"]["message"]


async def test_files_of_an_upload_wait_on_disk(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk: list[bool] = []
    of = IncomingFile.of

    def watched(name: str | None, file: Any) -> IncomingFile:
        on_disk.append(file._rolled)
        return of(name, file)

    monkeypatch.setattr(IncomingFile, "of", watched)
    await send(service.acme, [("large.txt", b"A line.\n" * 20_000), ("small.txt", b"One.")])
    assert on_disk == [True, False]


async def test_same_files_again_are_the_same_documents(service: Service) -> None:
    files = [("a.txt", b"One."), ("b.txt", b"Two."), ("copy-of-a.txt", b"One.")]
    first = await finished(service.acme, (await send(service.acme, files)).json())
    again = (await send(service.acme, files)).json()
    assert (again["finished"], again["counts"], again["files"]) == (True, first["counts"], 3)
    listed = (await service.acme.get("/api/v1/documents")).json()["data"]
    assert {one["filename"] for one in listed} == {"a.txt", "b.txt", "copy-of-a.txt"}


async def test_events_tell_of_the_batch_until_it_is_done(service: Service) -> None:
    batch = (await send(service.acme, [(f"{i}.txt", f"Number {i}.".encode()) for i in range(5)])).json()
    text = (await service.acme.get(f"/api/v1/batches/{batch['id']}/events")).text
    last = text.strip().split("\n\n")[-1]
    assert last.startswith("event: done")
    assert json.loads(last.partition("data: ")[2])["counts"] == {"ready": 5}


async def test_cancelled_batch_takes_in_no_more(service: Service) -> None:
    batch = (await send(service.acme, [(f"{i}.txt", f"Number {i}. ".encode() * 5000) for i in range(20)])).json()
    await service.acme.post(f"/api/v1/batches/{batch['id']}/cancel")
    batch = await finished(service.acme, batch)
    assert batch["counts"]["cancelled"] >= 10
    assert sum(batch["counts"].values()) == 20


async def test_other_tenant_cannot_see_a_batch(service: Service) -> None:
    batch = (await send(service.acme, [("a.txt", b"One.")])).json()
    for path in ("", "/events"):
        assert (await service.other.get(f"/api/v1/batches/{batch['id']}{path}")).status_code == 404
    assert (await service.other.post(f"/api/v1/batches/{batch['id']}/cancel")).status_code == 404
    assert (await service.other.get("/api/v1/documents", params={"batch": batch["id"]})).json()["data"] == []


async def test_bad_fields_are_named(service: Service) -> None:
    for fields, param in (
        ({"unpack": "maybe"}, "unpack"),
        ({"metadata": "[]"}, "metadata"),
        ({"collection": ""}, "collection"),
    ):
        response = await send(service.acme, [("a.txt", b"One.")], **fields)
        assert (response.status_code, response.json()["error"]["param"]) == (422, param)
    nothing = await service.acme.post("/api/v1/batches", json={})
    assert nothing.status_code == 422
