"""A thousand mixed files in one upload, and another tenant's single document beside them.

    python -m benchmarks.bulk FOLDER --files 1000

FOLDER holds documents; they are repeated, each time with a small edit that makes other bytes of them. Told are: how
long progress stood still at most, how long the other tenant's document took beside the bulk and alone, and how fast
tokens were embedded, beside the embedding model alone on the same passages.
"""

from __future__ import annotations

import argparse
import io
import random
import sqlite3
import statistics
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from app.bootstrap.models import build_embedder
from app.documents.ingestion.chunking import contextual_text
from app.domain.documents import NewChunk
from app.settings import Settings
from tests.support.report import report
from tests.support.serving import ServedLoracle, take_in

SINGLES = 3  # of the other tenant: alone, and beside the bulk
POLL_S = 0.25
RAW_CHUNKS = 400  # that the embedding model alone is timed on
LARGEST = 2**20
PASSAGES = """SELECT document_texts.title, heading, chunks.text, tokens FROM chunks
JOIN document_texts USING (version_id) JOIN documents ON documents.id = chunks.document_id
WHERE filename LIKE '%/%' OR filename LIKE 'beside-%'"""  # all that was embedded while the bulk lasted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--largest", type=int, default=LARGEST, help="bytes: larger documents are left out")
    parser.add_argument("--embedding-model", default="multilingual-e5-small-en-pt")
    given = parser.parse_args()
    files = list(varied(given.folder, given.files, given.largest))
    with tempfile.TemporaryDirectory() as folder:
        served = ServedLoracle(
            Path(folder) / "data", generator="scripted", embedding_model=given.embedding_model, log_level="ERROR"
        )
        with served:
            row = measure(served, files)
            row |= throughput(served.data_dir / "loracle.db", given.embedding_model, row["bulk_s"])
    report("bulk", [row])


def varied(folder: Path, count: int, largest: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """`count` files from those below `folder`, in a mixed order, no two of the same bytes."""
    sources = sorted(
        p for p in folder.rglob("*") if p.is_file() and p.suffix != ".jsonl" and p.stat().st_size <= largest
    )
    order = [sources[i % len(sources)] for i in range(count)]
    random.Random(seed).shuffle(order)
    for number, path in enumerate(order):
        yield f"{number // 100}/{number}-{path.name}", edited(path.read_bytes(), number)


def edited(content: bytes, number: int) -> bytes:
    """Other bytes, the same document: a comment in an archive, a line at the end of anything else."""
    if not content.startswith(b"PK\x03\x04"):
        return content + f"\n{number}\n".encode()
    held = io.BytesIO(content)
    with zipfile.ZipFile(held, "a") as archive:
        archive.comment = str(number).encode()
    return held.getvalue()


def single(number: str) -> bytes:
    """A document of a few pages."""
    return "\n\n".join(
        f"{number}, part {i}. " + "The museum opens at ten and closes at six. " * 25 for i in range(40)
    ).encode()


def measure(served: ServedLoracle, files: list[tuple[str, bytes]]) -> dict[str, Any]:
    bulk, other = served.tenant("bulk"), served.tenant("other")
    take_in(other, "warm.txt", single("warm"))
    alone = [_timed(other, f"alone-{i}") for i in range(SINGLES)]
    began = time.monotonic()
    answer = bulk.post("/api/v1/batches", files=[("files", file) for file in files]).raise_for_status().json()
    accepted = time.monotonic() - began
    beside, stall = _follow(bulk, other, answer["id"])
    batch = bulk.get(f"/api/v1/batches/{answer['id']}").raise_for_status().json()
    failures = Counter(one["code"] for one in batch["refused"])
    return {
        "files": batch["files"],
        "counts": batch["counts"],
        "refused": dict(failures),
        "accepted_s": round(accepted, 1),
        "bulk_s": round(time.monotonic() - began, 1),
        "longest_stall_s": round(stall, 1),
        "single_alone_s": round(statistics.median(alone), 2),
        "single_beside_s": [round(one, 2) for one in beside],
        "ratio": round(max(beside) / statistics.median(alone), 2),
    }


def _timed(http: httpx.Client, name: str) -> float:
    began = time.monotonic()
    assert take_in(http, f"{name}.txt", single(name))["status"] == "ready"
    return time.monotonic() - began


def _follow(bulk: httpx.Client, other: httpx.Client, batch_id: str) -> tuple[list[float], float]:
    """Until the batch is finished: seconds of the other tenant's uploads, and the longest time without progress."""
    beside: list[Future[float]] = []
    last, at, stall = -1.0, time.monotonic(), 0.0
    with ThreadPoolExecutor(1) as pool:  # progress is looked at meanwhile
        while True:
            batch = bulk.get(f"/api/v1/batches/{batch_id}").raise_for_status().json()
            if batch["progress"] != last:
                stall = max(stall, time.monotonic() - at if last >= 0 else 0.0)
                last, at = batch["progress"], time.monotonic()
            if batch["finished"]:
                return [one.result() for one in beside], stall
            idle = not beside or beside[-1].done()
            if idle and len(beside) < SINGLES and batch["progress"] > (len(beside) + 1) / (SINGLES + 1):
                beside.append(pool.submit(_timed, other, f"beside-{len(beside)}"))
            time.sleep(POLL_S)


def throughput(database: Path, model: str, seconds: float) -> dict[str, Any]:
    """Tokens a second of all that came while the bulk lasted, and of the embedding model alone on some of the same.

    An input is the passage below its title and heading, as it is embedded; counted are the passage's own tokens.
    """
    with sqlite3.connect(database) as connection:
        rows = connection.execute(PASSAGES).fetchall()
    some = random.Random(1).sample(rows, min(RAW_CHUNKS, len(rows)))
    inputs = [_input(*row) for row in some]
    embedder = build_embedder(Settings(_env_file=None, embedding_model=model))  # type: ignore[call-arg]
    embedder.embed_passages(inputs[:8])
    began = time.monotonic()
    embedder.embed_passages(inputs)
    raw = sum(tokens for *_, tokens in some) / (time.monotonic() - began)
    bulk = sum(tokens for *_, tokens in rows) / seconds
    return {
        "chunks": len(rows),
        "bulk_tokens_per_s": round(bulk),
        "embedder_tokens_per_s": round(raw),
        "share": round(bulk / raw, 3),
    }


def _input(title: str, heading: str, text: str, tokens: int) -> str:
    piece = NewChunk(0, text, heading, None, None, 0, len(text), tokens)
    return contextual_text(title, piece)


if __name__ == "__main__":
    main()
