"""Backs up a service under write load and restores the backup: is it complete, and are its answers the same?

    python -m tests.reliability.backup --documents 200

Before the backup a set of documents is ready; while it runs another tenant uploads, replaces and deletes. The restored
folder is opened by a service of its own: SQLite's integrity check, every file by its hash, the index against the
database, and the answers to questions about the first set must be those of the original.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.support.report import report
from tests.support.serving import ServedLoracle, wait_for

QUESTIONS = 30
K = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--embedding-model", default="hashing")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        row = back_up_and_restore(Path(folder), arguments.documents, arguments.embedding_model)
    report("backup", [row])
    sys.exit(not is_sound(row))


def is_sound(row: dict[str, Any]) -> bool:
    same = row["same_answers"] == row["questions"]
    return bool(row["integrity"] == "ok" and same and not row["files_wrong"] and row["index_whole"])


def back_up_and_restore(folder: Path, documents: int, embedding_model: str = "hashing") -> dict[str, Any]:
    """Fill a service, back it up while another tenant writes, restore it, and compare the two."""
    settings = {"generator": "scripted", "embedding_model": embedding_model, "log_level": "ERROR"}
    with ServedLoracle(folder / "data", **settings) as original:
        http = original.tenant("acme")
        files = [("files", (f"{i}.txt", text(i))) for i in range(documents)]
        batch = http.post("/api/v1/batches", files=files).raise_for_status().json()
        while not batch["finished"]:
            time.sleep(0.2)
            batch = http.get(f"/api/v1/batches/{batch['id']}").raise_for_status().json()
        questions = [f"What is the number of item {i}?" for i in range(0, documents, max(1, documents // QUESTIONS))]
        expected = answers(http, questions)
        with writing(original.tenant("busy")) as written:
            time.sleep(1.0)
            began = time.monotonic()
            command(original, "backup", str(folder / "backup"))
            seconds = time.monotonic() - began
        key = http.headers["Authorization"].removeprefix("Bearer ")
        command(original, "restore", str(folder / "backup"), "--data-dir", str(folder / "restored"))
    with ServedLoracle(folder / "restored", **settings) as restored:
        found = answers(restored.client(key), questions)
        whole = command(restored, "index", "verify", "--data-dir", str(folder / "restored"), check=False)
    integrity, wrong = checked(folder / "restored", kept=named(folder / "data"))
    return {
        "documents": documents,
        "written_meanwhile": written[0],
        "backup_s": round(seconds, 2),
        "integrity": integrity,
        "files_wrong": wrong,
        "index_whole": whole == 0,
        "questions": len(questions),
        "same_answers": sum(a == b for a, b in zip(expected, found, strict=True)),
    }


def text(number: int) -> bytes:
    return f"Item {number} has the number {number * 7919 % 10_007}. It lies in room {number % 13}.".encode()


def answers(http: httpx.Client, questions: list[str]) -> list[Any]:
    """Passages, and the chat's answer with its citations."""
    held = []
    for question in questions:
        hits = http.post("/api/v1/search", json={"query": question, "k": K}).raise_for_status().json()["data"]
        chat = http.post("/api/v1/chat", json={"message": question}).raise_for_status().json()
        cited = [(one["chunk_id"], one["quote"]) for one in chat["citations"]]
        held.append(([(hit["chunk_id"], hit["text"]) for hit in hits], chat["answer"], cited))
    return held


@contextmanager
def writing(http: httpx.Client) -> Iterator[list[int]]:
    """Uploads, replaces and deletes until the block ends; counts them."""
    count, ended, rng = [0], threading.Event(), random.Random(1)

    def write() -> None:
        held: list[str] = []
        while not ended.is_set():
            name, content = f"{rng.randrange(30)}.txt", f"Note {rng.random()}. " * 200
            answer = http.post("/api/v1/documents", files={"file": (name, content.encode())})
            held.append(answer.raise_for_status().json()["id"])
            if rng.random() < 0.3:
                wait_for(http, held[-1])
                http.delete(f"/api/v1/documents/{held.pop()}")
            count[0] += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield count
    finally:
        ended.set()
        thread.join()


def named(data: Path) -> dict[str, str]:
    """The sha256 of each file that the database names."""
    with sqlite3.connect(data / "loracle.db") as connection:
        return dict(connection.execute("SELECT blob, sha256 FROM document_versions").fetchall())


def checked(data: Path, kept: dict[str, str]) -> tuple[str, int]:
    """SQLite's verdict, and how many files of the database are missing or of another hash.

    A file may be missing if the original has deleted it meanwhile: `kept` are those that it has.
    """
    with sqlite3.connect(data / "loracle.db") as connection:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    wrong = 0
    for blob, sha256 in named(data).items():
        path = data / "blobs" / blob[:2] / blob
        if path.is_file():
            wrong += hashlib.sha256(path.read_bytes()).hexdigest() != sha256
        else:
            wrong += blob in kept
    return verdict, wrong


def command(served: ServedLoracle, *arguments: str, check: bool = True) -> int:
    line = [sys.executable, "-m", "app.cli", *arguments]
    done = subprocess.run(line, env=served.environment, capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise RuntimeError(json.dumps([arguments, done.stdout[-500:], done.stderr[-500:]]))
    return done.returncode


if __name__ == "__main__":
    main()
