"""The guides to other clients tell the truth: their examples run one after the other against a served instance."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx

from tests.support.paths import ROOT
from tests.support.serving import ServedLoracle, take_in

GUIDES = ROOT / "docs" / "how-to"
RULES = b"The reading room opens at nine. Borrowed books are returned within three weeks.\n"


def run_examples(guide: str, served: ServedLoracle, tenant: httpx.Client) -> str:
    """What the examples of a guide print."""
    text = (GUIDES / guide).read_text(encoding="utf-8")
    script = "\n".join(re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    key = tenant.headers["Authorization"].removeprefix("Bearer ")
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        env={**os.environ, "LORACLE_URL": served.url, "LORACLE_API_KEY": key},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_examples_run(tmp_path: Path) -> None:
    fakes = {"generator": "scripted", "embedding_model": "hashing", "refusal_threshold": 0.05}
    with ServedLoracle(tmp_path / "data", **fakes) as served:
        library = served.tenant("library")
        assert take_in(library, "rules.txt", RULES)["status"] == "ready"
        printed = run_examples("use-openai-clients.md", served, library)
        assert printed.startswith("loracle\nloracle-base\nloracle-embeddings\n")
        assert printed.count("rules.txt None The reading room opens at nine.") == 1
        assert "rules.txt The reading room opens at nine." in printed  # of the stream
        assert "CompletionUsage(" in printed
        assert printed.splitlines()[-1].startswith("256 ")  # dimensions of the fake embedder
        assert "The reading room opens at nine." in run_examples("connect-other-tools.md", served, library)
