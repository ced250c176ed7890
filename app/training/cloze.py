"""Generates cloze questions from text without a model: a sentence whose most informative words are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.text.language import Language, detect_language
from app.text.locales import LOCALES, get_locale
from app.text.sentences import sentence_spans

SHORTEST, LONGEST = 40, 300  # characters of a sentence
GAP = "____"
NOT_UNITS = rf"(?:{'|'.join(word for locale in LOCALES.values() for word in locale.not_units)})\b"
PARTICLES = "|".join(word for locale in LOCALES.values() for word in locale.name_particles)
# A number with its unit, a quotation, a name inside the sentence.
INFORMATIVE = (
    re.compile(rf"\b\d(?:[\d.,:/-]*\d)?(?:\s?(?:%|(?!{NOT_UNITS})[a-zà-ÿ]{{3,}}))?"),
    re.compile(r"[\"“«]([^\"”»]{2,60})[\"”»]"),
    re.compile(rf"(?<=[\wà-ÿ,;] )[A-ZÀ-Ý][\w'-]+(?:\s(?:(?:{PARTICLES})\s)?[A-ZÀ-Ý][\w'-]+)*"),
)
TAIL = re.compile(r"((?:[\w'-]+\s){1,3}[\w'-]+)[.!?…]*$")


@dataclass(frozen=True, slots=True)
class Cloze:
    question: str
    answer: str  # a literal part of the sentence
    sentence: str
    language: Language


def generate_clozes(text: str) -> Iterator[Cloze]:
    """Yield one question for each sentence of suitable length, in order."""
    for start, end in sentence_spans(text):
        sentence = " ".join(text[start:end].split())
        if SHORTEST <= len(sentence) <= LONGEST and (place := _find_answer(sentence)) is not None:
            answer = sentence[slice(*place)]
            gapped = f"{sentence[: place[0]]}{GAP}{sentence[place[1] :]}"
            language = detect_language(sentence)
            yield Cloze(get_locale(language).cloze_question.format(gapped), answer, sentence, language)


def _find_answer(sentence: str) -> tuple[int, int] | None:
    """(start, end) of the words to leave out. Words that occur twice would reveal themselves."""
    for pattern in (*INFORMATIVE, TAIL):
        for match in pattern.finditer(sentence):
            start, end = match.span(pattern.groups)
            if sentence.count(sentence[start:end]) == 1 and end - start < len(sentence) / 2:
                return start, end
    return None
