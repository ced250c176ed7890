"""Encodes rows as token ids, with the prompt of production and the model's chat template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.chat.steps.prompt import render_prompt
from app.llm.base import PromptTokenizer
from app.text.refusals import refusal_text
from app.training.rows import Problem, Row


@dataclass(frozen=True, slots=True)
class Example:
    """One row as tokens. Only the completion has a loss; its last token ends the answer."""

    prompt: tuple[int, ...]
    completion: tuple[int, ...]
    document: str
    line: int
    about: str = ""  # its passages or its prompt, for the detection of near-duplicates

    @property
    def tokens(self) -> int:
        return len(self.prompt) + len(self.completion)


def answer_text(row: Row) -> str:
    """The answer that the model learns; for refusals, the text of the service."""
    return refusal_text("nothing_relevant", row.language) if row.answer is None else row.answer


def render(row: Row, tokenizer: PromptTokenizer, *, end_id: int, max_tokens: int) -> Example | Problem:
    """Encode a row. Returns a Problem if it cannot be learned."""
    if row.kind == "question":
        prompt = render_prompt(row.messages[0].content, row.contexts, language=row.language, tokenizer=tokenizer)
    else:
        prompt = tokenizer.chat(row.messages)
    completion = tokenizer.encode(answer_text(row))
    if not completion:
        return Problem(row.line, "nothing_to_learn", "The answer has no tokens of its own.")
    about = " ".join(row.contexts) or row.messages[-1].content
    example = Example(tuple(prompt), (*completion, end_id), row.document or f"line {row.line}", row.line, about)
    if example.tokens > max_tokens:
        message = f"The row has {example.tokens} tokens with its prompt; {max_tokens} are allowed. Shorten its context."
        return Problem(row.line, "too_long", message)
    return example


def preview(row: Row, tokenizer: PromptTokenizer) -> str:
    """The row as the model reads it: the rendered prompt, followed by the answer to learn."""
    example = render(row, tokenizer, end_id=0, max_tokens=1 << 30)
    if isinstance(example, Problem):
        return example.message
    return f"{tokenizer.decode(example.prompt)}⟶{answer_text(row)}"


def histogram(lengths: Sequence[int], *, bins: int = 12) -> list[tuple[int, int]]:
    """(upper bound in tokens, rows) in bins of equal width up to the longest row."""
    if not lengths:
        return []
    width = max(1, -(-max(lengths) // bins))
    counts = [0] * bins
    for length in lengths:
        counts[min(bins - 1, (length - 1) // width)] += 1
    return [((place + 1) * width, count) for place, count in enumerate(counts)]
