"""What retrieval adds to the time to first token at many chunks: embedding, both legs, fusion, sections.

python -m benchmarks.retrieval_scale ../shared/eval/retrieval/scifact --chunks 100000 --folder big

Passages are real sentences of the corpus in random order, so that terms are as common as in text; questions are the
set's own and embedded each time. Vectors of passages are synthetic (tests/support/vectors.py): what a search costs does
not hang on what they mean. `--folder` keeps the filled tenant for the next run.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from app.bootstrap.models import quiet_libraries
from app.bootstrap.retrieval import searching
from app.bootstrap.storage import Storage
from app.domain.documents import DocumentText, NewChunk
from app.embeddings.base import Embedder
from app.errors import NotFound
from app.evaluations.beir import read_beir
from app.evaluations.metrics import percentile
from app.search.retriever import Retrieval, Retriever
from app.settings import Settings
from app.storage.sql.repositories.tenants import Tenants
from app.text.sentences import sentence_spans
from tests.support.report import report
from tests.support.vectors import Embeddings, Vectors

TENANT = "scale"
CHUNKS_PER_DOCUMENT = 500
SENTENCES_PER_CHUNK = 5
WARMING = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="a BEIR set")
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--asked", type=int, default=200, help="questions")
    parser.add_argument("--folder", type=Path, help="where the filled tenant is kept")
    arguments = parser.parse_args()
    quiet_libraries()
    found = read_beir(arguments.corpus)
    temporary = tempfile.TemporaryDirectory() if arguments.folder is None else nullcontext(str(arguments.folder))
    with temporary as folder, searching(Settings(data_dir=Path(folder))) as (storage, retriever, embedder):
        texts = [entry.text for entry in found.corpus.values()]
        tenant_id = filled(storage, embedder, texts, arguments.chunks)
        questions = list(found.queries.values())[: arguments.asked + WARMING]
        report("retrieval-scale", [measured(retriever, tenant_id, questions, arguments.chunks)])


def measured(retriever: Retriever, tenant_id: str, questions: list[str], chunks: int) -> dict[str, object]:
    """Milliseconds of a chat's retrieval: top 4, widened to sections. The first few warm what a service has warm."""
    answers: list[tuple[float, Retrieval]] = []
    for question in questions:
        started = time.perf_counter()
        found = retriever.search(tenant_id, question, k=4, parent_context=True)
        answers.append((time.perf_counter() - started, found))
    counted = answers[WARMING:]
    total = [1000 * seconds for seconds, _ in counted]
    return {
        "chunks": chunks,
        "questions": len(counted),
        "embed_p50_ms": statistics.median(1000 * found.timings["embed_s"] for _, found in counted),
        "retrieve_p50_ms": statistics.median(1000 * found.timings["retrieve_s"] for _, found in counted),
        "total_p50_ms": statistics.median(total),
        "total_p95_ms": percentile(total, 0.95),
    }


def filled(storage: Storage, embedder: Embedder, texts: list[str], chunks: int) -> str:
    """A tenant with that many chunks; one that was begun is filled up."""
    with storage.db.write() as session:
        try:
            tenant_id = Tenants(session).by_name(TENANT).id
        except NotFound:
            tenant_id = Tenants(session).create(TENANT).id
    with storage.db.read_tenant(tenant_id) as store:
        there = store.chunks.count_live()
    passages = shuffled(texts)
    done = 0
    for batch in Embeddings(embedder.dimension).passages(chunks):
        for start in range(0, len(batch), CHUNKS_PER_DOCUMENT):
            vectors = batch[start : start + CHUNKS_PER_DOCUMENT]
            document = [next(passages) for _ in vectors]
            if done >= there:
                save(storage, tenant_id, f"{done}.txt", document, vectors, embedder.fingerprint)
            done += len(vectors)
    return tenant_id


def shuffled(texts: list[str]) -> Iterator[str]:
    """Passages of sentences drawn from all texts, the same each time."""
    sentences = [text[start:end] for text in texts for start, end in sentence_spans(text)]
    order = random.Random(1)
    while True:
        yield " ".join(order.choices(sentences, k=SENTENCES_PER_CHUNK))


def save(storage: Storage, tenant_id: str, name: str, texts: list[str], vectors: Vectors, fingerprint: str) -> None:
    """A ready document with a chunk for each text."""
    chunks, at = [], 0
    for index, text in enumerate(texts):
        chunks.append(NewChunk(index, text, "", None, None, at, at + len(text), len(text) // 4))
        at += len(text) + 1
    with storage.db.write_tenant(tenant_id) as store:
        document, _ = store.documents.upload(
            collection="default",
            filename=name,
            metadata={},
            sha256=name,
            size_bytes=at,
            media_type="text/plain",
            blob=name,
        )
        store.document_versions.commit_ready(
            document.latest.id, DocumentText("\n".join(texts), ()), chunks, vectors, fingerprint
        )


if __name__ == "__main__":
    main()
