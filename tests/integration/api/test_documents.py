"""Documents over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.documents.uploads import UploadService
from app.errors import StorageFull
from tests.support.files import MUSEUM, docx_bytes, pdf_bytes
from tests.support.service import Service


async def test_uploaded_document_becomes_ready_and_is_found(service: Service) -> None:
    document = await service.take_in(service.acme, "museum.md", MUSEUM)
    assert (document["status"], document["error"]) == ("ready", None)
    found = await service.acme.post("/api/v1/search", json={"query": "When does the museum open?"})
    assert "opens at ten" in found.json()["data"][0]["text"]


@pytest.mark.parametrize(
    ("name", "content", "phrase", "page"),
    [
        ("a.pdf", pdf_bytes("Nothing here.", "The treasure lies under the old oak tree."), "old oak tree", 2),
        ("a.docx", docx_bytes(), "thirty days of holiday", None),
        ("a.html", b"<h1>Rules</h1><script>x=1</script><p>Dogs must be kept on a lead.</p>", "on a lead", None),
        ("a.txt", "A reunião começa às nove horas.".encode("latin-1"), "reunião começa às nove", None),
    ],
)
async def test_every_format_keeps_its_text(
    service: Service, name: str, content: bytes, phrase: str, page: int | None
) -> None:
    document = await service.take_in(service.acme, name, content)
    assert document["status"] == "ready", document
    chunks = (await service.acme.get(f"/api/v1/documents/{document['id']}/chunks")).json()["data"]
    holding = next(chunk for chunk in chunks if phrase in chunk["text"])
    assert holding["page_end"] == page


async def test_chunk_offsets_point_into_the_content(service: Service) -> None:
    document = await service.take_in(service.acme, "a.pdf", pdf_bytes("One.\nTwo é.", "Three. Four."))
    content = (await service.acme.get(f"/api/v1/documents/{document['id']}/content")).json()
    chunks = (await service.acme.get(f"/api/v1/documents/{document['id']}/chunks")).json()["data"]
    assert [page["page"] for page in content["pages"]] == [1, 2]
    for chunk in chunks:
        assert content["text"][chunk["char_start"] : chunk["char_end"]] == chunk["text"]


async def test_same_bytes_under_the_same_name_are_the_same_document(service: Service) -> None:
    first = await service.take_in(service.acme, "museum.md", MUSEUM)
    again = await service.upload(service.acme, "museum.md", MUSEUM)
    assert (again.status_code, again.json()["id"]) == (200, first["id"])


async def test_same_name_with_other_bytes_is_a_new_version_and_the_old_text_is_gone(service: Service) -> None:
    first = await service.take_in(service.acme, "rules.txt", b"Lunch is served at noon.")
    second = await service.take_in(service.acme, "rules.txt", b"Lunch is served at one.")
    assert (second["id"], second["version"], second["live_version"]) == (first["id"], 2, 2)
    found = (await service.acme.post("/api/v1/search", json={"query": "When is lunch?"})).json()["data"]
    assert [hit["text"] for hit in found] == ["Lunch is served at one."]


async def test_deleted_document_is_gone_everywhere_at_once(service: Service) -> None:
    document = await service.take_in(service.acme, "museum.md", MUSEUM)
    deleted = await service.acme.delete(f"/api/v1/documents/{document['id']}")
    assert deleted.json() == {"id": document["id"], "object": "document", "deleted": True}
    for path in ("", "/chunks", "/content", "/file", "/events"):
        assert (await service.acme.get(f"/api/v1/documents/{document['id']}{path}")).status_code == 404
    assert (await service.acme.post("/api/v1/search", json={"query": "museum"})).json()["data"] == []
    assert not [path for path in service.runtime.storage.blobs._folder.rglob("*") if path.is_file()]


async def test_original_file_comes_back_as_it_was(service: Service) -> None:
    document = await service.take_in(service.acme, "museum.md", MUSEUM)
    response = await service.acme.get(f"/api/v1/documents/{document['id']}/file")
    assert response.content == MUSEUM
    assert response.headers["content-disposition"].startswith("attachment")


async def test_events_end_with_the_ready_document(service: Service) -> None:
    response = await service.upload(service.acme, "museum.md", MUSEUM)
    events = (await service.acme.get(f"/api/v1/documents/{response.json()['id']}/events")).text
    assert "event: done" in events
    assert '"status": "ready"' in events


async def test_lists_are_paged_by_last_id(service: Service) -> None:
    for number in range(5):
        await service.upload(service.acme, f"{number}.txt", f"Number {number}.".encode())
    first = (await service.acme.get("/api/v1/documents", params={"limit": 3, "order": "asc"})).json()
    rest = (
        await service.acme.get("/api/v1/documents", params={"limit": 3, "order": "asc", "after": first["last_id"]})
    ).json()
    names = [document["filename"] for document in first["data"] + rest["data"]]
    assert names == [f"{number}.txt" for number in range(5)]
    assert (first["has_more"], rest["has_more"]) == (True, False)


async def test_the_next_page_is_there_after_the_last_item_was_deleted(service: Service) -> None:
    for number in range(5):
        await service.upload(service.acme, f"{number}.txt", f"Number {number}.".encode())
    first = (await service.acme.get("/api/v1/documents", params={"limit": 3, "order": "asc"})).json()
    await service.acme.delete(f"/api/v1/documents/{first['last_id']}")
    query = {"limit": 3, "order": "asc", "after": first["next_cursor"]}
    rest = (await service.acme.get("/api/v1/documents", params=query)).json()
    assert [document["filename"] for document in rest["data"]] == ["3.txt", "4.txt"]
    assert rest["next_cursor"] is None


async def test_metadata_filters_and_collections_restrict_search(service: Service) -> None:
    await service.take_in(service.acme, "a.txt", b"The report is due in May.", collection="north", metadata='{"y": 1}')
    await service.take_in(service.acme, "b.txt", b"The report is due in June.", collection="south", metadata='{"y": 2}')
    for restriction, month in (
        ({"collections": ["north"]}, "May"),
        ({"filters": {"y": 2}}, "June"),
        ({"collections": ["north", "south"], "filters": {"y": 1}}, "May"),
    ):
        hits = (await service.acme.post("/api/v1/search", json={"query": "report due", **restriction})).json()["data"]
        assert [month in hit["text"] for hit in hits] == [True], restriction


async def test_idempotency_key_repeats_the_answer_and_refuses_another_request(service: Service) -> None:
    headers = {"Idempotency-Key": "abc"}
    files = {"file": ("a.txt", b"First.")}
    first = await service.acme.post("/api/v1/documents", files=files, headers=headers)
    again = await service.acme.post("/api/v1/documents", files=files, headers=headers)
    assert (again.status_code, again.json()) == (202, first.json())
    other = await service.acme.post("/api/v1/documents", files={"file": ("a.txt", b"Other.")}, headers=headers)
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_mismatch")


async def test_equal_uploads_at_once_under_one_key_make_one_document(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = []
    record = UploadService.record

    def counted(*args: Any, **more: Any) -> Any:
        recorded.append(args)
        return record(*args, **more)

    monkeypatch.setattr(UploadService, "record", counted)
    request = {"files": {"file": ("a.txt", b"One document.")}, "headers": {"Idempotency-Key": "burst"}}
    responses = await asyncio.gather(*(service.acme.post("/api/v1/documents", **request) for _ in range(50)))
    refused = [response for response in responses if response.status_code != 202]
    assert {response.status_code for response in refused} <= {409}
    assert {response.json()["error"]["code"] for response in refused} <= {"idempotency_in_progress"}
    assert all(response.headers["Retry-After"] == "1" for response in refused)
    assert len(recorded) == 1
    assert (await service.acme.post("/api/v1/documents", **request)).status_code == 202
    listed = (await service.acme.get("/api/v1/documents")).json()["data"]
    assert len(listed) == 1
    await service.ready(service.acme, listed[0]["id"])
    blobs = service.runtime.storage.blobs.path("00").parents[1]
    assert len([path for path in blobs.rglob("*") if path.is_file()]) == 1


async def test_upload_that_failed_frees_its_key(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise StorageFull("The disk is full.")

    request = {"files": {"file": ("a.txt", b"Once more.")}, "headers": {"Idempotency-Key": "retry"}}
    with monkeypatch.context() as patch:
        patch.setattr(UploadService, "record", full)
        assert (await service.acme.post("/api/v1/documents", **request)).status_code == 507
    assert (await service.acme.post("/api/v1/documents", **request)).status_code == 202


async def test_many_uploads_at_once_all_become_ready(service: Service) -> None:
    responses = await asyncio.gather(
        *(service.upload(service.acme, f"{n}.txt", f"Item {n} costs {n} euros.".encode()) for n in range(12))
    )
    states = [(await service.ready(service.acme, response.json()["id"]))["status"] for response in responses]
    assert states == ["ready"] * 12
