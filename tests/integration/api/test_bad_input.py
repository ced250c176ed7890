"""Every kind of bad input, over HTTP: a clear error in the envelope, nothing lost, the service healthy."""

from __future__ import annotations

import errno
import io
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from app.bootstrap.runtime import build_runtime
from app.settings import Settings
from tests.support.files import (
    MUSEUM,
    adapter_config,
    adapter_tensors,
    adapter_upload,
    docx_bytes,
    pdf_bytes,
    safetensors_bytes,
)
from tests.support.service import Service

ENCRYPTED_PDF = pdf_bytes("Secret.").replace(
    b"/Root 1 0 R",
    b"/Root 1 0 R /ID [<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>] /Encrypt << /Filter "
    b"/Standard /V 1 /R 2 /O <" + b"00" * 32 + b"> /U <" + b"11" * 32 + b"> /P -4 >>",
)


@pytest.fixture(autouse=True)
async def healthy_afterwards(service: Service) -> AsyncIterator[None]:
    yield
    assert (await service.nobody.get("/readyz")).status_code == 200
    after = await service.take_in(service.acme, "after.txt", b"The service still takes in documents.")
    assert after["status"] == "ready"


def error_of(response: httpx.Response, status: int) -> dict:
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"error", "request_id"}
    assert set(body["error"]) == {"message", "type", "param", "code"}
    assert body["request_id"] == response.headers["x-request-id"]
    assert len(body["error"]["message"]) > 5
    return body["error"]


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("empty.txt", b"", 422, "empty_document"),
        ("program.pdf", b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00" * 20, 415, "unsupported_media_type"),
        ("old.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, 415, "unsupported_media_type"),
    ],
)
async def test_unusable_file_is_refused_at_upload(
    service: Service, name: str, content: bytes, status: int, code: str
) -> None:
    assert error_of(await service.upload(service.acme, name, content), status)["code"] == code
    assert not [path for path in service.runtime.storage.blobs._folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("locked.pdf", ENCRYPTED_PDF, "encrypted"),
        ("cut.pdf", pdf_bytes("Some text.")[:120], "truncated"),
        ("cut.docx", docx_bytes()[:3000], "truncated"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "truncated"),
        ("blank.pdf", pdf_bytes(""), "no_text"),
        ("spaces.txt", b"  \n\n  ", "empty_document"),
    ],
)
async def test_unreadable_file_fails_with_a_reason(service: Service, name: str, content: bytes, code: str) -> None:
    document = await service.take_in(service.acme, name, content)
    assert (document["status"], document["error"]["code"]) == ("failed", code)
    assert document["error"]["message"]


async def test_mislabelled_file_is_read_as_what_it_is(service: Service) -> None:
    document = await service.take_in(service.acme, "notes.txt", pdf_bytes("This is a PDF."))
    assert (document["status"], document["media_type"]) == ("ready", "application/pdf")


@pytest.mark.parametrize("declared", [True, False])
async def test_json_body_over_its_own_limit_is_413(service: Service, declared: bool) -> None:
    limit = service.runtime.storage.settings.max_body_bytes
    assert limit < service.runtime.storage.settings.max_upload_bytes
    body = json.dumps({"query": "x" * limit}).encode()

    async def pieces() -> AsyncIterator[bytes]:
        yield body

    headers = {"Content-Type": "application/json"}
    content = body if declared else pieces()
    response = await service.acme.post("/api/v1/search", content=content, headers=headers)
    assert error_of(response, 413)["code"] == "payload_too_large"


async def test_oversized_upload_is_cut_off(service: Service) -> None:
    limit = service.runtime.storage.settings.max_upload_bytes
    error = error_of(await service.upload(service.acme, "big.txt", b"x" * (limit + 1)), 413)
    assert error["code"] == "payload_too_large"


async def test_decompression_bomb_fails_without_harm(service: Service) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 300_000_000)
    document = await service.take_in(service.acme, "bomb.docx", buffer.getvalue())
    assert (document["status"], document["error"]["code"]) == ("failed", "parser_memory")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/search", {"query": "x", "collections": ["nowhere"]}),
        ("POST", "/api/v1/chat", {"message": "x", "collections": ["nowhere"]}),
        ("POST", "/api/v1/chat", {"message": "x", "adapter": "unknown"}),
        ("POST", "/api/v1/chat", {"message": "x", "adapter": "unknown@0123"}),
        ("POST", "/api/v1/chat", {"message": "x", "conversation_id": "conv_unknown"}),
        ("GET", "/api/v1/documents/doc_unknown", None),
        ("GET", "/api/v1/conversations/conv_unknown/turns", None),
        ("POST", "/api/v1/adapters/unknown/activate", {}),
        ("POST", "/api/v1/feedback", {"turn_id": "turn_unknown", "rating": "up"}),
    ],
)
async def test_unknown_things_are_404(service: Service, method: str, path: str, body: dict | None) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    error_of(await service.acme.request(method, path, json=body), 404)


@pytest.mark.parametrize("key", [None, "lk_" + "x" * 40, "garbage", "lk_" + "é" * 40])
async def test_wrong_key_is_401_and_runs_nothing(service: Service, key: str | None) -> None:
    headers = {"Authorization": f"Bearer {key}".encode()} if key else {}
    before = service.runtime.generator.describe()
    response = await service.nobody.post("/api/v1/chat", json={"message": "x"}, headers=headers)
    assert error_of(response, 401)["type"] == "authentication_error"
    assert service.runtime.generator.describe() == before


async def test_unauthenticated_upload_leaves_no_file(service: Service) -> None:
    error_of(await service.upload(service.nobody, "museum.md", MUSEUM), 401)
    assert not list(service.runtime.storage.blobs._folder.rglob("*"))


async def test_suspended_and_revoked_keys_fail(service: Service) -> None:
    made = (await service.operator.post("/api/v1/tenants", json={"name": "new"})).json()
    headers = {"Authorization": f"Bearer {made['key']}"}
    assert (await service.nobody.get("/api/v1/documents", headers=headers)).status_code == 200
    await service.operator.patch(f"/api/v1/tenants/{made['id']}", json={"status": "suspended"})
    error_of(await service.nobody.get("/api/v1/documents", headers=headers), 403)
    await service.operator.patch(f"/api/v1/tenants/{made['id']}", json={"status": "active"})
    keys = (await service.operator.get("/api/v1/keys", params={"tenant_id": made["id"]})).json()["data"]
    await service.operator.delete(f"/api/v1/keys/{keys[0]['id']}")
    error_of(await service.nobody.get("/api/v1/documents", headers=headers), 401)


async def test_missing_scope_is_403(service: Service) -> None:
    error_of(await service.acme.get("/api/v1/tenants"), 403)
    error_of(await service.operator.post("/api/v1/chat", json={"message": "x"}), 403)


@pytest.mark.parametrize(
    ("content", "status", "param"),
    [
        (b"{", 400, "body"),
        (b"\xff\xfe", 400, "body"),
        (b"[]", 422, "body"),
        (b"{}", 422, "message"),
        (b'{"message": ""}', 422, "message"),
        (b'{"message": "x", "colour": 1}', 422, "colour"),
        (b'{"message": "x", "k": 0}', 422, "k"),
        (b'{"message": "x", "k": 51}', 422, "k"),
        (b'{"message": "x", "max_tokens": 100000}', 422, "max_tokens"),
        (b'{"message": "x", "temperature": NaN}', 422, "temperature"),
        (b'{"message": "\\ud800"}', 422, "message"),
        (b'{"message": "a\\u0000b"}', 422, "message"),
        (b'{"message": "x", "stop": ["1","2","3","4","5"]}', 422, "stop"),
    ],
)
async def test_malformed_bodies(service: Service, content: bytes, status: int, param: str) -> None:
    headers = {"Content-Type": "application/json"}
    error = error_of(await service.acme.post("/api/v1/chat", content=content, headers=headers), status)
    assert (error["param"] or "").startswith(param)


async def test_question_longer_than_the_context_is_refused(service: Service) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    service.runtime.generator._context_tokens = 500
    response = await service.acme.post("/api/v1/chat", json={"message": "museum opens " * 100})
    assert error_of(response, 422)["code"] == "prompt_too_long"


async def test_wrong_method_and_unknown_path(service: Service) -> None:
    wrong = await service.acme.put("/api/v1/chat")
    assert error_of(wrong, 405)["code"] == "method_not_allowed"
    assert wrong.headers["allow"] == "POST"
    error_of(await service.acme.get("/api/v1/nothing"), 404)


@pytest.mark.parametrize(
    ("config", "tensors", "problem"),
    [
        (adapter_config(r=999), {}, "r must be"),
        (adapter_config(rank_pattern={".*": 999}), {}, "r must be"),
        (adapter_config(target_modules=["lm_head"]), adapter_tensors({"lm_head": (8, 8)}), "lm_head"),
        (adapter_config(use_dora=True), {}, "use_dora"),
        (adapter_config(init_lora_weights="pissa"), {}, "init_lora_weights"),
        (adapter_config(peft_type="IA3"), {}, "peft_type"),
        (b"not json", {}, "not JSON"),
        (adapter_config(), adapter_tensors({"model.layers.9.self_attn.q_proj": (8, 8)}), "another base"),
        (adapter_config(), adapter_tensors({"model.layers.0.self_attn.q_proj": (9, 8)}), "another base"),
        (adapter_config(), {"weird": np.zeros(2, np.float32)}, "no LoRA tensor"),
        (adapter_config(), {k: v * np.nan for k, v in adapter_tensors().items()}, "NaN"),
        (adapter_config(), {k: v * (".lora_A." in k) for k, v in adapter_tensors().items()}, "every B is zero"),
        (adapter_config(), dict(list(adapter_tensors().items())[:1]), "lacks"),
    ],
)
async def test_bad_adapters_are_named(
    service: Service, tmp_path: Path, config: bytes, tensors: dict[str, np.ndarray], problem: str
) -> None:
    weights = safetensors_bytes(tensors or adapter_tensors(), tmp_path)
    files = {"adapter_config.json": ("c", config), "adapter_model.safetensors": ("w", weights)}
    response = await service.acme.post("/api/v1/adapters", files=files, data={"name": "bad"})
    assert problem in error_of(response, 422)["message"]
    assert (await service.acme.get("/api/v1/adapters")).json()["data"] == []


@pytest.mark.parametrize(
    "weights", [b"", b"\x80\x04\x95pickle....", b"PK\x03\x04zip......", b"\xff" * 64, b"\x08\0\0\0\0\0\0\0{}      "]
)
async def test_pickles_and_garbage_are_no_adapters(service: Service, weights: bytes) -> None:
    files = {"adapter_config.json": ("c", adapter_config()), "adapter_model.safetensors": ("w", weights)}
    error_of(await service.acme.post("/api/v1/adapters", files=files, data={"name": "bad"}), 422)


async def test_full_disk_is_507_and_nothing_acknowledged_is_lost(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = await service.take_in(service.acme, "museum.md", MUSEUM)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        error_of(await service.upload(service.acme, "more.txt", b"More."), 507)
    assert (await service.acme.get(f"/api/v1/documents/{kept['id']}")).json()["status"] == "ready"


@pytest.mark.parametrize("path", ["documents", "batches"])
async def test_temporary_file_of_a_form_on_a_full_disk_is_507(
    service: Service, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    field = "file" if path == "documents" else "files"
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.SpooledTemporaryFile.rollover", full)
        response = await service.acme.post(f"/api/v1/{path}", files={field: ("large.txt", b"Words. " * 40_000)})
    assert error_of(response, 507)["code"] == "storage_full"


@pytest.mark.only_on("sqlite", "a server's disk cannot be filled up by a setting of a connection")
async def test_full_database_is_507(service: Service) -> None:
    with service.runtime.storage.db.write() as session:
        connection = session.connection().connection.driver_connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")
    try:
        text = "\n\n".join(f"Sentence number {n} about something else." for n in range(3000))
        fields = {"metadata": json.dumps({f"f{n}": "x" * 1000 for n in range(60)})}
        response = await service.upload(service.acme, "more.txt", text.encode(), **fields)
        assert error_of(response, 507)["code"] == "storage_full"
    finally:
        with service.runtime.storage.db.write() as session:
            session.connection().connection.driver_connection.execute("PRAGMA max_page_count=1073741823")


def test_missing_or_corrupt_model_files_are_one_clear_error(tmp_path: Path) -> None:
    from app.errors import WeightsUnavailable

    settings = Settings(_env_file=None, data_dir=tmp_path / "data", models_dir=tmp_path / "none")
    with pytest.raises(WeightsUnavailable, match="loracle models pull"):
        build_runtime(settings)
    broken = tmp_path / "broken"
    broken.mkdir()
    for name in ("config.json", "tokenizer.json", "model.safetensors"):
        (broken / name).write_bytes(b"{}")
    settings = Settings(
        _env_file=None, data_dir=tmp_path / "data", embedding_model="hashing", base_model=f"path:{broken}"
    )
    with pytest.raises(WeightsUnavailable, match="cannot be loaded"):
        build_runtime(settings)


async def test_other_tenants_adapter_is_unknown(service: Service, tmp_path: Path) -> None:
    made = await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "mine"})
    assert made.status_code == 201, made.text
    await service.take_in(service.other, "museum.md", MUSEUM)
    error_of(await service.other.post("/api/v1/chat", json={"message": "When?", "adapter": "mine"}), 404)
