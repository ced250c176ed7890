"""Retrieval sets and parsing as layers of an evaluation, over the shipped fakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.bootstrap.retrieval import temporary_retriever
from app.chat.settings.service import AnsweringProfile
from app.chat.steps.generate import GenerateStep
from app.embeddings.hashing import HashingEmbedder
from app.errors import InvalidRequest
from app.evaluations.answer_runner import Subject
from app.evaluations.cases import CasesInvalid
from app.evaluations.results_log import ResultsLog
from app.evaluations.run import run
from app.evaluations.suite import read_suite
from app.llm.fake import FakeGenerator
from tests.support.paths import SAMPLES

QUESTIONS = SAMPLES / "evaluation"


def lines(path: Path, *rows: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture
def subject() -> Subject:
    embedder = HashingEmbedder()
    return Subject(
        GenerateStep(embedder, FakeGenerator(), timeout_s=60),
        embedder,
        AnsweringProfile("evaluation"),
        open_retriever=temporary_retriever,
    )


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    folder = tmp_path / "museum"
    texts = {"a": "The museum opens at ten.", "b": "Whales eat krill.", "c": "The library lends books."}
    lines(folder / "corpus.jsonl", *({"_id": key, "text": text} for key, text in texts.items()))
    queries = [{"_id": "q1", "text": "When does the museum open?"}, {"_id": "q2", "text": "What do whales eat?"}]
    lines(folder / "queries.jsonl", *queries)
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\tc\t1\n")  # q2's is judged wrong
    return folder


async def test_retrieval_set_is_ranked_by_both_legs_and_fused(subject: Subject, museum: Path, tmp_path: Path) -> None:
    results_log = ResultsLog(tmp_path / "run.jsonl", {})
    scores = await run(subject, read_suite([museum]), results_log, lambda *_: None)
    part = scores["parts"]["retrieval/museum"]
    rows = {row["id"]: row for row in results_log.results("retrieval/museum")}
    assert rows["q1"]["ndcg_10"] == rows["q1"]["lexical_ndcg_10"] == rows["q1"]["mrr"] == 1.0
    assert rows["q2"]["ndcg_10"] < 1.0
    assert rows["q2"]["lexical_ndcg_10"] == 0.0  # shares no word with what is judged relevant
    assert part["ndcg_10"]["mean"] == pytest.approx((1 + rows["q2"]["ndcg_10"]) / 2)
    assert "refused" not in part


async def test_follow_up_is_ranked_beside_its_stand_alone_form(subject: Subject, museum: Path, tmp_path: Path) -> None:
    follow = {"earlier": ["When does the museum open?"], "stand_alone": "Does the museum open at ten?"}
    lines(museum / "queries.jsonl", {"_id": "q1", "text": "And at ten?", **follow}, {"_id": "q2", "text": "Whales?"})
    results_log = ResultsLog(tmp_path / "run.jsonl", {})
    await run(subject, read_suite([museum]), results_log, lambda *_: None)
    rows = {row["id"]: row for row in results_log.results("conversation/museum")}
    assert rows["q1"]["alone_ndcg_10"] == rows["q1"]["ndcg_10"] == 1.0
    assert "museum" in rows["q1"]["searched"]
    assert "alone_ndcg_10" not in rows["q2"]
    lines(museum / "queries.jsonl", {"_id": "q1", "text": "And at ten?", "earlier": "When?"})
    with pytest.raises(InvalidRequest, match=r"queries\.jsonl:1.*list of the questions"):
        read_suite([museum])


async def test_phrases_that_parsing_must_keep(subject: Subject, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    (documents / "files").mkdir(parents=True)
    (documents / "files" / "a.md").write_text("# Title\n\nThe museum opens **at ten** in the morning.")
    (documents / "files" / "b.pdf").write_bytes(b"%PDF-1.7\nbroken")
    lines(
        documents / "EXPECT_mine.jsonl",
        {"file": "a.md", "must_contain": ["opens at ten", "closes at six"]},
        {"file": "b.pdf", "paragraphs": ["one two three"]},
    )
    results_log = ResultsLog(tmp_path / "run.jsonl", {})
    scores = await run(subject, read_suite([documents]), results_log, lambda *_: None)
    rows = {row["id"]: row for row in results_log.results("parsing/mine")}
    assert (rows["a.md"]["kept"], rows["a.md"]["whole"], rows["a.md"]["fault"]) == (0.5, 0.0, "")
    assert rows["b.pdf"]["kept"] == 0.0
    assert rows["b.pdf"]["fault"]
    assert scores["layers"]["parsing"]["kept"]["mean"] == 0.25


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"file": "none.md", "must_contain": ["x"]}, "line 1: there is no file none.md"),
        ({"file": "a.md"}, "line 1: needs file"),
        ([], "line 1: needs file"),
    ],
)
def test_listing_that_cannot_be_used_is_named_by_line(tmp_path: Path, row: object, reason: str) -> None:
    (tmp_path / "a.md").write_text("x")
    lines(tmp_path / "EXPECT_x.jsonl", row)
    with pytest.raises(CasesInvalid, match=reason):
        read_suite([tmp_path])


def test_conversation_samples_are_forty_follow_ups_in_two_languages() -> None:
    parts = {part.name: part for part in read_suite([QUESTIONS]) if part.layer == "conversation"}
    assert {name: len(part.cases) for name, part in parts.items()} == {
        "conversation/conversations-en": 20,
        "conversation/conversations-pt": 20,
    }
    assert all(case.earlier and case.stand_alone for part in parts.values() for case in part.cases)
