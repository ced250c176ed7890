"""How the settings and the catalogue choose the quantisation of the base model."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from app.bootstrap.models import quantization_recipe
from app.engine.base_identity import QuantizationRecipe
from app.settings import Settings
from app.weights.entries import CATALOG


def settings(**changes: object) -> Settings:
    return Settings(**{"_env_file": None, "base_model": "smollm2-135m-instruct", **changes})


def test_recipe_of_smollm2_stays_what_its_adapters_were_trained_on() -> None:
    assert quantization_recipe(settings()) == QuantizationRecipe("nf4", 32, True, ("down_proj", "v_proj"))


def test_auto_takes_layers_and_block_size_from_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = CATALOG["smollm2-135m-instruct"]
    monkeypatch.setitem(CATALOG, entry.name, replace(entry, block_size=64, keep_in_bf16=("o_proj",)))
    assert quantization_recipe(settings()) == QuantizationRecipe("nf4", 64, True, ("o_proj",))
    chosen = settings(quantization_block_size=128, keep_in_bf16=[])
    assert quantization_recipe(chosen) == QuantizationRecipe("nf4", 128, True, ())


def test_auto_is_blocks_of_32_for_a_model_outside_the_catalogue() -> None:
    assert quantization_recipe(settings(base_model="path:/models/a")) == QuantizationRecipe("nf4", 32, True, ())


def test_block_size_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LORACLE_QUANTIZATION_BLOCK_SIZE", "64")
    assert settings().quantization_block_size == 64
    monkeypatch.setenv("LORACLE_QUANTIZATION_BLOCK_SIZE", "auto")
    assert settings().quantization_block_size == "auto"


@pytest.mark.parametrize("value", ["33", "large", "", 1.5])
def test_other_block_sizes_are_refused(value: object) -> None:
    with pytest.raises(ValidationError, match="quantization_block_size"):
        settings(quantization_block_size=value)
