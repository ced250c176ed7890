"""`loracle models`: what is shown of the catalogue, and errors before a download."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.models import models
from app.weights import requirements
from app.weights.folder import write_manifest

NAMES = ("smollm2-135m-instruct", "qwen2.5-coder-0.5b-instruct", "qwen3-4b-instruct-2507")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(models, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def present(models_dir: Path, name: str) -> None:
    folder = models_dir / name
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    write_manifest(folder)


def test_list_shows_needs_languages_licence_and_what_is_here(tmp_path: Path) -> None:
    present(tmp_path, "qwen2.5-coder-0.5b-instruct")
    text = run("list", "--models-dir", str(tmp_path))
    lines = text.splitlines()
    assert "qwen2.5-coder-0.5b-instruct  (base, here)" in lines
    assert "qwen3-4b-instruct-2507  (base, not here, not run by us)" in lines
    assert "    0.5 GB download, 1.3 GB on disk, about 2.0 GB of memory; en, pt, es" in text
    assert "Apache-2.0" in text
    rows = {row["name"]: row for row in json.loads(run("list", "--models-dir", str(tmp_path), "--json"))}
    assert set(NAMES) < set(rows)
    assert rows["qwen2.5-coder-0.5b-instruct"]["present"] is True
    assert rows["qwen3-4b-instruct-2507"]["run_by_us"] is False
    assert rows["smollm2-135m-instruct"]["present"] is False


def test_recommend_gives_reasons_for_every_base_model(tmp_path: Path) -> None:
    text = run("recommend", "--models-dir", str(tmp_path))
    for name in NAMES:
        line = next(line for line in text.splitlines() if line.startswith(name))
        assert "memory: about" in line
        assert "disk: " in line
        assert "processor: " in line
    answer = json.loads(run("recommend", "--models-dir", str(tmp_path), "--json"))
    assert answer["machine"]["cores"] >= 1
    assert {model["name"] for model in answer["models"]} >= set(NAMES)


def test_pull_says_what_is_missing_before_it_downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.errors import WeightsUnavailable

    monkeypatch.setattr(requirements, "free_disk_bytes", lambda _: 700_000_000)
    with pytest.raises(WeightsUnavailable, match=r"needs 1\.8 GB of disk in .*, 0\.7 GB are free"):
        run("pull", "qwen2.5-coder-0.5b-instruct", "--models-dir", str(tmp_path))
