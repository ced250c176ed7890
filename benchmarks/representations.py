"""How well each representation that a tenant may choose ranks, through the product's own database and Retriever.

python -m benchmarks.representations ../shared/eval/retrieval [--sets scifact,faquad] [--most-queries 200]

Vectors are cached as benchmarks/retrieval.py caches them. `euclidean` ranks as `cosine` and is left out.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path
from typing import Any

from app.encoders.cached import CachedEmbedder
from app.encoders.embedder import Embedder
from app.evaluation.beir import RetrievalSet, read_beir
from app.evaluation.corpus import DEPTH, indexed
from app.evaluation.ranking import mean_scores, score_ranking
from app.retrieval.representation import RANKINGS
from app.retrieval.retrieve import Ranking, Retriever
from app.runtime import build_embedder, build_word_vectors, quiet_libraries
from app.settings import Settings
from benchmarks.report import report
from benchmarks.retrieval import warm


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="a folder of BEIR sets")
    parser.add_argument("--sets", default="", help="names, by commas; all if left out")
    parser.add_argument("--most-queries", type=int, default=200, help="of each set, evenly drawn")
    parser.add_argument("--cache", type=Path, default=Path("benchmarks/results/embeddings"))
    arguments = parser.parse_args()
    quiet_libraries()
    names = arguments.sets.split(",") if arguments.sets else sorted(p.name for p in arguments.path.iterdir())
    embedder, words = CachedEmbedder(build_embedder(Settings()), arguments.cache), build_word_vectors(Settings())
    rows = []
    for name in names:
        found = read_beir(arguments.path / name)
        warm(found, embedder)
        rows.append(measured(found, embedder, words, arguments.most_queries))
        print(rows[-1], flush=True)
    columns = [column for column in rows[0] if column not in {"set", "queries"}]
    rows.append({"set": "mean", **{column: statistics.mean(row[column] for row in rows) for column in columns}})
    report("representations", rows)


def measured(found: RetrievalSet, embedder: Embedder, words: Embedder | None, most: int) -> dict[str, Any]:
    """nDCG@10 of every representation."""
    queries = list(found.queries.items())
    queries = queries[:: max(1, len(queries) // most)]
    compared = {name: ranking for name, ranking in RANKINGS.items() if name != "euclidean"}
    with indexed(found, embedder, words) as (retriever, tenant_id):
        scores = {name: ndcg(retriever, tenant_id, ranking, found, queries) for name, ranking in compared.items()}
    return {"set": found.name, "queries": len(queries), **scores}


def ndcg(
    retriever: Retriever, tenant_id: str, ranking: Ranking, found: RetrievalSet, queries: list[tuple[str, str]]
) -> float:
    each = []
    for query_id, text in queries:
        passages = retriever.search(tenant_id, text, k=DEPTH, ranking=ranking).passages
        ids = [str(passage.live.metadata["id"]) for passage in passages]
        each.append(score_ranking(ids, found.relevant[query_id]))
    return mean_scores(each).ndcg_10


if __name__ == "__main__":
    main()
