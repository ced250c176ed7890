"""The service as its users meet it: ingestion against the raw embedder, search, answers, memory; all over HTTP.

Run: python -m benchmarks.service [--chunks 10000] [--corpus FOLDER in BEIR layout]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from app.adapters.base_spec import read_base_spec
from app.bootstrap.limits import chunk_settings
from app.bootstrap.models import build_embedder, quiet_libraries
from app.documents.ingestion.chunking import chunk, contextual_text
from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.formats import parse
from app.embeddings.base import Embedder
from app.settings import Settings
from app.weights.catalog import resolve
from tests.support.random_adapter import upload_files, write_random_adapter
from tests.support.report import report
from tests.support.sample_text import corpus_passages, sample_sentences
from tests.support.serving import ServedLoracle, take_in

WORDS_PER_FILE = 30_000
COMPARED_FILES = 3  # taken in and embedded raw, in turn
QUESTIONS = (
    "How much does a ticket cost for adults?",
    "O que é a teoria da computação?",
    "When was the building restored?",
    "Qual é a função do estágio?",
    "Who may enter the reading room?",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, default=10_000, help="indexed when search and memory are measured")
    parser.add_argument("--corpus", type=Path, help="a folder with corpus.jsonl; the samples' sentences if left out")
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--data-dir", type=Path, help="kept afterwards; a temporary folder if left out")
    arguments = parser.parse_args()
    quiet_libraries()
    settings = Settings()
    embedder = build_embedder(settings)
    with tempfile.TemporaryDirectory() as folder, ServedLoracle(arguments.data_dir or Path(folder) / "data") as served:
        http = served.tenant("bench")
        texts = files(arguments.corpus)
        rows = list(compare_ingestion(http, texts, settings, embedder))
        while (held := chunks_of(http)) < arguments.chunks:
            name, text = next(texts)
            take_in(http, name, text.encode())
        adapter = write_random_adapter(Path(folder) / "adapter", base_spec(settings))
        http.post("/api/v1/adapters", data={"name": "style"}, files=upload_files(adapter)).raise_for_status()
        http.post("/api/v1/adapters/style/activate", json={"override": "a benchmark"}).raise_for_status()
        answer = ask(http)
        p50, p95 = search_ms(http, questions(arguments.corpus), arguments.searches)
        rows += [
            {"figure": f"search p50, ms, {held:,} chunks", "value": p50},
            {"figure": f"search p95, ms, {held:,} chunks", "value": p95},
            {"figure": "answer under an adapter, s", "value": answer["timings"]["total_s"]},
            {"figure": "time to first token, s", "value": answer["timings"]["ttft_s"]},
            {"figure": "resident memory of the service, MB", "value": served.process.memory_info().rss / 1e6},
            {"figure": "of its parser's fork server, MB", "value": children_mb(served)},
            {"figure": "4-bit footprint, MB", "value": footprint_mb(served.log)},
        ]
    report("service", rows)


def compare_ingestion(
    http: httpx.Client, texts: Iterator[tuple[str, str]], settings: Settings, embedder: Embedder
) -> Iterator[dict[str, Any]]:
    """Tokens per second from upload to ready, and of the embedder alone over the same chunks, in turn."""
    ratios, ingested, raw = [], [], []
    take_in(http, "warm.txt", b"The first document warms everything up.")
    for _ in range(COMPARED_FILES):
        name, text = next(texts)
        started = time.perf_counter()
        take_in(http, name, text.encode())
        whole_s = time.perf_counter() - started
        embedded, tokens = as_embedded(name, text, settings, embedder)
        started = time.perf_counter()
        embedder.embed_passages(embedded)
        raw_s = time.perf_counter() - started
        ratios.append(raw_s / whole_s)
        ingested.append(tokens / whole_s)
        raw.append(tokens / raw_s)
    yield {"figure": "ingestion, tokens/s", "value": statistics.median(ingested)}
    yield {"figure": "raw embedder, tokens/s", "value": statistics.median(raw)}
    yield {"figure": "ingestion / raw embedder", "value": statistics.median(ratios)}


def as_embedded(name: str, text: str, settings: Settings, embedder: Embedder) -> tuple[list[str], int]:
    """What the service embeds of a text file, and how many tokens that is."""
    parsed = parse(text.encode(), "text/plain", ParserLimits())
    chunks = chunk(parsed, token_spans=embedder.token_spans, settings=chunk_settings(settings))
    embedded = [contextual_text(parsed.title or name, piece) for piece in chunks]
    return embedded, sum(len(embedder.token_spans(piece)) for piece in embedded)


def search_ms(http: httpx.Client, queries: list[str], searches: int) -> tuple[float, float]:
    """(p50, p95) of a search over HTTP, the query's embedding included."""
    times = []
    for i in range(searches):
        query = queries[i % len(queries)]
        started = time.perf_counter()
        http.post("/api/v1/search", json={"query": query, "k": 5}).raise_for_status()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def ask(http: httpx.Client) -> dict[str, Any]:
    body = {"message": QUESTIONS[0], "max_tokens": 64}
    answer: dict[str, Any] = http.post("/api/v1/chat", json=body).raise_for_status().json()
    return answer


def chunks_of(http: httpx.Client) -> int:
    """Chunks of the tenant's documents so far."""
    total, after = 0, None
    while True:
        page = http.get("/api/v1/documents", params={"limit": 100, **({"after": after} if after else {})}).json()
        total += sum(document["chunks"] or 0 for document in page["data"])
        if not page["has_more"]:
            return total
        after = page["next_cursor"]


def files(corpus: Path | None) -> Iterator[tuple[str, str]]:
    """(name, text) of text files without end, made of a corpus's passages or of the samples' sentences."""
    passages = corpus_passages(corpus) if corpus is not None else sample_sentences()
    order = random.Random(0)
    number = 0
    while True:
        order.shuffle(passages)
        words, held = 0, []
        for passage in passages:
            held.append(passage)
            words += len(passage.split())
            if words >= WORDS_PER_FILE:
                number += 1
                yield f"part-{number}.txt", f"Part {number}.\n\n" + "\n\n".join(held)
                words, held = 0, []


def questions(corpus: Path | None) -> list[str]:
    if corpus is None:
        return list(QUESTIONS)
    lines = (corpus / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def base_spec(settings: Settings) -> Any:
    folder = resolve(settings.base_model, settings.models_dir)
    return read_base_spec(folder, name=settings.base_model, fingerprint="")


def children_mb(served: ServedLoracle) -> float:
    return float(sum(child.memory_info().rss for child in served.process.children(recursive=True)) / 1e6)


def footprint_mb(log: Path) -> float:
    lines = (json.loads(line) for line in log.read_text().splitlines() if line.startswith("{"))
    return float(next(line["quantized_bytes"] for line in lines if line.get("event") == "base_model_loaded") / 1e6)


if __name__ == "__main__":
    main()
