"""Openly licensed question sets as training rows: short answers from a passage, and refusals of near questions.

A folder holds SQuAD-like JSONL (question, context, answers). Whole documents are kept out of the training.
"""

from __future__ import annotations

import hashlib
import html
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.text.coverage import content_stems, coverage

SETS = {
    "xquad_en": ("en", "XQuAD, CC BY-SA 4.0"),
    "faquad_train": ("pt", "FaQuAD, CC BY 4.0"),
    "squad_pt_sample_valid": ("pt", "SQuAD v1.1 pt, CC BY-SA"),
}
MOST_PARAGRAPHS = {"squad_pt_sample_valid": 70}  # of a set that would outweigh the others: the shortest ones
NEIGHBOURS = 5  # contexts of one article stand together in these sets: what is kept out is kept out in blocks
HELD_OUT = 0.1
LONGEST_CONTEXT = 850  # characters
LONGEST_DISTRACTOR = 450  # characters
LONGEST_ANSWER = 170  # characters
OWN_QUESTIONS = 5  # of a paragraph, with the refused one as many as share their prompt in training
REFUSED = 0.8  # share of the paragraphs that are asked another one's question too
BESIDE = 0.2  # share of the paragraphs that come beside another one
SAMPLED = 40  # other paragraphs that are looked through for the one most alike
FEW_SAMPLED = 15  # likewise for a question to refuse: the likest of many might have its answer in other words
SHARED = 0.5  # share of an answer's words: a passage that has more may answer the question
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A context with its questions."""

    name: str
    language: str
    text: str
    questions: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def set_name(self) -> str:
        return self.name.rpartition("-")[0]


def read_paragraphs(folder: Path, name: str) -> list[Paragraph]:
    """Contexts in the order of the file, with all their questions."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["answers"]:
            found[row["context"]].append((row["question"], tuple(row["answers"])))
    return [
        Paragraph(f"{name}-{place // NEIGHBOURS}", SETS[name][0], text, tuple(questions))
        for place, (text, questions) in enumerate(found.items())
    ]


def divide(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """(to learn from, kept out), by block of neighbouring contexts, by hash: the same on every machine."""

    def kept_out(paragraph: Paragraph) -> bool:
        digest = hashlib.sha256(paragraph.name.encode()).digest()
        return digest[0] < HELD_OUT * 256

    return [p for p in paragraphs if not kept_out(p)], [p for p in paragraphs if kept_out(p)]


def plain_rows(paragraph: Paragraph) -> list[Row]:
    return [
        {
            "question": question,
            "context": paragraph.text,
            "answers": list(answers),
            "language": paragraph.language,
            "document": paragraph.name,
        }
        for question, answers in paragraph.questions
    ]


def question_rows(paragraphs: Sequence[Paragraph], seed: int) -> list[Row]:
    """RAFT-like (arXiv 2403.10131): a passage alone or beside a distractor, with some questions that it lacks."""
    draw = random.Random(seed)  # noqa: S311 - arrangements, not secrets
    rows: list[Row] = []
    for name in SETS:
        everything = [p for p in paragraphs if p.set_name == name]
        short = sorted((p for p in everything if len(p.text) <= LONGEST_CONTEXT), key=lambda p: len(p.text))
        for paragraph in short[: MOST_PARAGRAPHS.get(name)]:
            others = [p for p in everything if p.text != paragraph.text]
            rows += _paragraph_rows(paragraph, others, draw)
    return rows


def _paragraph_rows(paragraph: Paragraph, others: Sequence[Paragraph], draw: random.Random) -> list[Row]:
    texts = [_clean(paragraph.text)]
    if draw.random() < BESIDE:
        fitting = [other for other in others if len(other.text) <= LONGEST_DISTRACTOR]
        texts.append(_clean(_most_alike(paragraph, fitting, draw).text))
        draw.shuffle(texts)
    pairs: list[tuple[str, str | None]] = []
    for question, answers in paragraph.questions[:OWN_QUESTIONS]:
        fitting_answers = [answer for answer in answers if len(answer) <= LONGEST_ANSWER]
        if fitting_answers:
            pairs.append((question, as_answer(max(fitting_answers, key=len))))
    if draw.random() < REFUSED:
        foreign = _foreign_question(" ".join(texts), others, draw)
        pairs += [(foreign, None)] if foreign else []
    shared = {"context": texts, "language": paragraph.language, "document": paragraph.name}
    return [{"question": _clean(question), "answer": answer, **shared} for question, answer in dict(pairs).items()]


def _most_alike(paragraph: Paragraph, others: Sequence[Paragraph], draw: random.Random) -> Paragraph:
    """Of some other paragraphs, the one that shares most words with this one's questions."""
    wanted = content_stems(" ".join(question for question, _ in paragraph.questions))
    return max(draw.sample(others, min(SAMPLED, len(others))), key=lambda other: coverage(wanted, other.text))


def _foreign_question(text: str, others: Sequence[Paragraph], draw: random.Random) -> str | None:
    """A question of another paragraph that shares words with `text`, which has few words of its answer."""
    candidates = [
        question
        for other in draw.sample(others, min(FEW_SAMPLED, len(others)))
        for question, answers in other.questions
        if all(coverage(content_stems(answer), text) < SHARED for answer in answers)
    ]
    return max(candidates, key=lambda question: coverage(content_stems(question), text), default=None)


def as_answer(span: str) -> str:
    """A span of a text as a short answer of its own: with a capital and a full stop."""
    text = _clean(span).strip(" .,;:")
    first = text.split(" ", 1)[0]
    if first.islower():
        text = text[0].upper() + text[1:]
    return text if text.endswith(("!", "?")) else f"{text}."


def _clean(text: str) -> str:
    return html.unescape(text).replace("``", '"').replace("''", '"')


def write_lines(path: Path, rows: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
