"""A case that fails is recorded, and the run of the existing layers goes on."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from app.chat.settings.service import AnsweringProfile
from app.chat.steps.generate import GenerateStep
from app.domain.conversations import RefusalPolicy
from app.embeddings.hashing import HashingEmbedder
from app.errors import AppError, RateLimited, StorageFull, Unavailable
from app.evaluations import parsing
from app.evaluations.answer_runner import Subject
from app.evaluations.failures import failures, recorded, when_free
from app.evaluations.records import CaseResult
from app.evaluations.report import render
from app.evaluations.results_log import ResultsLog
from app.evaluations.run import run
from app.evaluations.suite import read_suite
from app.llm.fake import FakeGenerator

HEAD: CaseResult = {"id": "q", "group": "", "language": "en", "question": "When?"}
GOLD = "The harbour museum opens at ten in the morning."


class Faulty(FakeGenerator):
    """Fails, or never ends, for prompts with certain words."""

    def __init__(self, fault: Exception | None = None) -> None:
        super().__init__(tenant_queue_size=64)
        self.fault = fault

    async def stream(self, request: Any) -> Any:
        prompt = self.tokenizer.decode(request.prompt)
        if "seven" in prompt and self.fault is not None:
            raise self.fault
        if "endless" in prompt:
            await asyncio.sleep(60)
        async for delta in super().stream(request):
            yield delta


def subject(generator: FakeGenerator, **fields: Any) -> Subject:
    embedder = HashingEmbedder()
    step = GenerateStep(embedder, generator, timeout_s=60)
    profile = AnsweringProfile("evaluation", policy=RefusalPolicy(0.05))
    return Subject(step, embedder, profile, **fields)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    contexts = [GOLD, f"{GOLD} It has seven rooms.", f"{GOLD} It has endless rooms."]
    rows = [
        {"id": f"q{i}", "question": "When does the harbour museum open?", "answers": ["at ten"], "context": context}
        for i, context in enumerate(contexts)
    ]
    (tmp_path / "museum.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path


async def test_run_goes_on_after_cases_that_fail_or_take_too_long(folder: Path, tmp_path: Path) -> None:
    log = ResultsLog(tmp_path / "out" / "run.jsonl", {})
    parts = [part for part in read_suite([folder]) if part.layer == "answers"]
    fault = Unavailable("The model failed on this request; try again.", code="generation_failed")
    scores = await run(subject(Faulty(fault), timeout_s=0.5), parts, log, lambda *_: None)
    answers = scores["layers"]["answers"]
    assert (answers["n"], answers["failed"], scores["overall"]["failed"]) == (3, 2, 2)
    assert (answers["contains"]["mean"], answers["contains"]["n"]) == (1.0, 1)  # over the cases with an answer
    named = failures({part.name: log.results(part.name) for part in parts})
    assert {(one.part, one.case_id, one.code) for one in named} == {
        ("answers/museum", "q1", "generation_failed"),
        ("answers/museum", "q2", "timed_out"),
    }
    page = render({"run": scores}, {}, {}, {"run": {part.name: log.results(part.name) for part in parts}})
    assert "Failed: 2" in page
    assert "generation_failed: The model failed on this request" in page

    reopened = ResultsLog(tmp_path / "out" / "run.jsonl", {})
    assert reopened.case_ids("answers/museum") == {"q0"}
    asked: list[int] = []
    scores = await run(subject(FakeGenerator(tenant_queue_size=64)), parts, reopened, lambda _, n, __: asked.append(n))
    assert (asked, scores["overall"]["failed"]) == ([2, 3], 0)


async def test_parsing_goes_on_after_a_file_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "EXPECT_files.jsonl").write_text(
        '{"file": "a.txt", "must_contain": ["ten"]}\n{"file": "b.txt", "must_contain": ["ten"]}\n'
    )
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("It opens at ten.")
    keep = parsing.parse_sandboxed

    def failing(path: Path, *rest: Any) -> Any:
        if path.name == "a.txt":
            raise OSError("the child process is gone")
        return keep(path, *rest)

    monkeypatch.setattr(parsing, "parse_sandboxed", failing)
    log = ResultsLog(tmp_path / "out" / "run.jsonl", {})
    scores = await run(subject(FakeGenerator()), read_suite([tmp_path]), log, lambda *_: None)
    files = scores["parts"]["parsing/files"]
    assert (files["n"], files["failed"], files["whole"]["mean"]) == (2, 1, 1.0)


@pytest.mark.parametrize(
    "fault",
    [Unavailable("The service is shutting down.", code="shutting_down"), StorageFull("The disk is full.")],
)
async def test_what_would_fail_every_case_ends_the_run(fault: AppError) -> None:
    async def work() -> CaseResult:
        raise fault

    with pytest.raises(type(fault)):
        await recorded(work(), HEAD)


async def test_fault_of_the_program_is_recorded_without_its_text() -> None:
    async def work() -> CaseResult:
        raise KeyError("a secret")

    result = await recorded(work(), HEAD)
    assert result == {**HEAD, "error": {"code": "internal_error", "message": "KeyError; the log has the details."}}


async def test_busy_service_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.evaluations.failures.RETRY_AFTER_S", 0.0)
    faults: list[Exception] = [RateLimited("Wait."), Unavailable("Full.", code="overloaded")]

    async def work() -> str:
        if faults:
            raise faults.pop()
        return "done"

    assert await when_free(work) == "done"
    faults.append(Unavailable("Failed.", code="generation_failed"))
    with pytest.raises(Unavailable):
        await when_free(work)
