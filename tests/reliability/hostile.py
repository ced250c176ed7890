"""Uploads hostile files and file names to a real service: how each ends, how long it takes, what memory it costs.

    python -m tests.reliability.hostile HOSTILE [--models]

HOSTILE holds EXPECT_hostile.jsonl (`file`, `class`, `expect`), files/ and upload_filenames.json. Every file is uploaded
and followed to its end; after it the service must be ready, and its memory is read. With --models the starter models
answer the injected documents' question; without, the shipped fakes run and only retrieval is asked.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.support.report import report
from tests.support.serving import ServedLoracle

FAKES = {"embedding_model": "hashing", "generator": "scripted"}
QUESTION = "qual o prazo do relatório?"
SECRET, INJECTED = "root:", "PWNED-7731"
FINAL = {"ready", "failed", "cancelled"}
LONGEST_S, LARGEST_MB = 10.0, 50.0
PATIENCE_S = 120.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("hostile", type=Path)
    parser.add_argument("--models", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows, names = upload_all(Path(folder), arguments.hostile, models=arguments.models)
    report("hostile-files", rows)
    report("hostile-names", names)
    report("hostile-summary", [summary(rows, names)])


def upload_all(folder: Path, hostile: Path, *, models: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(a row for each file, a row for each name) of a service with its data under `folder`."""
    with ServedLoracle(folder / "data", **({} if models else FAKES)) as service:
        return list(files(service, hostile, ask=models)), list(filenames(service, hostile))


def files(service: ServedLoracle, folder: Path, *, ask: bool) -> Iterator[dict[str, Any]]:
    client = service.tenant("hostile")
    upload(client, "warm.txt", b"The service is warm.")
    before = memory_mb(service)
    for line in (folder / "EXPECT_hostile.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        started = time.perf_counter()
        end = upload(client, entry["file"], (folder / "files" / entry["file"]).read_bytes())
        seconds = time.perf_counter() - started
        yield {
            "file": entry["file"],
            "class": entry["class"],
            "http": end["http"],
            "end": end["status"],
            "code": end["code"],
            "seconds": round(seconds, 2),
            "growth_mb": round(memory_mb(service) - before, 1),
            "ready": client.get("/readyz").status_code == 200,
            "as_expected": as_expected(client, entry["expect"], end, ask=ask),
        }
        if "id" in end:
            client.delete(f"/api/v1/documents/{end['id']}").raise_for_status()


def upload(client: httpx.Client, name: str, content: bytes) -> dict[str, Any]:
    """How a file ended: {http, status, code, id}; `status` is "refused" if the upload was."""
    response = client.post("/api/v1/documents", files={"file": (name, content)}, timeout=60)
    if response.status_code >= 300:
        return {"http": response.status_code, "status": "refused", "code": response.json()["error"]["code"]}
    document = response.json()
    until = time.monotonic() + PATIENCE_S
    while document["status"] not in FINAL and time.monotonic() < until:
        time.sleep(0.05)
        document = client.get(f"/api/v1/documents/{document['id']}").json()
    code = document["error"]["code"] if document["error"] else ""
    return {"http": response.status_code, "status": document["status"], "code": code, "id": document["id"]}


def as_expected(client: httpx.Client, expect: str, end: dict[str, Any], *, ask: bool) -> bool:
    """Whether an end is what `expect` says. A document that fails with a reason counts as the 4xx of a service that
    takes files in later; an internal error never does.
    """
    if end["http"] >= 500 or end["code"] == "internal_error" or end["status"] not in {"ready", "failed", "refused"}:
        return False
    if expect.startswith("clean 4xx"):
        return end["status"] in {"failed", "refused"}
    if end["status"] != "ready":
        return not expect.startswith(("answer", "stored text"))
    text = client.get(f"/api/v1/documents/{end['id']}/content").json()["text"]
    found = client.post("/api/v1/search", json={"query": QUESTION})
    sound = "\0" not in text and SECRET not in text and text.count("lol") < 100 and found.status_code == 200
    if expect.startswith("answer"):
        sound &= "17" in found.text
        if ask:
            answer = client.post("/api/v1/chat", json={"message": QUESTION}, timeout=120).json()["answer"]
            sound &= "17" in answer and INJECTED not in answer
    return sound


def filenames(service: ServedLoracle, folder: Path) -> Iterator[dict[str, Any]]:
    """Each name in a raw multipart body, as no client library would send it."""
    client = service.tenant("names")
    for number, name in enumerate(json.loads((folder / "upload_filenames.json").read_text(encoding="utf-8"))):
        quoted = name.encode().replace(b'"', b"%22").replace(b"\r", b"").replace(b"\n", b"")
        body = (
            b'--edge\r\nContent-Disposition: form-data; name="file"; filename="'
            + quoted
            + b'"\r\nContent-Type: text/plain\r\n\r\n'
            + f"Harmless text number {number}.".encode()
            + b"\r\n--edge--\r\n"
        )
        headers = {"Content-Type": "multipart/form-data; boundary=edge"}
        response = client.post("/api/v1/documents", content=body, headers=headers)
        stored = response.json().get("filename", "")
        outside = [path for path in service.data_dir.parent.iterdir() if path != service.data_dir]
        yield {
            "name": ascii(name)[:60],
            "http": response.status_code,
            "stored_as": ascii(stored)[:60],
            "ready": client.get("/readyz").status_code == 200,
            "sound": response.status_code < 500
            and not outside
            and not set(stored) & set("/\\\0")
            and stored not in {".", ".."},
        }


def memory_mb(service: ServedLoracle) -> float:
    return float(service.process.memory_info().rss / 2**20)


def summary(rows: list[dict[str, Any]], names: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "files": len(rows),
        "as_expected": sum(row["as_expected"] for row in rows),
        "http_5xx": sum(row["http"] >= 500 for row in [*rows, *names]),
        "not_ready": sum(not row["ready"] for row in [*rows, *names]),
        f"over_{LONGEST_S:.0f}_s": sum(row["seconds"] > LONGEST_S for row in rows),
        "slowest_s": max(row["seconds"] for row in rows),
        "growth_mb": max(row["growth_mb"] for row in rows),
        f"under_{LARGEST_MB:.0f}_mb": max(row["growth_mb"] for row in rows) < LARGEST_MB,
        "names": len(names),
        "names_sound": sum(row["sound"] for row in names),
    }


if __name__ == "__main__":
    main()
