"""The service whose files lie in S3-compatible storage: the same answers, 503 while it is away, nothing half there."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from app.settings import Settings
from app.storage.blobs.bucket import Bucket, BucketAddress
from tests.support.fake_settings import fake_settings
from tests.support.files import MUSEUM, adapter_upload
from tests.support.s3 import S3Server, error, only, other_bytes, storage_settings
from tests.support.service import Service, open_service

ROWS = b'{"prompt": "When?", "completion": "At ten."}\n'
QUESTION = {"message": "When does the museum open?"}


@pytest.fixture
def address(s3: S3Server) -> BucketAddress:
    return s3.address(prefix="acme")


@pytest.fixture
def settings(tmp_path: Path, address: BucketAddress) -> Settings:
    return fake_settings(tmp_path / "data", **storage_settings(address))


@pytest.fixture
async def service(settings: Settings, fresh_database: None) -> AsyncIterator[Service]:
    async with open_service(settings) as opened:
        yield opened


@pytest.fixture
def bucket(address: BucketAddress) -> Bucket:
    return Bucket(address)


def keys(bucket: Bucket) -> list[str]:
    return [one.key for one in bucket.list("")]


def forget_copies(settings: Settings) -> None:
    """As if another machine answered next."""
    shutil.rmtree(settings.data_dir / "cache")


async def test_document_is_read_from_the_storage(service: Service, settings: Settings, bucket: Bucket) -> None:
    made = await service.take_in(service.acme, "museum.md", MUSEUM)
    assert made["status"] == "ready"
    assert len(keys(bucket)) == 1
    assert not (settings.data_dir / "blobs").exists()
    forget_copies(settings)
    file = f"/api/v1/documents/{made['id']}/file"
    whole = await service.acme.get(file)
    assert whole.content == MUSEUM
    assert whole.headers["content-disposition"].startswith("attachment")
    part = await service.acme.get(file, headers={"Range": "bytes=2-7"})
    assert (part.status_code, part.content) == (206, MUSEUM[2:8])
    assert (await service.acme.delete(f"/api/v1/documents/{made['id']}")).status_code == 200
    assert keys(bucket) == []


async def test_same_bytes_are_stored_once_and_again_when_they_are_lost(service: Service, bucket: Bucket) -> None:
    await service.take_in(service.acme, "one.md", MUSEUM)
    await service.take_in(service.acme, "two.md", MUSEUM)
    (key,) = keys(bucket)
    bucket.delete(key)
    made = await service.take_in(service.acme, "three.md", MUSEUM)
    (new,) = keys(bucket)
    assert new != key
    assert (await service.acme.get(f"/api/v1/documents/{made['id']}/file")).content == MUSEUM


async def test_damaged_file_is_a_fault_and_not_served(service: Service, settings: Settings, s3: S3Server) -> None:
    made = await service.take_in(service.acme, "museum.md", MUSEUM)
    forget_copies(settings)
    with s3.spoiled(only("GET", other_bytes)):
        answer = await service.acme.get(f"/api/v1/documents/{made['id']}/file")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "stored_file_damaged")
    assert (await service.acme.post("/api/v1/chat", json=QUESTION)).status_code == 200, "its text is in the database"


async def test_storage_that_refuses_is_503_and_nothing_is_recorded(
    service: Service, s3: S3Server, tmp_path: Path
) -> None:
    adapter = adapter_upload(tmp_path, 1)
    with s3.spoiled(error(403, "AccessDenied")):
        refused = [
            await service.upload(service.acme, "museum.md", MUSEUM),
            await service.acme.post("/v1/files", files={"file": ("a.md", MUSEUM)}, data={"purpose": "assistants"}),
            await service.acme.post(
                "/api/v1/training/datasets", files={"file": ("rows.jsonl", ROWS)}, data={"name": "rows"}
            ),
            await service.acme.post("/api/v1/adapters", files=adapter, data={"name": "style"}),
        ]
        assert (await service.nobody.get("/readyz")).status_code == 200, "questions are answered meanwhile"
    assert [one.status_code for one in refused] == [503] * 4
    assert {one.headers["retry-after"] for one in refused} == {"5"}
    assert "AccessDenied" not in refused[0].text
    for path in ("/api/v1/documents", "/v1/files", "/api/v1/training/datasets"):
        assert (await service.acme.get(path)).json()["data"] == []
    assert not [path for path in (service.runtime.storage.db.data_dir / "cache").rglob("*") if path.is_file()]
    assert (await service.take_in(service.acme, "museum.md", MUSEUM))["status"] == "ready"


async def test_document_whose_file_is_out_of_reach_is_read_later(
    service: Service, settings: Settings, s3: S3Server
) -> None:
    made = await service.take_in(service.acme, "museum.md", MUSEUM)
    forget_copies(settings)
    with s3.spoiled(only("GET", error(500, "InternalError"), times=3)):
        again = await service.acme.post(f"/api/v1/documents/{made['id']}/reparse")
        assert again.status_code in {200, 202}, again.text
        assert (await service.ready(service.acme, made["id"]))["status"] == "ready"


async def test_rows_and_files_of_openai_are_objects_too(service: Service, settings: Settings, bucket: Bucket) -> None:
    file = (
        await service.acme.post("/v1/files", files={"file": ("a.md", MUSEUM)}, data={"purpose": "assistants"})
    ).json()
    rows = (
        await service.acme.post(
            "/api/v1/training/datasets", files={"file": ("rows.jsonl", ROWS)}, data={"name": "rows"}
        )
    ).json()
    assert len(keys(bucket)) == 2
    forget_copies(settings)
    assert (await service.acme.get(f"/v1/files/{file['id']}/content")).content == MUSEUM
    exported = await service.acme.get(f"/api/v1/training/datasets/{rows['id']}/export")
    assert json.loads(exported.content) == json.loads(ROWS)


async def test_adapter_answers_on_a_machine_that_never_had_it(
    service: Service, settings: Settings, bucket: Bucket, tmp_path: Path
) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    files = adapter_upload(tmp_path, 1)
    made = (await service.acme.post("/api/v1/adapters", files=files, data={"name": "style"})).json()
    assert len([key for key in keys(bucket) if key.startswith(f"adapters/{service.acme_id}/{made['version']}-")]) == 2
    await service.acme.post("/api/v1/adapters/style/activate", json={"override": "a test"})
    forget_copies(settings)
    answer = (await service.acme.post("/api/v1/chat", json=QUESTION)).json()
    assert answer["adapter"]["version"] == made["version"]
    assert len(list((settings.data_dir / "cache" / "adapters" / "kept").glob(f"{service.acme_id}/*/*"))) == 2
    shutil.rmtree(settings.data_dir / "adapters")  # where uploads are taken in
    smaller = await service.acme.post("/api/v1/adapters/style/compress", json={"rank": 1})
    assert smaller.status_code == 201, smaller.text


async def test_damaged_adapter_does_not_answer(
    service: Service, settings: Settings, s3: S3Server, tmp_path: Path
) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path, 1), data={"name": "style"})
    await service.acme.post("/api/v1/adapters/style/activate", json={"override": "a test"})
    forget_copies(settings)
    with s3.spoiled(only("GET", other_bytes)):
        refused = await service.acme.post("/api/v1/chat", json=QUESTION)
    assert (refused.status_code, refused.json()["error"]["param"]) == (404, "adapter")
    with s3.spoiled(only("GET", error(403, "AccessDenied"))):
        unreachable = await service.acme.post("/api/v1/chat", json=QUESTION)
    assert (unreachable.status_code, unreachable.headers["retry-after"]) == (503, "5")
    assert (await service.acme.post("/api/v1/chat", json=QUESTION)).status_code == 200


async def test_deleted_tenant_leaves_no_objects(service: Service, bucket: Bucket, tmp_path: Path) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path, 1), data={"name": "style"})
    await service.take_in(service.other, "museum.md", MUSEUM)
    assert (await service.operator.delete(f"/api/v1/tenants/{service.acme_id}")).status_code == 200
    assert [key.partition("/")[0] for key in keys(bucket)] == ["blobs"]


async def test_downloads_are_redirected_if_the_operator_wants_it(settings: Settings, fresh_database: None) -> None:
    async with open_service(settings.model_copy(update={"s3_presigned": True})) as service:
        made = await service.take_in(service.acme, "museum.md", MUSEUM)
        file = f"/api/v1/documents/{made['id']}/file"
        redirect = await service.acme.get(file)
        assert (redirect.status_code, redirect.headers["cache-control"]) == (302, "no-store")
        async with httpx.AsyncClient() as anybody:
            saved = await anybody.get(redirect.headers["location"])
        assert saved.content == MUSEUM
        assert saved.headers["content-disposition"] == "attachment; filename*=UTF-8''museum.md"
        by_script = await service.acme.get(file, headers={"Sec-Fetch-Mode": "cors"})
        assert (by_script.status_code, by_script.content) == (200, MUSEUM)
        shown = await service.acme.post(f"/api/v1/documents/{made['id']}/links", json={"kind": "file"})
        inline = await service.nobody.get(shown.json()["url"])
        assert inline.status_code == 200, "what a browser shows keeps its policy"
        assert inline.headers["content-disposition"].startswith("inline")
