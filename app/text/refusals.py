"""Refusals: the service's own sentences, and whether an answer is one, in the service's words or a model's."""

from __future__ import annotations

import re

from app.text.language import Language
from app.text.locales import LOCALES, get_locale
from app.text.normalisation import fold_accents, word_f1
from app.text.sentences import sentence_spans

ALIKE = 0.75  # F1 of the words with one of the service's own sentences
LONGEST = 300  # characters of the sentence that refuses: a longer one says something else too
PHRASES = re.compile("|".join(phrase for locale in LOCALES.values() for phrase in locale.refusal_phrases))
APOLOGY = re.compile(
    rf"^(?:{'|'.join(phrase for locale in LOCALES.values() for phrase in locale.apologies)})\b[,.;:!]* *"
)
OWN = tuple((text, code) for code, locale in LOCALES.items() for text in dict.fromkeys(locale.refusals.values()))


def refusal_text(reason: str, language: Language) -> str:
    """What the service says instead of an answer. `reason` is one of RefusalReason."""
    return get_locale(language).refusals[reason]


def is_refusal(answer: str) -> bool:
    """Whether `answer` says that the documents hold none: its first sentence decides.

    What an answer says first and then qualifies is an answer. An empty text is no refusal: nothing was said.
    """
    text = " ".join(answer.split())
    if len(text) <= LONGEST and any(word_f1(text, own, language) >= ALIKE for own, language in OWN):
        return bool(text)
    opening = next(filter(None, map(_plain, (text[start:end] for start, end in sentence_spans(text)))), "")
    return len(opening) <= LONGEST and PHRASES.search(opening) is not None


def _plain(sentence: str) -> str:
    """Lower case, without accents and apologies."""
    return APOLOGY.sub("", fold_accents(sentence.lower()).replace("’", "'"))
