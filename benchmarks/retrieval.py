"""How well each leg and their fusion rank, through the product's own database, index and Retriever.

python -m benchmarks.retrieval ../shared/eval/retrieval [--sets scifact,faquad] [--most-queries 200]

One passage per document of the corpus, its title as heading. Vectors are cached by embedder and text. Beside the
product's fusion stand others over the same two legs.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.bootstrap.models import build_embedder, quiet_libraries
from app.bootstrap.retrieval import temporary_retriever
from app.embeddings.cached import CachedEmbedder
from app.evaluations.beir import RetrievalSet, read_beir
from app.evaluations.corpus import DEPTH, embedded_text, indexed
from app.evaluations.ranking import RankingScores, mean_scores, score_ranking
from app.search.profile import SearchMode, SearchProfile
from app.search.retriever import Retriever
from app.settings import Settings
from benchmarks.research.fusions import FUSIONS, ranked
from tests.support.report import report

AT_ONCE = 256
LEGS: tuple[SearchMode, SearchMode] = ("dense", "lexical")


def main() -> None:
    arguments = asked(str(__doc__), most_queries=10_000)
    quiet_libraries()
    embedder = CachedEmbedder(build_embedder(Settings()), arguments.cache)
    rows = []
    for name in arguments.sets:
        found = read_beir(arguments.path / name)
        warm(found, embedder)
        rows.append(measured(found, embedder, arguments.most_queries))
        print(rows[-1], flush=True)
    report("retrieval", [*rows, mean_of(rows)])


def asked(described: str, *, most_queries: int) -> argparse.Namespace:
    """What benchmarks over BEIR sets are asked for: path, sets, most_queries, cache."""
    parser = argparse.ArgumentParser(description=described, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="a folder of BEIR sets")
    parser.add_argument("--sets", type=lambda names: names.split(","), help="names, by commas; all if left out")
    parser.add_argument("--most-queries", type=int, default=most_queries, help="of each set, evenly drawn")
    parser.add_argument("--cache", type=Path, default=Path("benchmarks/results/embeddings"))
    arguments = parser.parse_args()
    arguments.sets = arguments.sets or sorted(path.name for path in arguments.path.iterdir())
    return arguments


def drawn(found: RetrievalSet, most: int) -> list[tuple[str, str]]:
    """About so many of a set's queries, evenly: (id, text) each."""
    queries = list(found.queries.items())
    return queries[:: max(1, len(queries) // most)]


def mean_of(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One more row: the mean over all sets."""
    columns = [column for column in rows[0] if column not in {"set", "queries"}]
    return {"set": "mean", **{column: statistics.mean(row[column] for row in rows) for column in columns}}


def warm(found: RetrievalSet, embedder: CachedEmbedder) -> None:
    """Embed what the set needs, kept every few texts: a run that was cut off goes on there."""
    passages = [embedded_text(entry) for entry in found.corpus.values()]
    for embed, texts in ((embedder.embed_queries, list(found.queries.values())), (embedder.embed_passages, passages)):
        for start in range(0, len(texts), AT_ONCE):
            embed(texts[start : start + AT_ONCE])
            embedder.save()


def measured(found: RetrievalSet, embedder: CachedEmbedder, most: int) -> dict[str, Any]:
    """nDCG@10 of legs and fusions, the gain of the product's over the better leg, and what a search takes."""
    queries = drawn(found, most)
    with indexed(temporary_retriever, found, embedder) as (retriever, tenant_id):
        return {"set": found.name, "queries": len(queries), **ranked_by_all(retriever, tenant_id, found, queries)}


def ranked_by_all(
    retriever: Retriever, tenant_id: str, found: RetrievalSet, queries: Sequence[tuple[str, str]]
) -> dict[str, float]:
    """Mean scores of both legs, of the product's fusion and of the others over the same two legs."""
    scores: dict[str, list[RankingScores]] = {}
    seconds = 0.0
    for query_id, text in queries:
        started = time.perf_counter()
        hits = {"hybrid": retriever.search(tenant_id, text, k=DEPTH).passages}
        seconds += time.perf_counter() - started
        hits |= {leg: retriever.search(tenant_id, text, k=DEPTH, profile=SearchProfile(leg)).passages for leg in LEGS}
        legs = [{str(hit.live.metadata["id"]): hit.score for hit in hits[leg]} for leg in LEGS]
        rankings = {name: [str(hit.live.metadata["id"]) for hit in of] for name, of in hits.items()}
        rankings |= {name: ranked(fusion(*legs)) for name, fusion in FUSIONS.items()}
        for name, ranking in rankings.items():
            scores.setdefault(name, []).append(score_ranking(ranking, found.relevant[query_id]))
    means = {name: mean_scores(of).ndcg_10 for name, of in scores.items()}
    gain = means["hybrid"] - max(means[leg] for leg in LEGS)
    hybrid = mean_scores(scores["hybrid"])
    others = {"recall_5": hybrid.recall_5, "recall_100": hybrid.recall_100, "mrr": hybrid.mrr}
    return {**means, "gain": gain, **others, "ms": 1000 * seconds / len(queries)}


if __name__ == "__main__":
    main()
