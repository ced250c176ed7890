"""`loracle eval`, which measures answers, and `loracle calibrate`, which fits the refusal threshold."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.serve import DataDir, settings_with
from app.cli.terminal import print
from app.errors import InvalidRequest

if TYPE_CHECKING:
    from app.embeddings.cached import CachedEmbedder
    from app.evaluations.records import CaseResult, RunScores
    from app.evaluations.suite import Part
    from app.settings import Settings

Paths = Annotated[
    list[Path],
    typer.Argument(
        help="Packs of everyday questions (questions.jsonl beside docs/), files of cases (JSONL, SQuAD), retrieval "
        "sets (BEIR), documents with EXPECT_*.jsonl, and folders of them."
    ),
]
Override = Annotated[list[str] | None, typer.Option("--set", help="A setting of the run, as base_model=...")]
Against = Annotated[list[str] | None, typer.Option(help="A setting of a second run, compared with the first.")]
Limits = Annotated[
    list[str] | None, typer.Option(help="What must hold, as refusal.balanced_accuracy>=0.8 or overall.failed<=0")
]
QUEUE = 64
MOST_NAMED = 20  # failures on the command line


def evaluate(
    paths: Paths,
    out: Annotated[Path, typer.Option(help="Folder of the report; a run that was cut off goes on there.")],
    override: Override = None,
    against: Against = None,
    threshold: Limits = None,
    per_set: Annotated[int, typer.Option(min=1, help="Answers written for each set.")] = 40,
    queries: Annotated[int, typer.Option(min=1, help="Queries ranked of each retrieval set.")] = 200,
    embeddings: Annotated[Path | None, typer.Option(help="Folder of cached vectors; in --out if left out.")] = None,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds for one answer; a slower one counts as failed.")] = 600,
) -> None:
    """Score parsing, retrieval, answers and everyday conversations; write report.html and scores.json.

    A case that fails is recorded with its error, and the run goes on.
    """
    import asyncio

    from app.evaluations.compare import compare
    from app.evaluations.report import write_report
    from app.evaluations.suite import read_suite
    from app.evaluations.thresholds import parse_threshold, unmet

    limits = [parse_threshold(text) for text in threshold or []]
    parts = read_suite(paths, per_set, queries)
    if bare := [part.set for part in parts if part.layer == "documents"]:
        raise InvalidRequest(
            f"{', '.join(bare)}: questions without passages are asked of a tenant's documents; send them to a running "
            "service at /api/v1/evaluations."
        )
    arms = {"run": _settings(override)}
    if against:
        arms["against"] = _settings([*(override or []), *against])
    found = {
        name: asyncio.run(_arm(name, settings, parts, out, embeddings or out / "embeddings", timeout))
        for name, settings in arms.items()
    }
    rows = [found[name][0] for name in arms]
    comparison = compare(rows[0], rows[1]) if against else {}
    about = {name: _configuration(settings, parts) for name, settings in arms.items()}
    cases = {name: results for name, (results, _) in found.items()}
    page = write_report(out, {name: scores for name, (_, scores) in found.items()}, comparison, about, cases)
    print(f"{page} is written.")
    for name, results in cases.items():
        _name_failures(name, results)
    wrong = [reason for limit in limits if (reason := unmet(limit, found["run"][1]))]
    for reason in wrong:
        print(f"loracle: {reason}", file=sys.stderr)
    sys.exit(1 if wrong else 0)


def calibrate(
    tenant: Annotated[str, typer.Argument(help="The tenant's name.")],
    cases: Annotated[Path, typer.Argument(help="Questions held out for this: JSONL, answerable ones with answers.")],
    data_dir: DataDir = None,
    false_refusals: Annotated[float, typer.Option(min=0, max=1, help="Bear so many refusals of what could be.")] = 0.08,
) -> None:
    """Fit the threshold of whoever judges the tenant's passages, say how well it does, and put it in force."""
    from app.bootstrap.evaluation import judging
    from app.bootstrap.models import quiet_libraries
    from app.evaluations.calibrate import calibrate_tenant
    from app.evaluations.cases import read_cases
    from app.storage.database import check_database
    from app.storage.sql.repositories.tenants import Tenants

    quiet_libraries()
    held_out, settings = read_cases(cases), settings_with(data_dir=data_dir)
    check_database(settings.data_dir, settings.database_url)
    with judging(settings) as (runtime, judge_of):
        db = runtime.storage.db
        with db.read() as session:
            tenant_id = Tenants(session).by_name(tenant).id
        fitted = calibrate_tenant(
            *(db, runtime.retriever, tenant_id, held_out, false_refusals),
            top_k=settings.top_k,
            judge=judge_of(tenant_id),
        )
    print(json.dumps(fitted.figures(), indent=1))


def _name_failures(run: str, results: Mapping[str, Sequence[CaseResult]]) -> None:
    from app.evaluations.failures import failures

    named = failures(results)
    for failure in named[:MOST_NAMED]:
        print(f"{run}: {failure.part} {failure.case_id} failed: {failure.message}", file=sys.stderr)
    if len(named) > MOST_NAMED:
        print(f"{run}: {len(named) - MOST_NAMED} more cases failed; the report names them.", file=sys.stderr)


async def _arm(
    name: str, settings: Settings, parts: list[Part], out: Path, embeddings: Path, timeout_s: float
) -> tuple[dict[str, list[CaseResult]], RunScores]:
    """Run one configuration over all parts, with models of its own."""
    from app.bootstrap.evaluation import pack_opener
    from app.bootstrap.limits import parser_limits
    from app.bootstrap.models import build_embedder, quiet_libraries
    from app.bootstrap.retrieval import temporary_retriever
    from app.bootstrap.runtime import build_generate_step
    from app.chat.settings.service import AnsweringProfile
    from app.domain.conversations import RefusalPolicy
    from app.embeddings.cached import CachedEmbedder
    from app.evaluations.answer_runner import Subject
    from app.evaluations.results_log import ResultsLog
    from app.evaluations.run import run

    quiet_libraries()
    results_log = ResultsLog(out / f"{name}.jsonl", _configuration(settings, parts))
    embedder = CachedEmbedder(build_embedder(settings), embeddings)
    generator, base, generate_step = build_generate_step(settings, embedder)
    profile = AnsweringProfile("evaluation", policy=RefusalPolicy(settings.refusal_threshold))
    subject = Subject(
        generate_step,
        embedder,
        profile,
        limits=parser_limits(settings),
        open_retriever=temporary_retriever,
        open_asker=pack_opener(settings, embedder, generator, base),
        timeout_s=timeout_s,
    )
    try:
        scores = await run(subject, parts, results_log, _Progress(name, embedder))
    finally:
        await generator.close()
        embedder.save()
    return {part.name: results_log.results(part.name) for part in parts}, scores


class _Progress:
    """Prints a line at most twice a second, and saves new vectors whenever a part ends."""

    def __init__(self, name: str, embedder: CachedEmbedder) -> None:
        self._name = name
        self._embedder = embedder
        self._part = ""
        self._started = self._shown = time.monotonic()

    def __call__(self, part: str, done: int, total: int) -> None:
        if part != self._part:
            self._part = part
            self._embedder.save()
        now = time.monotonic()
        if now - self._shown > 0.5 or done == total:
            self._shown = now
            print(f"{self._name}: {done} of {total} after {now - self._started:.0f} s ({part})", flush=True)


def _settings(assignments: list[str] | None) -> Settings:
    from app.settings import Settings

    given = dict(text.partition("=")[::2] for text in assignments or [])
    unknown = sorted(given.keys() - Settings.model_fields.keys())
    if unknown:
        raise InvalidRequest(f"There is no setting {', '.join(unknown)}; .env.example lists them.")
    return settings_with(**given, tenant_queue_size=QUEUE, queue_size=QUEUE)


def _configuration(settings: Settings, parts: list[Part]) -> dict[str, Any]:
    """What determines the figures: models, limits and the number of cases of each part."""
    names = ("base_model", "embedding_model", "quantization", "compute_dtype", "generator", "refusal_threshold")
    chosen = {name: getattr(settings, name) for name in names}
    asked = {part.name: _digest(part) for part in parts if part.work == "converse"}
    everyday = {"starter_adapter": settings.starter_adapter, "everyday": asked} if asked else {}
    return {**chosen, **everyday, "parts": {part.name: len(part.cases) for part in parts}}


def _digest(part: Part) -> str:
    """Identifies the questions and documents of a pack: changed ones are another run."""
    from app.evaluations.everyday.packs import pack_documents

    digest = hashlib.sha256(repr(part.cases).encode())
    for path in pack_documents(part.source) if part.source is not None else ():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
