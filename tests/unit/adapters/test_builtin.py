"""The built-in adapters in the package are small, fit the default base model and state their origin."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.adapters.base_spec import read_base_spec
from app.adapters.builtin import SHIPPED, read_builtin_adapters
from app.adapters.peft_config import CONFIG, WEIGHTS
from app.adapters.validate import validate_adapter
from app.bootstrap.models import quantization_recipe
from app.engine.loading import base_fingerprint
from app.settings import Settings
from app.training.base import read_tokenizer
from app.weights.catalog import resolve
from app.weights.folder import fingerprint

LARGEST = 10_000_000  # bytes


def test_every_builtin_adapter_is_small_and_has_a_card() -> None:
    folders = [path for path in SHIPPED.iterdir() if path.is_dir()]
    assert [folder.name for folder in folders] == ["grounded-qa"]
    for folder in folders:
        assert sum(file.stat().st_size for file in folder.iterdir()) < LARGEST
        card = (folder / "README.md").read_text(encoding="utf-8")
        for told in ("licence", "CC BY-SA 4.0", "XQuAD", "FaQuAD", "SQuAD", "F1"):
            assert told in card


@pytest.mark.models
def test_grounded_qa_is_valid_for_the_default_base() -> None:
    settings = Settings(_env_file=None)
    folder: Path = resolve(settings.base_model, settings.models_dir)
    print_ = base_fingerprint(fingerprint(folder), quantization_recipe(settings), read_tokenizer(folder))
    adapter = read_builtin_adapters(SHIPPED, print_)["grounded-qa"]
    spec = read_base_spec(folder, name=settings.base_model, fingerprint=print_)
    config = (adapter.folder / CONFIG).read_bytes()
    clean = validate_adapter(config, adapter.folder / WEIGHTS, spec, max_rank=64, max_bytes=LARGEST)
    assert len(clean.target_modules) == 7
