"""The guide to OpenAI's clients tells the truth: its examples run one after the other against a served instance."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.support.paths import ROOT
from tests.support.serving import ServedLoracle, take_in

GUIDE = (ROOT / "docs" / "how-to" / "use-openai-clients.md").read_text(encoding="utf-8")
RULES = b"The reading room opens at nine. Borrowed books are returned within three weeks.\n"


def test_examples_run(tmp_path: Path) -> None:
    script = "\n".join(re.findall(r"^```python\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL))
    fakes = {"generator": "scripted", "embedding_model": "hashing", "refusal_threshold": 0.05}
    with ServedLoracle(tmp_path / "data", **fakes) as served:
        library = served.tenant("library")
        assert take_in(library, "rules.txt", RULES)["status"] == "ready"
        key = library.headers["Authorization"].removeprefix("Bearer ")
        done = subprocess.run(
            [sys.executable, "-c", script],
            check=False,
            env={**os.environ, "LORACLE_URL": served.url, "LORACLE_KEY": key},
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("loracle\nloracle-base\nloracle-embeddings\n")
    assert done.stdout.count("rules.txt None The reading room opens at nine.") == 1
    assert "rules.txt The reading room opens at nine." in done.stdout  # of the stream
    assert "CompletionUsage(" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("256 ")  # dimensions of the fake embedder
