"""`loracle adapters` on folders."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from app.adapters.base_spec import BaseSpec
from app.cli import app
from app.errors import AppError
from tests.support.files import SCRIPTED_LAYERS
from tests.support.random_adapter import write_random_adapter


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    return write_random_adapter(tmp_path / "a", BaseSpec("scripted", "f", SCRIPTED_LAYERS), rank=4)


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["adapters", *map(str, arguments)])
    if result.exception is not None:
        raise result.exception
    return result.output


def test_compress_says_what_was_lost_and_draws_it(adapter: Path, tmp_path: Path) -> None:
    out, page = tmp_path / "c", tmp_path / "page.html"
    figures = json.loads(run("compress", adapter, "--out", out, "--rank", 2, "--page", page, "--json"))
    assert figures["rank"] == 2
    assert 0 < figures["energy_kept"] < 1
    html = page.read_text()
    for svg in html.split("<svg")[1:]:
        ElementTree.fromstring("<svg" + svg.split("</svg>")[0] + "</svg>")
    assert html.count("<svg") == 2
    assert all(layer in html for layer in SCRIPTED_LAYERS)


def test_merge_takes_weights_after_an_equals_sign(adapter: Path, tmp_path: Path) -> None:
    assert "rank 4 (exact at 8)" in run(
        "merge", f"{adapter}=0.5", f"{adapter}=-2", "--out", tmp_path / "m", "--rank", 4
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("compress", "{a}", "--out", "{a}", "--rank", 2),
        ("merge", "{a}=much", "--out", "{new}"),
        ("export", "{a}", "--out", "{new}", "--to", "onnx"),
        ("compress", "{new}", "--out", "{new}", "--rank", 2),
    ],
)
def test_what_cannot_be_done_is_said(adapter: Path, tmp_path: Path, arguments: tuple[object, ...]) -> None:
    with pytest.raises(AppError):
        run(*(str(part).format(a=adapter, new=tmp_path / "new") for part in arguments))
