"""Training rows of the everyday kind: invented sections beside each other, and what people ask about them.

Whole answers, rules applied to a case, yes or no with the reason, table cells, the edition that the question names, the
question's language, and refusals of what no passage answers.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from samples.everyday_templates import Ask, Filled, Section, fill, read_sections

GROUPS = {"en": 64, "pt": 64, "de": 6, "es": 6, "fr": 6}  # sets of passages by their language
ABROAD = 22  # of these sets in English and in Portuguese: asked in another language too
ROWS = 6  # about one set of passages: as many as share their prompt in training
REFUSED = 0.17  # share of the questions that no passage answers
TWINS = 0.6  # share of the sections with editions that come in two of them
CARELESS = 0.2  # share of the questions typed in haste
FAR = {
    "en": ("Who painted the Mona Lisa?", "what's the weather like tomorrow", "How far away is the moon?"),
    "pt": ("Quem pintou a Mona Lisa?", "vai chover amanhã?", "A que distância fica a lua?"),
    "de": ("Wer hat die Mona Lisa gemalt?", "Wie weit ist der Mond entfernt?"),
    "es": ("¿Quién pintó la Mona Lisa?", "¿A qué distancia está la luna?"),
    "fr": ("Qui a peint la Joconde ?", "À quelle distance est la lune ?"),
}
Row = dict[str, Any]


def everyday_rows(seed: int) -> list[Row]:
    """All rows, the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - texts, not secrets
    rows: list[Row] = []
    for language, count in GROUPS.items():
        for number, sections in enumerate(_hands(read_sections(language), count, draw)):
            passages = _passages(sections, draw)
            name = f"everyday-{language}-{number}"
            rows += _asked(passages, language, name, draw)
            if number < ABROAD:
                rows += _asked_abroad(passages, language, name, draw)
    return rows


def _hands(sections: Sequence[Section], count: int, draw: random.Random) -> Iterator[list[Section]]:
    """Two or three sections at a time, each about as often as any other."""
    deck: list[Section] = []
    for _ in range(count):
        size = draw.choice((1, 2, 2, 3))
        if len(deck) < size:
            deck = draw.sample(sections, len(sections))
        yield [deck.pop() for _ in range(size)]


def _passages(sections: Sequence[Section], draw: random.Random) -> list[Filled]:
    found: list[Filled] = []
    for section in sections:
        if section.edition and draw.random() < TWINS:
            editions = draw.sample(section.slots[section.edition].split(" | "), 2)
            found += [fill(section, draw, edition) for edition in editions]
        else:
            found.append(fill(section, draw))
    draw.shuffle(found)
    return found


def _asked(passages: Sequence[Filled], language: str, name: str, draw: random.Random) -> list[Row]:
    """Up to ROWS questions in the language of the passages, of which some are refused."""
    answered = [(one, ask) for one in passages for ask in one.section.asks if ask.answers and ask.language == language]
    draw.shuffle(answered)
    refused = sum(draw.random() < REFUSED for _ in range(ROWS))
    pairs = [one.render(ask, draw) for one, ask in answered[: ROWS - refused]]
    pairs += [(_unanswered(passages, language, draw), None) for _ in range(refused)]
    rows = [_row(question, answer, passages, language, name, draw) for question, answer in pairs]
    return list({row["question"]: row for row in rows}.values())


def _asked_abroad(passages: Sequence[Filled], language: str, name: str, draw: random.Random) -> list[Row]:
    """Questions in other languages than the passages; where there are some, sometimes one is refused."""
    rows = []
    for one in passages:
        for ask in one.section.asks:
            if ask.answers and ask.language != language:
                rows.append(_row(*one.render(ask, draw), passages, ask.language, name, draw))
                if draw.random() < REFUSED:
                    other = draw.choice(FAR[ask.language])
                    rows.append(_row(other, None, passages, ask.language, name, draw))
    return rows


def _unanswered(passages: Sequence[Filled], language: str, draw: random.Random) -> str:
    """A question that no passage answers: near, about another edition or table row, or far."""
    one = draw.choice(passages)
    near: list[Ask] = [ask for ask in one.section.asks if not ask.answers]
    lot = draw.random()
    if lot < 0.08 or not near:
        return draw.choice(FAR[language])
    asks = [ask for ask in one.section.asks if ask.answers and ask.language == language]
    if one.section.edition and lot < 0.5:
        present = {str(other.values.get(one.section.edition)) for other in passages}
        others = [e for e in one.section.slots[one.section.edition].split(" | ") if e not in present]
        asked = Filled(one.section, {**one.values, one.section.edition: draw.choice(others)}, "", one.rows)
        wordings = [(ask, w) for ask in asks for w in ask.questions if f"{{{one.section.edition}}}" in w]
        ask, wording = draw.choice(wordings)
        return asked.render(Ask(language, (wording,), ask.answers, ask.column), draw)[0]
    if one.rows and lot < 0.7:
        missing = [name for name in one.section.row_names if name not in {row[0] for row in one.rows}]
        row = (draw.choice(missing), *one.rows[0][1:])
        return Filled(one.section, one.values, "", (row,)).render(draw.choice(asks), draw)[0]
    return one.render(draw.choice(near), draw)[0]


def _row(
    question: str, answer: str | None, passages: Sequence[Filled], language: str, name: str, draw: random.Random
) -> Row:
    return {
        "question": careless(question, draw) if draw.random() < CARELESS else question,
        "context": [one.text for one in passages],
        "answer": answer,
        "document": name,
        "language": language,
    }


def careless(question: str, draw: random.Random) -> str:
    """The question as typed in haste: without capitals, accents or signs, or with two letters swapped."""
    kind = draw.randrange(3)
    if kind == 0:
        return question.lower().rstrip(" ?.!")
    if kind == 1:
        plain = unicodedata.normalize("NFKD", question)
        return "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "").lstrip("¿")
    words = question.split()
    long = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha() and word.islower()]
    if long:
        place, at = draw.choice(long), draw.randint(1, 2)
        word = words[place]
        words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)
