"""Packs of everyday questions from folder to report, over the shipped fakes and the real chat flow."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from app.chat.service import ChatService, Question
from app.cli import app as cli
from app.domain.conversations import ChatAnswer
from app.errors import DeadlineExceeded
from app.evaluations.cases import CasesInvalid
from app.evaluations.everyday.report_section import everyday_results, question_view
from app.evaluations.suite import read_suite
from tests.unit.evaluations.everyday_samples import FOLLOW_UP, OPENING, THANKS, UNKNOWN, write_pack

FAKES = [f"--set={name}" for name in ("generator=scripted", "embedding_model=hashing", "refusal_threshold=0.05")]


def evaluate(out: Path, *arguments: str | Path) -> Any:
    return CliRunner().invoke(cli, ["eval", *map(str, arguments), "--out", str(out), *FAKES])


def logged(out: Path) -> dict[str, dict[str, Any]]:
    lines = (out / "run.jsonl").read_text().splitlines()[1:]
    return {row["id"]: row for row in map(json.loads, lines)}


def test_pack_is_a_part_and_its_documents_are_no_cases(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path / "pool", documents={"pool.md": b"x", "rows.jsonl": b'{"question": "?"}', "a.json": b"{}"}
    )
    (pack / "docs" / ".hidden").write_text("x")
    for path in (tmp_path, pack, pack / "questions.jsonl"):
        (part,) = read_suite([path])
        assert (part.name, part.work, part.source) == ("everyday/pool", "converse", pack)
        assert {case.group for case in part.cases} == {"pool"}


def test_pack_without_documents_and_two_of_one_name_are_errors(tmp_path: Path) -> None:
    write_pack(tmp_path / "a" / "pool")
    write_pack(tmp_path / "b" / "pool")
    with pytest.raises(CasesInvalid, match="Two packs are named pool"):
        read_suite([tmp_path])
    (tmp_path / "b" / "pool" / "docs" / "pool.md").unlink()
    with pytest.raises(CasesInvalid, match="no documents: put the files"):
        read_suite([tmp_path / "b"])


def test_command_asks_all_turns_and_reports_each_question(tmp_path: Path) -> None:
    write_pack(tmp_path / "packs" / "pool", OPENING, {**FOLLOW_UP, "must": [["not there"]]}, UNKNOWN)
    ran = evaluate(tmp_path / "out", tmp_path / "packs", "--threshold", "overall.failed<=0")
    assert ran.exit_code == 0, ran.output
    results = logged(tmp_path / "out")
    assert results["opening"]["useful"] == results["opening"]["right_citation"] == 1.0
    assert results["unknown"]["right_refusal"] == 1.0
    assert results["price"]["useful"] == 0.0
    assert [turn["question"] for turn in results["price"]["turns"]] == FOLLOW_UP["turns"]
    assert "seven" in results["price"]["turns"][0]["sent"]["answer"]
    scores = json.loads((tmp_path / "out" / "scores.json").read_text())["runs"]["run"]
    assert scores["layers"]["everyday"]["useful"]["mean"] == 0.5
    assert set(scores["layers"]["everyday"]["kinds"]) == {"direct", "followup", "far"}
    listed = json.loads((tmp_path / "out" / "questions.json").read_text())["run"]
    assert [row["id"] for row in listed] == ["price", "opening", "unknown"]  # the wrong one first
    page = LexborHTMLParser((tmp_path / "out" / "report.html").read_text())
    summaries = [node.text() for node in page.css("summary")]
    assert [text.split(" · ")[0] for text in summaries] == ["not useful", "useful", "rightly refused"]
    assert "open" in page.css("details")[0].attributes
    assert "open" not in page.css("details")[1].attributes
    assert page.body is not None
    assert 'It does not say "not there".' in page.body.text()


def test_second_turn_is_asked_in_the_conversation_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Question] = []
    keep = ChatService.answer

    async def noting(self: ChatService, tenant_id: str, question: Question) -> ChatAnswer:
        asked.append(question)
        return await keep(self, tenant_id, question)

    monkeypatch.setattr(ChatService, "answer", noting)
    write_pack(tmp_path / "pool", OPENING, FOLLOW_UP)
    assert evaluate(tmp_path / "out", tmp_path / "pool").exit_code == 0
    assert [question.message for question in asked] == [*OPENING["turns"], *FOLLOW_UP["turns"]]
    assert asked[0].conversation_id != asked[1].conversation_id == asked[2].conversation_id


def test_question_that_fails_is_named_and_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = ChatService.answer

    async def failing(self: ChatService, tenant_id: str, question: Question) -> ChatAnswer:
        if "sauna" in question.message:
            raise DeadlineExceeded("The answer did not finish in time.")
        if "Thanks" in question.message:
            raise RuntimeError("a fault of the program")
        if "telescope" in question.message:
            await asyncio.sleep(30)
        return await keep(self, tenant_id, question)

    monkeypatch.setattr(ChatService, "answer", failing)
    write_pack(tmp_path / "pool", FOLLOW_UP, THANKS, UNKNOWN, OPENING)
    out = tmp_path / "out"
    ran = evaluate(out, tmp_path / "pool", "--timeout", "1", "--threshold", "overall.failed<=0")
    assert ran.exit_code == 1
    assert "overall.failed <= 0 does not hold: 3.0000" in ran.output
    assert "everyday/pool price failed: The answer did not finish in time." in ran.output
    results = logged(out)
    assert results["opening"]["useful"] == 1.0  # asked after the others failed
    errors = {name: row["error"]["code"] for name, row in results.items() if "error" in row}
    assert errors == {"price": "deadline_exceeded", "thanks": "internal_error", "unknown": "timed_out"}
    assert [turn["question"] for turn in results["price"]["turns"]] == FOLLOW_UP["turns"]
    assert "sent" not in results["price"]["turns"][1]
    named = json.loads((out / "scores.json").read_text())["failures"]["run"]
    assert {failure["case_id"] for failure in named} == {"price", "thanks", "unknown"}
    assert "Failed: 3" in (out / "report.html").read_text()

    monkeypatch.setattr(ChatService, "answer", keep)
    again = evaluate(out, tmp_path / "pool", "--threshold", "overall.failed<=0")
    assert again.exit_code == 0, again.output  # those that failed are asked again
    assert logged(out)["unknown"]["right_refusal"] == 1.0


def test_pattern_that_does_not_end_fails_its_question_only(tmp_path: Path) -> None:
    text = f"The lagoon pool is at {'x' * 300} and opens at seven.".encode()
    endless = {**OPENING, "id": "endless", "must": [["re:(x|x)*\\1[^x ]"]]}
    write_pack(tmp_path / "pool", endless, OPENING, documents={"pool.txt": text})
    ran = evaluate(tmp_path / "out", tmp_path / "pool")
    assert ran.exit_code == 0, ran.output
    results = logged(tmp_path / "out")
    assert results["endless"]["error"]["code"] == "pattern_timeout"
    assert "at seven" in results["endless"]["turns"][0]["sent"]["answer"]
    assert results["opening"]["useful"] == 1.0


def test_pack_whose_document_cannot_be_read_fails_and_others_go_on(tmp_path: Path) -> None:
    write_pack(tmp_path / "packs" / "broken", OPENING, documents={"broken.pdf": b"%PDF-1.4 nothing"})
    write_pack(tmp_path / "packs" / "pool", OPENING)
    ran = evaluate(tmp_path / "out", tmp_path / "packs")
    assert ran.exit_code == 0, ran.output
    assert "everyday/broken opening failed: Documents could not be ingested: broken.pdf: " in ran.output
    scores = json.loads((tmp_path / "out" / "scores.json").read_text())["runs"]["run"]
    assert scores["parts"]["everyday/pool"]["useful"]["mean"] == 1.0
    assert scores["parts"]["everyday/broken"]["failed"] == 1


def test_changed_questions_are_another_run(tmp_path: Path) -> None:
    write_pack(tmp_path / "pool", OPENING)
    assert evaluate(tmp_path / "out", tmp_path / "pool").exit_code == 0
    (tmp_path / "pool" / "questions.jsonl").write_text(json.dumps({**OPENING, "must": [["other"]]}))
    ran = evaluate(tmp_path / "out", tmp_path / "pool")
    assert ran.exit_code != 0
    assert "another configuration" in f"{ran.output}{ran.exception}"


def test_kinds_have_thresholds(tmp_path: Path) -> None:
    write_pack(tmp_path / "pool", OPENING, {**FOLLOW_UP, "must": [["not there"]]})
    arguments = ("--threshold", "everyday:direct.useful>=1", "--threshold", "everyday:followup.useful>=1")
    ran = evaluate(tmp_path / "out", tmp_path / "pool", *arguments)
    assert ran.exit_code == 1
    assert "everyday:followup.useful >= 1 does not hold: 0.0000" in ran.output
    assert "everyday:direct" not in ran.output


def test_view_shows_turns_marks_and_trace() -> None:
    citation = {"index": 1, "score": 0.91, "filename": "pool.md", "quote": "opens at seven", "verified": True}
    doubted = {**citation, "index": 2, "verified": False, "support": "supported", "reason": "year_differs"}
    sent = {
        "answer": "At seven. Never.",
        "refused": False,
        "route": "question",
        "finish_reason": "length",
        "citations": [citation, doubted],
        "unsupported": [{"start": 10, "end": 16, "reason": "no_source"}, {"start": 0, "end": 9}],
        "trace": [{"name": "judge", "version": "model", "seconds": 0.25, "detail": {"answerable": 0.8}}],
    }
    turns = [{"question": "And then?", "searched": "When does it open?", "seconds": 1.25, "sent": sent}]
    row: Any = {"id": "a", "group": "pool", "language": "en", "kind": "direct", "useful": 0.0, "turns": turns}
    view = question_view({**row, "reasons": ["It does not say 'nine'."]})
    (turn,) = view.turns
    assert (view.verdict, view.wrong, view.reasons) == ("not useful", True, ["It does not say 'nine'."])
    assert (turn.searched, turn.marks) == ("When does it open?", "route question · ended: length · 1.2 s")
    assert turn.unsupported == ["Never. (no_source)", "At seven."]
    assert turn.citations is not None
    assert [cells[1] for cells in turn.citations.rows] == ["verified", "supported: year_differs"]
    assert turn.trace is not None
    assert list(turn.trace.rows) == [("judge", "model", "0.250", "answerable: 0.8")]


def test_wrong_questions_come_first() -> None:
    def row(name: str, **figures: Any) -> Any:
        return {"id": name, "group": "", "language": "", **figures}

    rows = [
        row("right", useful=1.0),
        row("cited wrongly", useful=1.0, right_citation=0.0),
        row("wrong", useful=0.0),
        row("answered", right_refusal=0.0),
        row("failed", useful=0.0, error={"code": "x", "message": "y"}),
    ]
    found = everyday_results({"answers/x": [row("other")], "everyday/a": rows})
    assert [one["id"] for one in found] == ["failed", "wrong", "answered", "cited wrongly", "right"]
