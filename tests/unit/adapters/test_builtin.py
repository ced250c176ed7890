"""The built-in adapters in the package are small, fit the default base model and state their origin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.adapters.base_spec import read_base_spec
from app.adapters.builtin import CARD, SHIPPED, read_builtin_adapters
from app.adapters.peft_config import CONFIG, WEIGHTS
from app.adapters.validate import validate_adapter
from app.bootstrap.models import quantization_recipe
from app.engine.base_identity import base_fingerprint
from app.settings import Settings
from app.training.base import read_tokenizer
from app.weights.catalog import resolve
from app.weights.folder import fingerprint

LARGEST = 10_000_000  # bytes


def test_every_builtin_adapter_is_small_and_has_a_card() -> None:
    folders = [card.parent for card in SHIPPED.rglob(CARD)]
    assert {folder.name for folder in folders} == {"grounded-qa"}
    assert all(folder.parent.parent == SHIPPED for folder in folders)  # one for each base
    for folder in folders:
        assert sum(file.stat().st_size for file in folder.iterdir()) < LARGEST
        card = (folder / "README.md").read_text(encoding="utf-8")
        for told in ("licence", "CC BY-SA 4.0", "XQuAD", "FaQuAD", "SQuAD", "F1"):
            assert told in card


def test_adapters_of_two_bases_lie_side_by_side(tmp_path: Path) -> None:
    for base in ("small", "large"):
        folder = tmp_path / base / "answers"
        folder.mkdir(parents=True)
        (folder / CARD).write_text(json.dumps({"base_fingerprint": f"print of {base}"}))
    found = read_builtin_adapters(tmp_path, {"print of large"})
    assert [(name, one.folder.parent.name) for name, one in found.items()] == [("answers", "large")]
    assert read_builtin_adapters(tmp_path, {"print of a third"}) == {}


@pytest.mark.models
def test_grounded_qa_is_valid_for_the_default_base() -> None:
    settings = Settings(_env_file=None)
    folder: Path = resolve(settings.base_model, settings.models_dir)
    print_ = base_fingerprint(fingerprint(folder), quantization_recipe(settings), read_tokenizer(folder))
    adapter = read_builtin_adapters(SHIPPED, {print_})["grounded-qa"]
    spec = read_base_spec(folder, name=settings.base_model, fingerprint=print_)
    config = (adapter.folder / CONFIG).read_bytes()
    clean = validate_adapter(config, adapter.folder / WEIGHTS, spec, max_rank=64, max_bytes=LARGEST)
    assert len(clean.target_modules) == 7
