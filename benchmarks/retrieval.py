"""How well each leg and their fusion rank, through the product's own database, index and Retriever.

python -m benchmarks.retrieval ../shared/eval/retrieval [--sets scifact,faquad] [--most-queries 200]

One passage per document of the corpus, its title as heading. Vectors are cached by embedder and text.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np

from app.encoders.embedder import Embedder, Vectors
from app.evaluation.beir import Entry, RetrievalSet, read_beir
from app.evaluation.ranking import mean_scores, score_ranking
from app.index.open_indexes import Indexes
from app.retrieval.retrieve import Mode, Ranking, Retriever
from app.runtime import build_embedder, changes_of, quiet_libraries
from app.settings import Settings
from app.store.migrate import migrate
from app.store.records import DocumentText, NewChunk
from app.store.session import Database, open_database
from app.store.tenants import Tenants
from benchmarks.report import report

DEPTH = 50
AT_ONCE = 256
MODES: tuple[Mode, ...] = get_args(Mode)


class CachedEmbedder:
    """Embedder over another one, with vectors kept in a folder by its fingerprint and the text's hash."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._path = folder / f"{embedder.fingerprint}.npz"
        self._known: dict[str, Vectors] = {}
        if self._path.is_file():
            with np.load(self._path) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        self.fingerprint, self.dimension = embedder.fingerprint, embedder.dimension
        self.max_tokens, self.unrelated_cosine = embedder.max_tokens, embedder.unrelated_cosine
        self.token_spans = embedder.token_spans

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._cached("passage", texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._cached("query", texts)

    def save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self._path, keys=np.array(list(self._known)), vectors=np.array(list(self._known.values()), np.float32))

    def _cached(self, kind: str, texts: Sequence[str]) -> Vectors:
        keys = [hashlib.sha256(f"{kind}\0{text}".encode()).hexdigest() for text in texts]
        missing = [i for i, key in enumerate(keys) if key not in self._known]
        embed = self._embedder.embed_queries if kind == "query" else self._embedder.embed_passages
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            self._known.update(zip([keys[i] for i in some], embed([texts[i] for i in some]), strict=True))
        return np.array([self._known[key] for key in keys], np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="a folder of BEIR sets")
    parser.add_argument("--sets", default="", help="names, by commas; all if left out")
    parser.add_argument("--most-queries", type=int, default=10_000, help="of each set, evenly drawn")
    parser.add_argument("--cache", type=Path, default=Path("benchmarks/results/embeddings"))
    arguments = parser.parse_args()
    quiet_libraries()
    names = arguments.sets.split(",") if arguments.sets else sorted(p.name for p in arguments.path.iterdir())
    embedder = CachedEmbedder(build_embedder(Settings()), arguments.cache)
    rows = []
    for name in names:
        rows.append(measured(read_beir(arguments.path / name), embedder, arguments.most_queries))
        embedder.save()
        print(rows[-1], flush=True)
    columns = [column for column in rows[0] if column not in {"set", "queries"}]
    rows.append({"set": "mean", **{column: statistics.mean(row[column] for row in rows) for column in columns}})
    report("retrieval", rows)


def measured(found: RetrievalSet, embedder: CachedEmbedder, most: int) -> dict[str, Any]:
    """nDCG@10 of each mode, the gain of fusion over the better leg, and what a search takes beside embedding."""
    queries = list(found.queries.items())
    queries = queries[:: max(1, len(queries) // most)]
    embedder.embed_queries([text for _, text in queries])
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        migrate(settings)
        db = open_database(settings)
        tenant_id = take_in(db, found.corpus, embedder)
        indexes = Indexes(Path(folder) / "index", embedder.dimension, embedder.fingerprint, changes_of(db))
        retriever = Retriever(db, indexes, embedder)
        row: dict[str, Any] = {"set": found.name, "queries": len(queries)}
        for mode in MODES:
            started = time.perf_counter()
            scores = []
            for query_id, text in queries:
                hits = retriever.search(tenant_id, text, k=DEPTH, ranking=Ranking(mode)).passages
                ranking = [hit.live.metadata["id"] for hit in hits]
                scores.append(score_ranking(ranking, found.relevant[query_id]))
            row[mode] = mean_scores(scores).ndcg_10
            if mode == "hybrid":
                row["recall_5"], row["mrr"] = mean_scores(scores).recall_5, mean_scores(scores).mrr
                row["ms"] = 1000 * (time.perf_counter() - started) / len(queries)
        row["gain"] = row["hybrid"] - max(row["dense"], row["lexical"])
        db.close()
    return row


def take_in(db: Database, corpus: Any, embedder: CachedEmbedder) -> str:
    """A tenant with each document of the corpus as one ready document of one chunk."""
    entries: list[tuple[str, Entry]] = list(corpus.items())
    vectors = embedder.embed_passages([f"{e.title}\n{e.text}" if e.title else e.text for _, e in entries])
    with db.write() as session:
        tenant_id = Tenants(session).create("benchmark").id
    with db.write_tenant(tenant_id) as store:
        for (key, entry), vector in zip(entries, vectors, strict=True):
            document, _ = store.documents.upload(
                collection="default",
                filename=key,
                metadata={"id": key},
                sha256=hashlib.sha256(key.encode()).hexdigest(),
                size_bytes=len(entry.text),
                media_type="text/plain",
                blob=key,
            )
            size = len(entry.text)
            chunk = NewChunk(0, entry.text, entry.title, None, None, 0, size, size // 4)
            store.documents.commit_ready(
                document.latest.id, DocumentText(entry.text, ()), [chunk], vector[None], embedder.fingerprint
            )
    return tenant_id


if __name__ == "__main__":
    main()
