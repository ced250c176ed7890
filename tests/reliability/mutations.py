"""Faults written into a copy of the source, one at a time: does a test fail for each?

    python -m tests.reliability.mutations [--only "queue pause" ...]

The tracked files are copied to a temporary folder. For each mutation one piece of source text is replaced, the tests
that should notice run, and the text is put back. "caught": a test failed. "survived": all passed. "broken": they fail
without the mutation too, or none was found. A mutation whose text is no longer in its file ends the run: adapt it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.paths import ROOT
from tests.support.report import report

ALL_PASSED, SOME_FAILED = 0, 1  # pytest's exit statuses


@dataclass(frozen=True, slots=True)
class Mutation:
    file: str
    source: str  # stands exactly once in the file
    mutant: str
    tests: tuple[str, ...]  # arguments for pytest


MUTATIONS: dict[str, Mutation] = {
    "lexical share of the fusion": Mutation(
        "app/search/scores.py",
        "LEXICAL_SHARE = 0.5",
        "LEXICAL_SHARE = 0.4",
        ("tests/unit/search/test_ranking_parts.py",),
    ),
    "version overtaken by itself": Mutation(
        "app/storage/sql/repositories/document_versions.py",
        "document.live_version_id > version_id",
        "document.live_version_id >= version_id",
        ("tests/unit/storage/test_documents.py",),
    ),
    "whole prompt from the cache": Mutation(
        "app/engine/kv.py",
        "self._longest_prefix(owner, origin, prompt[:-1])",
        "self._longest_prefix(owner, origin, prompt)",
        ("tests/unit/engine/test_engine.py", "-k", "prefix or reuse"),
    ),
    "credit for absent tenants": Mutation(
        "app/engine/scheduler.py",
        "max(self._served_tokens.get(tenant, 0.0), lowest)",
        "self._served_tokens.get(tenant, 0.0)",
        ("tests/unit/engine/test_engine.py", "-k", "absence"),
    ),
    "revoked keys": Mutation(
        "app/storage/sql/repositories/keys.py",
        "ApiKeyRow.revoked_at.is_(None) & or_(",
        "or_(",
        ("tests/integration/api/test_bad_input.py", "-k", "revoked"),
    ),
    "queue pause": Mutation(
        "app/storage/sql/queue.py",
        "if not kinds or self.paused(EVERYONE):",
        "if not kinds:",
        ("tests/integration/cli/test_queue.py",),
    ),
    "JSON body limit": Mutation(
        "app/http/middleware/body_limit.py",
        "if takes_files else self.json_bytes",
        "",
        ("tests/integration/api/test_bad_input.py", "-k", "body or large"),
    ),
    "lifetime of idempotency keys": Mutation(
        "app/domain/idempotency.py",
        "timedelta(hours=24)",
        "timedelta(hours=1)",
        ("tests/unit/storage/test_idempotency.py",),
    ),
    "refusal of doubtful answers": Mutation(
        "app/chat/steps/generate.py",
        "answer.buffered and (refuses or unsupported)",
        "answer.buffered and refuses",
        ("tests/unit/chat/test_generate.py",),
    ),
    "ranking of the tenant in evaluations": Mutation(
        "app/evaluations/tenant_retrieval.py",
        "retrieve(self.retriever, profile, question",
        "retrieve(self.retriever, AnsweringProfile(profile.tenant_id), question",
        ("tests/integration/api/test_chat_passages.py", "-k", "evaluation"),
    ),
    "ranking of the tenant in chat": Mutation(
        "app/chat/steps/retrieve.py",
        "        profile=profile.search,\n",
        "",
        ("tests/integration/api/test_chat_settings.py",),
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(MUTATIONS), default=list(MUTATIONS), metavar="NAME")
    given = parser.parse_args()
    rows = run_mutations({name: MUTATIONS[name] for name in given.only})
    report("mutations", rows)
    sys.exit(any(row["result"] != "caught" for row in rows))


def run_mutations(mutations: dict[str, Mutation]) -> list[dict[str, Any]]:
    """A row for each mutation: whether its tests caught it. Raises LookupError if one does not fit the source."""
    for mutation in mutations.values():
        check_applies(mutation)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        copy_tree(Path(folder))
        for name, mutation in mutations.items():
            result, line = run_mutation(Path(folder), mutation)
            rows.append({"mutation": name, "result": result, "pytest": line})
            print(f"{name}: {result}", flush=True)
    return rows


def check_applies(mutation: Mutation) -> None:
    """Raise LookupError if the mutation's text does not stand exactly once in its file."""
    count = (ROOT / mutation.file).read_text(encoding="utf-8").count(mutation.source)
    if count != 1:
        raise LookupError(f"{mutation.file} has {mutation.source!r} {count} times")


def copy_tree(folder: Path) -> None:
    """Copy the tracked files, and the compiled kernels beside their sources."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    compiled = [str(path.relative_to(ROOT)) for path in (ROOT / "app").rglob("*.so")]
    for name in [*filter(None, listed.split("\0")), *compiled]:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def run_mutation(folder: Path, mutation: Mutation) -> tuple[str, str]:
    """(caught, survived or broken; pytest's closing line) of one mutation of the copy in `folder`."""
    status, line = run_pytest(folder, mutation.tests)
    if status != ALL_PASSED:
        return "broken", line
    file = folder / mutation.file
    original = file.read_text(encoding="utf-8")
    file.write_text(original.replace(mutation.source, mutation.mutant), encoding="utf-8")
    try:
        status, line = run_pytest(folder, mutation.tests)
    finally:
        file.write_text(original, encoding="utf-8")
    return {ALL_PASSED: "survived", SOME_FAILED: "caught"}.get(status, "broken"), line


def run_pytest(folder: Path, tests: Sequence[str]) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines() or done.stderr.strip().splitlines() or [""]
    return done.returncode, lines[-1]


if __name__ == "__main__":
    main()
