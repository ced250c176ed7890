"""Encodes rows as token ids, with the prompt of production and the model's chat template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.chat.steps.prompt import render_prompt
from app.llm.base import PromptTokenizer
from app.text.refusals import refusal_text
from app.training.rows import Problem, Row


@dataclass(frozen=True, slots=True)
class RowRules:
    """Prompt template and length limits of rows, for the base model in use."""

    tokenizer: PromptTokenizer
    base_fingerprint: str
    max_tokens: int  # limit for a row that is uploaded
    generated_max_tokens: int = 1024  # limit for a generated row: the default `max_tokens` of recipes


@dataclass(frozen=True, slots=True)
class Example:
    """One row as tokens. Only the completion has a loss; its last token ends the answer."""

    prompt: tuple[int, ...]
    completion: tuple[int, ...]
    document: str
    line: int
    about: str = ""  # its passages or its prompt, for the detection of near-duplicates
    activated_from: int = 0  # position of the template's generation prompt, from which an activated adapter acts

    @property
    def tokens(self) -> int:
        return len(self.prompt) + len(self.completion)


@dataclass(frozen=True, slots=True)
class HistogramBin:
    up_to_tokens: int
    rows: int


def answer_text(row: Row) -> str:
    """The answer that the model learns; for refusals, the text of the service."""
    return refusal_text("nothing_relevant", row.language) if row.answer is None else row.answer


def render(
    row: Row, tokenizer: PromptTokenizer, *, end_id: int, max_tokens: int, preamble: str = ""
) -> Example | Problem:
    """Encode a row. Returns a Problem if it cannot be learned.

    `preamble` is the tenant's: question rows get the prompt that chat sends. Other rows bring their own prompt.
    """
    if row.kind == "question":
        question = row.messages[0].content
        prompt = render_prompt(question, row.contexts, language=row.language, tokenizer=tokenizer, preamble=preamble)
    else:
        prompt = tokenizer.chat(row.messages)
    completion = tokenizer.encode(answer_text(row))
    if not completion:
        return Problem(row.line, "nothing_to_learn", "The answer has no tokens of its own.")
    about = " ".join(row.contexts) or row.messages[-1].content
    activated_from = len(prompt) - len(tokenizer.generation_prompt)
    document = row.document or f"line {row.line}"
    example = Example(tuple(prompt), (*completion, end_id), document, row.line, about, activated_from)
    if example.tokens > max_tokens:
        message = f"The row has {example.tokens} tokens with its prompt; {max_tokens} are allowed. Shorten its context."
        return Problem(row.line, "too_long", message)
    return example


def preview(row: Row, tokenizer: PromptTokenizer, preamble: str = "") -> str:
    """The row as the model reads it: the rendered prompt, followed by the answer to learn."""
    example = render(row, tokenizer, end_id=0, max_tokens=1 << 30, preamble=preamble)
    if isinstance(example, Problem):
        return example.message
    return f"{tokenizer.decode(example.prompt)}⟶{answer_text(row)}"


def histogram(lengths: Sequence[int], *, bins: int = 12) -> tuple[HistogramBin, ...]:
    """Bins of equal width up to the longest row."""
    if not lengths:
        return ()
    width = max(1, -(-max(lengths) // bins))
    counts = [0] * bins
    for length in lengths:
        counts[min(bins - 1, (length - 1) // width)] += 1
    return tuple(HistogramBin((place + 1) * width, count) for place, count in enumerate(counts))
