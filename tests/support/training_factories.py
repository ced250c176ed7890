"""A tiny base on disk with the starter model's tokenizer, and rows to train it on."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from app.engine.base_identity import QuantizationRecipe
from app.engine.tokenizer import ChatTokenizer
from app.llm.local_tokenizer import LocalTokenizer
from app.settings import Settings
from app.training.base import BaseModelSpec, read_tokenizer
from app.training.dataset import Dataset, split, validate
from app.training.recipe import Recipe, recipe_from
from app.weights.catalog import resolve

CITIES = ("Lisboa", "Porto", "Braga", "Faro", "Évora", "Coimbra", "Aveiro", "Viseu", "Leiria", "Beja")


def tiny_base(folder: Path, *, method: str = "nf4", device: str = "cpu", **changes: int) -> BaseModelSpec:
    """A two-layer Llama over the starter tokenizer, or one of other sizes. Needs the starter model to be pulled."""
    torch.manual_seed(0)
    tokenizer = read_tokenizer(starter_folder())
    sizes = {
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
    }
    config = LlamaConfig(
        **{**sizes, **changes},
        vocab_size=len(tokenizer),
        tie_word_embeddings=True,
        initializer_range=0.1,
    )
    LlamaForCausalLM(config).to(torch.bfloat16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return BaseModelSpec("tiny", folder, "tiny", QuantizationRecipe(method, 32, keep=("v_proj",)), device=device)


def starter_folder() -> Path:
    settings = Settings(_env_file=None)
    return resolve("smollm2-135m-instruct", settings.models_dir)


def rows(count: int = 24) -> list[str]:
    """Questions over passages, two to three a passage, as JSONL lines."""
    lines = []
    for place in range(count):
        city = CITIES[place // 3 % len(CITIES)]
        context = f"Number {place // 3}. The clerk of {city} keeps {place // 3 + 11} books in a red box by the door."
        question = (f"How many books does {city} keep?", f"Where are the books of {city}?", f"Who keeps {city}?")
        answer = (str(place // 3 + 11), "in a red box", None)
        row = {"question": question[place % 3], "context": context, "answer": answer[place % 3], "document": city}
        lines.append(json.dumps(row, ensure_ascii=False))
    return lines


def dataset(source: BaseModelSpec, count: int = 24, *, validation_share: float = 0.2) -> Dataset:
    tokenizer = read_tokenizer(source.folder)
    report, examples = validate(
        rows(count), LocalTokenizer(ChatTokenizer(tokenizer)), end_id=tokenizer.eos_token_id, max_tokens=256
    )
    assert report.problem_count == 0
    return split(examples, validation_share=validation_share, seed=1)


def quick(**changes: object) -> Recipe:
    values = {
        "rank": 4,
        "learning_rate": 5e-3,
        "rows_per_step": 4,
        "max_tokens": 256,
        "micro_batch_tokens": 256,
        "checkpoint_every": 2,
        "validate_every": 3,
        "patience": 0,
        "epochs": 2.0,
    }
    return recipe_from({**values, **changes})
