"""The starter models as pulled: what the conversion made is what the source computes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from app.bootstrap.models import build_embedder
from app.settings import Settings
from app.weights.catalog import resolve, verify

pytestmark = pytest.mark.models
STARTERS = ("smollm2-135m-instruct", "multilingual-e5-small-en-pt")
REFERENCE = json.loads((Path(__file__).parent / "e5_reference.json").read_text(encoding="utf-8"))


def test_starter_models_are_complete() -> None:
    for name in STARTERS:
        assert verify(name, Settings(_env_file=None).models_dir) == []


def test_embeddings_match_those_of_the_reference_implementation() -> None:
    embedder = build_embedder(Settings(_env_file=None))
    for entry in REFERENCE["vectors"]:
        embed = embedder.embed_queries if entry["kind"] == "query" else embedder.embed_passages
        expected = np.array(entry["vector"], dtype=np.float32)
        cosine = float(embed([entry["text"]])[0] @ expected / np.linalg.norm(expected))
        assert cosine > 0.998, entry["text"]


@pytest.mark.parametrize(
    ("start", "expected"), [("The capital of France is", " Paris"), ("One, two, three, four,", " five")]
)
def test_base_model_completes_well_known_facts(start: str, expected: str) -> None:
    folder = resolve("smollm2-135m-instruct", Settings(_env_file=None).models_dir)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16, local_files_only=True).eval()
    with torch.inference_mode():
        logits = model(tokenizer(start, return_tensors="pt").input_ids).logits[0, -1]
    assert tokenizer.decode(int(logits.argmax())) == expected
