"""The handbook for operators names commands, settings and files that are there."""

from __future__ import annotations

import re

import pytest
from typer.main import get_command

from app.cli import app as command_line
from app.settings import Settings
from tests.support.paths import ROOT
from tests.unit.deploy.test_compose import OF_COMPOSE

PAGES = sorted([*(ROOT / "docs" / "operations").glob("*.md"), ROOT / "docs" / "how-to" / "run-with-docker.md"])
CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)


@pytest.fixture(params=PAGES, ids=lambda page: page.stem)
def code(request: pytest.FixtureRequest) -> str:
    """What the page shows as code."""
    return "\n".join(CODE.findall(request.param.read_text(encoding="utf-8")))


def test_settings_are_there(code: str) -> None:
    known = {f"LORACLE_{name.upper()}" for name in Settings.model_fields} | OF_COMPOSE
    assert {name for name in re.findall(r"LORACLE_[A-Z0-9_]+", code) if not name.endswith("_")} <= known


def test_commands_are_there(code: str) -> None:
    commands = get_command(command_line).commands  # type: ignore[attr-defined]
    named = re.findall(r"(?:^|[`/ ])loracle ((?:[a-z-]+ ?)+)", code, re.MULTILINE)
    for words in named:
        first, *more = words.split()
        if first in {"deploy", "loracle"} or first.startswith("-"):  # a release, a service of compose
            continue
        assert first in commands, words
        if hasattr(commands[first], "commands") and more:
            assert more[0] in commands[first].commands, words


def test_files_are_there(code: str) -> None:
    for name in re.findall(r"\b((?:deploy|docker)/[\w./-]+\w)", code):
        if not name.startswith("deploy/loracle"):  # an object of Kubernetes
            assert (ROOT / name).exists(), name
