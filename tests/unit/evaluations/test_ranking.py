"""Ranking metrics against figures worked out by hand, and what a BEIR folder may get wrong."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from app.errors import InvalidRequest
from app.evaluations.beir import read_beir
from app.evaluations.ranking import mean_scores, mrr, ndcg, recall, score_ranking


def test_ndcg_discounts_by_rank_and_compares_with_the_ideal() -> None:
    assert ndcg(["a", "b"], {"a": 1}, 10) == 1
    assert ndcg(["x", "a"], {"a": 1}, 10) == pytest.approx(1 / math.log2(3))
    graded = ndcg(["b", "a"], {"a": 2, "b": 1}, 10)
    assert graded == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))
    assert ndcg(["x"] * 10 + ["a"], {"a": 1}, 10) == 0


def test_recall_and_reciprocal_rank() -> None:
    relevant = {"a": 1, "b": 1}
    assert recall(["x", "a"], relevant, 5) == 0.5
    assert mrr(["x", "y", "a"], relevant) == pytest.approx(1 / 3)
    assert mrr(["x"] * 10 + ["a"], relevant) == 0
    mean = mean_scores([score_ranking(["a", "b"], relevant), score_ranking([], relevant)])
    assert (mean.ndcg_10, mean.recall_5, mean.recall_100, mean.mrr) == (0.5, 0.5, 0.5, 0.5)


def write(folder: Path, corpus: list[str], queries: list[str], qrels: str) -> Path:
    (folder / "corpus.jsonl").write_text("\n".join(corpus))
    (folder / "queries.jsonl").write_text("\n".join(queries))
    (folder / "qrels.tsv").write_text(qrels)
    return folder


CORPUS = [json.dumps({"_id": "d1", "title": "T", "text": "one"}), json.dumps({"_id": "d2", "text": "two"})]
QUERIES = [json.dumps({"_id": "q1", "text": "?"}), json.dumps({"_id": "q2", "text": "unanswered"})]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\n"


def test_a_set_is_read_without_queries_that_nothing_answers(tmp_path: Path) -> None:
    found = read_beir(write(tmp_path, CORPUS, QUERIES, QRELS))
    assert found.corpus["d1"].title == "T"
    assert found.queries == {"q1": "?"}
    assert found.relevant == {"q1": {"d1": 1}}


@pytest.mark.parametrize(
    ("corpus", "queries", "qrels", "said"),
    [
        ([*CORPUS, "{"], QUERIES, QRELS, "corpus.jsonl:3"),
        ([*CORPUS, '{"_id": "d3"}'], QUERIES, QRELS, 'corpus.jsonl:3 has no text in the field "text"'),
        (CORPUS, ["[]"], QRELS, "queries.jsonl:1"),
        (CORPUS, QUERIES, QRELS + "q1\td1\n", "qrels.tsv:4"),
        (CORPUS, QUERIES, QRELS + "q9\td1\t1\n", "qrels.tsv:4"),
    ],
)
def test_a_malformed_line_is_named(
    tmp_path: Path, corpus: list[str], queries: list[str], qrels: str, said: str
) -> None:
    with pytest.raises(InvalidRequest, match=said):
        read_beir(write(tmp_path, corpus, queries, qrels))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"corpus\.jsonl is missing"):
        read_beir(tmp_path)
