"""What each quantisation of the base costs against bf16: perplexity, answers from a gold passage, memory, speed.

Run: python -m benchmarks.quantization EVAL_FOLDER [--questions 40] [--only NAME...]; the folder has qa/<set>.jsonl with
question, context and answers.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import statistics
import string
import time
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

import torch

from app.bootstrap.models import quiet_libraries
from app.engine.base_identity import QuantizationRecipe
from app.engine.build import EngineLimits, build_engine
from app.engine.engine import Engine
from app.engine.loading import LoadedModel, load_base
from app.engine.sampling import SamplingParams
from app.engine.sequence import EngineRequest, Output
from app.engine.tokenizer import ChatTokenizer
from app.settings import Settings
from app.text.locales import get_locale
from app.weights.catalog import resolve
from tests.support.report import report

ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")
RECIPES = {
    "bf16": QuantizationRecipe("none"),
    "int8": QuantizationRecipe("int8"),
    "nf4-64": QuantizationRecipe("nf4", 64),
    "nf4-32": QuantizationRecipe("nf4", 32),
    "fp4-64": QuantizationRecipe("fp4", 64),
    "nf4-64 keep down": QuantizationRecipe("nf4", 64, keep=("down_proj",)),
    "nf4-64 keep attention": QuantizationRecipe("nf4", 64, keep=ATTENTION),
    "nf4-32 keep down v": QuantizationRecipe("nf4", 32, keep=("down_proj", "v_proj")),
}
SETS = {"en": "xquad_en.jsonl", "pt": "faquad_pt.jsonl"}
ARTICLES = {"en": {"a", "an", "the"}, "pt": {"o", "a", "os", "as", "um", "uma", "uns", "umas"}}
WINDOW = 512
ANSWER_TOKENS = 24


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--questions", type=int, default=40, help="per language")
    parser.add_argument("--perplexity-tokens", type=int, default=8192, help="per language")
    parser.add_argument("--only", nargs="*", choices=RECIPES, default=list(RECIPES))
    parser.add_argument("--products", nargs="*", choices=("off", "on"), default=["off", "on"], help="whole numbers")
    arguments = parser.parse_args()
    quiet_libraries()
    settings = Settings()
    folder = resolve(settings.base_model, settings.models_dir)
    examples = {lang: read_examples(arguments.eval / "qa" / name) for lang, name in SETS.items()}
    rows = []
    exact: dict[tuple[str, str], torch.Tensor] = {}  # predictions of products in bf16, by recipe and language
    for name, products in itertools.product(arguments.only, arguments.products):
        loaded = load_base(folder, weights_fingerprint="", recipe=RECIPES[name], integer_products=products)
        row: dict[str, Any] = {"recipe": name, "whole numbers": products}
        row["weights MB"] = (loaded.quantized_bytes + loaded.other_bytes) / 1e6
        for lang, held in examples.items():
            row[f"perplexity {lang}"], predicted = perplexity(loaded, held, arguments.perplexity_tokens)
            if products == "off":
                exact[name, lang] = predicted
            elif (name, lang) in exact:
                row[f"same token {lang}"] = float((exact[name, lang] == predicted).float().mean())
        chat = ChatTokenizer(loaded.tokenizer)
        engine = build_engine(loaded, chat, EngineLimits(settings.context_tokens), end_ids=frozenset())
        ends = chat.end_ids(loaded.model.generation_config)
        for lang, held in examples.items():
            chosen = held[:: max(1, len(held) // arguments.questions)]
            row[f"F1 {lang}"] = gold_context_f1(engine, chat, ends, chosen, lang)
        row["prefill tok/s"], row["decode tok/s"] = speed(engine)
        rows.append(row)
        print(row, flush=True)
        del loaded, engine
    report("quantization", rows)


def read_examples(path: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["answers"]]


@torch.inference_mode()
def perplexity(loaded: LoadedModel, examples: Sequence[dict[str, Any]], tokens: int) -> tuple[float, torch.Tensor]:
    """Of the examples' distinct contexts, in windows of WINDOW tokens that see nothing before them.

    Also the likeliest token at each position, (windows * WINDOW,).
    """
    text = "\n\n".join(dict.fromkeys(example["context"] for example in examples))
    ids = loaded.tokenizer.encode(text, add_special_tokens=False)[:tokens]
    losses, predicted = [], []
    for start in range(0, len(ids) - WINDOW + 1, WINDOW):
        window = torch.tensor([ids[start : start + WINDOW]])  # (1, WINDOW)
        out = loaded.model(input_ids=window, labels=window, use_cache=False)
        losses.append(float(out.loss))
        predicted.append(out.logits[0].argmax(-1))
    return float(torch.tensor(losses).mean().exp()), torch.cat(predicted)


def gold_context_f1(
    engine: Engine, chat: ChatTokenizer, ends: frozenset[int], examples: Sequence[dict[str, Any]], lang: str
) -> float:
    """Mean token F1 of greedy answers, given the passage that holds the answer, under the service's own prompt."""
    scores = []
    for example in examples:
        body = f"[1] {' '.join(example['context'].split())}\n\n{get_locale(lang).question_label}: {example['question']}"
        prompt = chat.chat([("system", get_locale(lang).instructions), ("user", body)])
        tokens, _ = generate(engine, prompt, ANSWER_TOKENS)
        answer = chat.decode(list(takewhile(lambda token: token not in ends, tokens)))
        scores.append(max(f1(answer, gold, lang) for gold in gold_answers(example)))
    return statistics.mean(scores)


def gold_answers(example: dict[str, Any]) -> list[str]:
    answers = example["answers"]
    return (
        list(answers["text"])
        if isinstance(answers, dict)
        else [a["text"] if isinstance(a, dict) else a for a in answers]
    )


def f1(answer: str, gold: str, lang: str) -> float:
    """SQuAD's token F1, with the articles of the language."""
    got, wanted = normalized(answer, lang), normalized(gold, lang)
    common = sum((Counter(got) & Counter(wanted)).values())
    return 2 * common / (len(got) + len(wanted)) if common else 0.0


def normalized(text: str, lang: str) -> list[str]:
    bare = "".join(char for char in text.lower() if char not in string.punctuation)
    return [word for word in re.split(r"\s+", bare) if word and word not in ARTICLES[lang]]


def speed(engine: Engine) -> tuple[float, float]:
    """Tokens per second of a 345-token prefill and of 48 decode steps, medians of three."""
    prefills, decodes = [], []
    for repetition in range(3):
        prompt = range(100 + 1000 * repetition, 445 + 1000 * repetition)  # another one each time: no cached prefix
        started = time.perf_counter()
        _, times = generate(engine, prompt, 49)
        prefills.append(len(prompt) / (times[0] - started))
        decodes.append((len(times) - 1) / (times[-1] - times[0]))
    return statistics.median(prefills), statistics.median(decodes)


def generate(engine: Engine, prompt: Sequence[int], max_tokens: int) -> tuple[list[int], list[float]]:
    """Greedy tokens and the time of each, in seconds. The engine has no thread of its own: it is stepped here."""
    tokens: list[int] = []
    times: list[float] = []

    def record(item: Output | Exception) -> None:
        if isinstance(item, Exception):
            raise item
        tokens.extend(item.token_ids)
        times.extend([time.perf_counter()] * len(item.token_ids))

    engine.submit(EngineRequest("quantization", "benchmark", tuple(prompt), None, SamplingParams(), max_tokens), record)
    while engine.depth() != (0, 0):
        engine.step()
    return tokens, times


if __name__ == "__main__":
    main()
