"""How well each representation that a tenant may choose ranks, through the product's own database and Retriever.

python -m benchmarks.research.representations ../shared/eval/retrieval [--sets scifact,faquad] [--most-queries 200]

Vectors are cached as benchmarks/retrieval.py caches them. `euclidean` ranks as `cosine` and is left out.
"""

from __future__ import annotations

from typing import Any

from app.bootstrap.models import build_embedder, build_word_vectors, quiet_libraries
from app.bootstrap.retrieval import temporary_retriever
from app.embeddings.base import Embedder
from app.embeddings.cached import CachedEmbedder
from app.evaluations.beir import RetrievalSet, read_beir
from app.evaluations.corpus import DEPTH, indexed
from app.evaluations.ranking import mean_scores, score_ranking
from app.search.profile import PROFILES, SearchProfile
from app.search.retriever import Retriever
from app.settings import Settings
from benchmarks.retrieval import asked, drawn, mean_of, warm
from tests.support.report import report


def main() -> None:
    arguments = asked(str(__doc__), most_queries=200)
    quiet_libraries()
    embedder, words = CachedEmbedder(build_embedder(Settings()), arguments.cache), build_word_vectors(Settings())
    rows = []
    for name in arguments.sets:
        found = read_beir(arguments.path / name)
        warm(found, embedder)
        rows.append(measured(found, embedder, words, arguments.most_queries))
        print(rows[-1], flush=True)
    report("representations", [*rows, mean_of(rows)])


def measured(found: RetrievalSet, embedder: Embedder, words: Embedder | None, most: int) -> dict[str, Any]:
    """nDCG@10 of every representation."""
    queries = drawn(found, most)
    compared = {name: profile for name, profile in PROFILES.items() if name != "euclidean"}
    with indexed(temporary_retriever, found, embedder, words) as (retriever, tenant_id):
        scores = {name: ndcg(retriever, tenant_id, profile, found, queries) for name, profile in compared.items()}
    return {"set": found.name, "queries": len(queries), **scores}


def ndcg(
    retriever: Retriever, tenant_id: str, profile: SearchProfile, found: RetrievalSet, queries: list[tuple[str, str]]
) -> float:
    each = []
    for query_id, text in queries:
        passages = retriever.search(tenant_id, text, k=DEPTH, profile=profile).passages
        ids = [str(passage.live.metadata["id"]) for passage in passages]
        each.append(score_ranking(ids, found.relevant[query_id]))
    return mean_scores(each).ndcg_10


if __name__ == "__main__":
    main()
