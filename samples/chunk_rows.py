"""Training rows as chat asks: one chunk of a document under its file name, and what people ask who have found it.

Half of the questions are answered by the chunk. The others are about another section, or near: they are refused, so
that the probability of a refusal tells which of the chunks found answers a question. Some questions go on from an
earlier one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from app.chat.steps.prompt import EarlierTurn, with_earlier
from app.text.language import parse_language
from samples.everyday_rows import careless
from samples.everyday_templates import Ask, Filled, Section, fill, read_sections

GROUPS = {"en": 130, "pt": 130, "de": 12, "es": 12, "fr": 12}  # chunks by their language
ANSWERED = 5  # questions about a chunk that it answers, at most
REFUSED = 4  # and that it does not
ABROAD = 2  # questions in another language than the chunk's, where there are some
CARELESS = 0.25  # share of the questions typed in haste
TWO_SECTIONS = 0.45  # share of the chunks that hold two sections
BESIDE = 0.2  # share that comes beside another chunk
UNDER_HEADING = 0.5  # share of the chunks that name their heading beside the file
BARE_TABLE = 0.4  # share of the tables without bars between their cells
GOES_ON = 0.5  # share of the tables that are asked about another row next
FILES = {
    "en": (
        "handbook.pdf",
        "house-rules.docx",
        "user-guide.pdf",
        "info-2025.html",
        "terms.pdf",
        "prices.xlsx",
        "faq.md",
    ),
    "pt": ("manual.pdf", "regulamento.docx", "guia.pdf", "edital-2025.pdf", "normas.html", "tabela.xlsx", "aviso.eml"),
    "de": ("handbuch.pdf", "hausordnung.docx"),
    "es": ("manual.pdf", "normas.docx"),
    "fr": ("guide.pdf", "reglement.docx"),
}
AND = {
    "en": ("and the {}?", "what about {}?", "and {}?", "How about the {}?"),
    "pt": ("e {}?", "e o {}?", "e a {}?", "E quanto a {}?"),
    "de": ("und {}?",),
    "es": ("¿y {}?",),
    "fr": ("et {} ?",),
}
Row = dict[str, Any]


def chunk_rows(seed: int) -> list[Row]:
    """All rows, the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - texts, not secrets
    rows: list[Row] = []
    for language, count in GROUPS.items():
        sections = read_sections(language)
        for number, chosen in enumerate(_chosen(sections, count, draw)):
            filled = [fill(section, draw) for section in chosen]
            others = [section for section in sections if section not in chosen]
            name = f"chunk-{language}-{number}"
            pairs = [*_answered(filled, language, draw), *_refused(filled, others, language, draw)]
            contexts = _contexts(filled, others, language, draw)
            rows += [_row(pair, contexts, language, name, draw) for pair in dict(pairs).items()]
            abroad = dict(_abroad(filled, language, draw))
            rows += [_row((text, answer), contexts, code, name, draw) for (text, code), answer in abroad.items()]
    return rows


def _chosen(sections: Sequence[Section], count: int, draw: random.Random) -> Iterator[list[Section]]:
    deck: list[Section] = []
    for _ in range(count):
        size = 2 if draw.random() < TWO_SECTIONS else 1
        if len(deck) < size:
            deck = draw.sample(sections, len(sections))
        yield [deck.pop() for _ in range(size)]


def _contexts(filled: Sequence[Filled], others: Sequence[Section], language: str, draw: random.Random) -> list[str]:
    """The chunk as the prompt shows it, alone or beside a chunk of another file."""
    file, beside = draw.sample(FILES[language], 2)
    contexts = [_chunk(filled, file, draw)]
    if others and draw.random() < BESIDE:
        contexts.append(_chunk([fill(draw.choice(others), draw)], beside, draw))
        draw.shuffle(contexts)
    return contexts


def _chunk(filled: Sequence[Filled], file: str, draw: random.Random) -> str:
    text = "\n\n".join(_text(one, draw) for one in filled)
    if draw.random() < UNDER_HEADING:
        heading, _, body = text.partition("\n")
        return f"{file}, {heading}\n{body}"
    return f"{file}\n{text}"


def _text(one: Filled, draw: random.Random) -> str:
    """The section's text; a table sometimes as PDF files give it, a row a line without its bars."""
    if not one.rows or draw.random() > BARE_TABLE:
        return one.text
    heading = one.text.partition("\n")[0]
    return "\n".join([heading, *(" ".join(cells) for cells in (one.section.header, *one.rows))])


def _answered(filled: Sequence[Filled], language: str, draw: random.Random) -> list[tuple[str, str | None]]:
    asks = [(one, ask) for one in filled for ask in one.section.asks if ask.answers and ask.language == language]
    draw.shuffle(asks)
    pairs = [one.render(ask, draw) for one, ask in asks[:ANSWERED]]
    further = (_going_on(one, language, draw) for one in filled if len(one.rows) > 1 and draw.random() < GOES_ON)
    return [*pairs, *further]


def _going_on(one: Filled, language: str, draw: random.Random) -> tuple[str, str | None]:
    """A question about one row of a table, after the same question about another row."""
    ask = draw.choice([ask for ask in one.section.asks if ask.answers and ask.column and ask.language == language])
    before, after = draw.sample(one.rows, 2)
    question, answer = Filled(one.section, one.values, one.text, (before,)).render(ask, draw)
    _, next_answer = Filled(one.section, one.values, one.text, (after,)).render(ask, draw)
    turn = EarlierTurn(question, str(answer))
    message = draw.choice(AND[language]).format(after[0])
    return with_earlier(message, [turn], parse_language(language)), next_answer


def _refused(
    filled: Sequence[Filled], others: Sequence[Section], language: str, draw: random.Random
) -> list[tuple[str, str | None]]:
    """Questions about other sections, and near ones that the chunk's own sections do not answer."""
    near = [(one, ask) for one in filled for ask in one.section.asks if not ask.answers]
    draw.shuffle(near)
    pairs = [one.render(Ask(language, ask.questions), draw) for one, ask in near[:2]]
    for section in draw.sample(others, min(REFUSED - len(pairs), len(others))):
        asks = [ask for ask in section.asks if ask.answers and ask.language == language]
        if asks:
            pairs.append((fill(section, draw).render(draw.choice(asks), draw)[0], None))
    return pairs


def _abroad(filled: Sequence[Filled], language: str, draw: random.Random) -> list[tuple[tuple[str, str], str | None]]:
    asks = [(one, ask) for one in filled for ask in one.section.asks if ask.answers and ask.language != language]
    draw.shuffle(asks)
    found = []
    for one, ask in asks[:ABROAD]:
        question, answer = one.render(ask, draw)
        found.append(((question, ask.language), answer))
    return found


def _row(pair: tuple[str, str | None], contexts: list[str], language: str, name: str, draw: random.Random) -> Row:
    question, answer = pair
    if "\n" not in question and draw.random() < CARELESS:
        question = careless(question, draw)
    return {"question": question, "context": contexts, "answer": answer, "document": name, "language": language}
