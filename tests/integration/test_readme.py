"""The documents tell the truth: README's walk runs as it stands, every setting and command is documented."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app as cli
from app.settings import Settings
from tests.support.paths import ROOT
from tests.support.serving import ServedLoracle

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.models
def test_curl_walk_runs_verbatim(tmp_path: Path) -> None:
    (walk,) = re.findall(r"^```bash\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    with ServedLoracle(tmp_path / "data") as served:
        key = served.tenant("library").headers["Authorization"].removeprefix("Bearer ")
        environment = {**os.environ, "LORACLE_URL": served.url, "LORACLE_API_KEY": key}
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", walk],
            check=False,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    assert '"status":"ready"' in done.stdout.replace(" ", "")
    assert "opens at nine" in done.stdout
    assert "event: done" in done.stdout
    assert '"deleted":true' in done.stdout.replace(" ", "")


def test_every_setting_stands_in_the_example_with_its_default() -> None:
    example = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text().splitlines()
        if line and not line.startswith("#")
    )
    assert set(example) == {f"LORACLE_{name.upper()}" for name in Settings.model_fields}
    assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LORACLE_TOP_K", "7")
    monkeypatch.setenv("LORACLE_CORS_ORIGINS", '["https://example.org"]')
    settings = Settings(_env_file=None)
    assert (settings.top_k, settings.cors_origins) == (7, ["https://example.org"])


def commands(group: object, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, command in getattr(group, "commands", {}).items():
        found += [(*path, name), *commands(command, (*path, name))]
    return found


def test_every_command_has_help() -> None:
    from typer.main import get_command

    names = commands(get_command(cli))
    assert ("serve",) in names
    assert ("models", "pull") in names
    for name in names:
        shown = CliRunner().invoke(cli, [*name, "--help"])
        assert shown.exit_code == 0
        text = re.sub(r"[│╭╮╰╯─\s]+", " ", shown.output)
        assert re.search(r"Usage: .*?(\] | )[A-Z][a-z`]+ .*\.", text), name


@pytest.mark.parametrize("target", re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
def test_make_targets_exist_and_are_told(target: str) -> None:
    done = subprocess.run(["make", "-n", target], check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"make {target}" in README or target in {"help", "install", "format", "clean"}


@pytest.mark.parametrize(
    "document",
    ["README.md", "ARCHITECTURE.md", *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "docs").rglob("*.md"))],
)
def test_links_between_documents_lead_somewhere(document: str) -> None:
    source = ROOT / document
    for link in re.findall(r"\]\(([^)#]+)", source.read_text(encoding="utf-8")):
        if not link.startswith(("http://", "https://", "mailto:")):
            assert (source.parent / link).exists(), link
