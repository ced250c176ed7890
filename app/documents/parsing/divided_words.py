"""Words that a hyphen divides at the end of a line: joined where it is only a division, kept where it is spelling.

What decides, in this order: either form elsewhere in the same text, then which of the joined form and its halves are
words of the text's languages. A compound ("long-term") or a verb with a pronoun ("tornou-se") has two halves that are
words, and a joined form that is none.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from app.text.language import likely_locale
from app.text.locales import LOCALES

DIVIDED = "\ufffe"  # in place of the hyphen, after the first part
DIVISION = re.compile(f"([^\\W_][\\w'’.-]{{0,60}}?)[ \t]*{DIVIDED}\\s*([^\\W_][\\w'’]*)?")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CONJUNCTIONS = {  # after a part of a compound: "pre- and postwar". A single letter may be a pronoun: "comprou-o"
    word for locale in LOCALES.values() for word in locale.facts.clause_joints.split() if len(word) > 1
}
LANGUAGE_SHARE = 0.2  # of the samples of a text, from which it is in a language
FEW_WORDS = 30  # that are looked for one by one
MAX_SAMPLES = 24
MAX_DIVISIONS = 3  # of one word, in a narrow column
CONTEXT = 200  # characters on each side of a division that say its language


class WordDivisions:
    """Decides about the divided words of one text. `texts`: all of it, with the divisions marked."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._seen: Counter[str] = Counter()
        self._pairs: set[tuple[str, str]] = set()
        samples: list[str] = []
        texts = list(texts)
        if any(DIVIDED in text for text in texts):
            for text in texts:
                self._note(text, samples)
        self._words = self._known(samples)

    def resolve(self, text: str) -> str:
        """`text` without marks."""
        for _ in range(MAX_DIVISIONS):
            if DIVIDED not in text:
                return text
            text = DIVISION.sub(self._joined, text)
        return text.replace(DIVIDED, "-")

    def _note(self, text: str, samples: list[str]) -> None:
        for found in DIVISION.finditer(text):
            if found[2]:
                self._pairs.add((_last_part(found[1]).lower(), found[2].lower()))
            if len(samples) < MAX_SAMPLES:
                samples.append(text[max(found.start() - CONTEXT, 0) : found.end() + CONTEXT])
        self._seen.update(WORD.findall(DIVISION.sub(" ", text).lower()))

    def _known(self, samples: list[str]) -> set[str]:
        """Which of the parts and joined forms are words, where the text itself does not decide."""
        wanted: set[str] = set()
        for first, second in self._pairs:
            if self._seen[first + second] == self._seen[f"{first}-{second}"]:
                wanted |= {first, second, first + second}
        languages = Counter(likely_locale(sample) for sample in samples) if wanted else Counter()
        likely = [language for language, count in languages.items() if count >= LANGUAGE_SHARE * len(samples)]
        return set().union(*(known_words(language, wanted) for language in likely))

    def _joined(self, found: re.Match[str]) -> str:
        first, second = found[1], found[2]
        if not second:
            return f"{first}-"
        if self._one_word(_last_part(first), second):
            return first + second
        return f"{first}- {second}" if second in CONJUNCTIONS else f"{first}-{second}"

    def _one_word(self, first: str, second: str) -> bool:
        capitals = len(first) > 1 and first.isupper()
        if not first.isalpha() or not (second.isupper() if capitals else second[0].islower()):
            return False  # "Rolls-Royce", "PDF-based", "2020-2021"
        first, second = first.lower(), second.lower()
        together, apart = self._seen[first + second], self._seen[f"{first}-{second}"]
        if together != apart:
            return together > apart
        if first + second in self._words:
            return True
        return second not in CONJUNCTIONS and not {first, second} <= self._words


def _last_part(first: str) -> str:
    """Of "state-of-the" the part next to the division."""
    return re.split(r"['’.-]", first)[-1]


def known_words(language: str, words: set[str]) -> set[str]:
    """Those of the lower-case `words` that the language has, by the lists of pyspellchecker."""
    entries = _word_list(language)
    if len(words) <= FEW_WORDS:
        return {word for word in words if f'"{word}":'.encode() in entries}
    known = set(entries.split(b'"')[1::2])  # less than half the time that reading it as JSON takes
    return {word for word in words if word.encode() in known}


@cache
def _word_list(language: str) -> bytes:
    """A JSON object with the words as keys; empty for a language that has none."""
    packed = files("spellchecker") / "resources" / f"{language}.json.gz"
    return gzip.decompress(packed.read_bytes()) if packed.is_file() else b""
