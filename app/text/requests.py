"""Messages that are no questions to the documents, recognised by the patterns of the dialogues.

A pattern has to match the whole message, so that "which documents do you have" is a request about the collection and
"which documents do you have to hand in" is not.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from app.text.dialogue import Dialogue
from app.text.language import LANGUAGES, Language
from app.text.locales import get_locale

LENGTH_ERROR = 2  # letters that a misspelt word may have too many or too few
ALIKE = 0.82  # similarity of a misspelt word with the right one
SHORTEST = 4  # letters of a word that may be misspelt
MOST_WORDS = 40  # a longer message is a question
WORDS_REMEMBERED = 4096
MOST_RESPELT = 12  # words of a message whose spelling is mended
SOCIAL_ORDER = ("identity", "courtesy", "farewell", "thanks", "greeting", "agreement")
SERIOUS = frozenset(SOCIAL_ORDER) - {"agreement", "thanks", "farewell"}  # kinds of small talk that may be a question
ONE_OF = re.compile(r"\[(\w)\w*\]")
DIGITS = "0123456789"
WORDS = re.compile(rf"[a-z]{{{SHORTEST},}}")


@dataclass(frozen=True, slots=True)
class Request:
    """A recognised request: `kind` as in the dialogues, with the parts of the message that the pattern names."""

    kind: str
    language: Language  # that it is written in
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CompiledDialogue:
    """The patterns of one dialogue. A group `name2` is another place of `name`."""

    language: Language
    opener: re.Pattern[str]
    closer: re.Pattern[str]
    social: tuple[tuple[str, re.Pattern[str]], ...]
    social_words: frozenset[str]
    requests: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]  # by group: collection, previous_answer, document
    this_document: re.Pattern[str]
    all_documents: re.Pattern[str]
    vocabulary: Mapping[str, frozenset[str]]  # the longer words of the patterns, by first letter


def find_small_talk(text: str, languages: tuple[Language, ...], *, asks: bool) -> Request | None:
    """`text` is plain and has nothing but small talk; None if not. `asks`: the message had a question mark."""
    for language in languages:
        dialogue = compiled(language)
        kinds = _social_kinds(text, dialogue)
        if kinds and (not asks or SERIOUS.intersection(kinds) or len(text.split()) == 1):
            return Request(min(kinds, key=SOCIAL_ORDER.index), language, {})
    return None


def find_request(group: str, text: str, languages: tuple[Language, ...]) -> Iterator[Request]:
    """Every request of `group` (collection, previous_answer, document) that the plain `text` may be."""
    if len(text.split()) > MOST_WORDS:
        return
    for language in languages:
        dialogue = compiled(language)
        readings = dict.fromkeys((text, bare_request(text, dialogue)))
        for reading in readings:
            for kind, pattern in dialogue.requests.get(group, ()):
                if match := pattern.fullmatch(reading):
                    parts = {name.rstrip(DIGITS): value for name, value in match.groupdict().items() if value}
                    yield Request(kind, language, parts)


def respell(text: str, language: Language) -> str:
    """`text` with its misspelt words as the patterns of the language spell them."""
    words = text.split()
    if len(words) > MOST_RESPELT:
        return text
    return " ".join(word if len(word) < SHORTEST else _respelt(word, language) for word in words)


def bare_request(text: str, dialogue: CompiledDialogue) -> str:
    """`text` without the politeness around it; never empty if `text` is not."""
    while (match := dialogue.opener.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    while (match := dialogue.closer.search(text)) and match.start() > 0:
        text = text[: match.start()]
    return text


def language_code(name: str, language: Language) -> str:
    """The code of a language that is named, plainly, in `language`."""
    names = get_locale(language).dialogue.languages
    return next(code for code, known in names.items() if name in known.split("|"))


def names_language(text: str) -> bool:
    """Whether the plain `text` has the name of a language."""
    return any(_language_names(get_locale(code).dialogue).search(text) for code in LANGUAGES)


@cache
def compiled(language: Language) -> CompiledDialogue:
    """The patterns of a language, compiled once."""
    dialogue = get_locale(language).dialogue
    groups = {
        "collection": dialogue.collection,
        "previous_answer": dialogue.previous_answer,
        "document": dialogue.document,
    }
    requests = {
        group: tuple(
            (kind, re.compile(_with_languages(pattern, dialogue)))
            for kind, patterns in kinds.items()
            for pattern in patterns
        )
        for group, kinds in groups.items()
    }
    sources = [*dialogue.small_talk.values(), *(p for kinds in groups.values() for ps in kinds.values() for p in ps)]
    plain = [ONE_OF.sub(r"\1", source) for source in sources]  # "summari[sz]e" is "summarise"
    words = {word for source in plain for word in WORDS.findall(source)} | dialogue.social_words
    words |= {word for names in dialogue.languages.values() for word in WORDS.findall(names)}
    return CompiledDialogue(
        language,
        re.compile(rf"(?:{dialogue.openers or '(?!)'}) "),
        re.compile(rf" (?:{dialogue.closers or '(?!)'})$"),
        tuple((kind, re.compile(rf"(?:{pattern})(?= |$)")) for kind, pattern in dialogue.small_talk.items()),
        dialogue.social_words,
        requests,
        re.compile(dialogue.this_document or "(?!)"),
        re.compile(dialogue.all_documents or "(?!)"),
        _by_first_letter(word for word in words if len(word) >= SHORTEST),
    )


def _by_first_letter(words: Iterable[str]) -> dict[str, frozenset[str]]:
    found = defaultdict[str, set[str]](set)
    for word in words:
        found[word[0]].add(word)
    return {letter: frozenset(some) for letter, some in found.items()}


def _with_languages(pattern: str, dialogue: Dialogue) -> str:
    """The pattern with the names of the languages where it has LANGUAGE, as groups `language`, `language2`, ..."""
    names, number = "|".join(dialogue.languages.values()) or "(?!)", itertools.count(1)
    return re.sub("LANGUAGE", lambda _: f"(?P<language{next(number)}>{names})", pattern)


@cache
def _language_names(dialogue: Dialogue) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(dialogue.languages.values()) or '(?!)'})\b")


def _social_kinds(text: str, dialogue: CompiledDialogue) -> list[str]:
    """Kinds of the phrases in `text`; none if it has a word that is no small talk."""
    kinds, at = [], 0
    while at < len(text):
        found = [(match.end(), kind) for kind, pattern in dialogue.social if (match := pattern.match(text, at))]
        if found:
            end, kind = max(found, key=lambda one: one[0])
            kinds.append(kind)
        else:
            end = text.find(" ", at) if " " in text[at:] else len(text)
            if text[at:end] not in dialogue.social_words:
                return []
        at = end + 1
    return kinds


@lru_cache(WORDS_REMEMBERED)
def _respelt(word: str, language: Language) -> str:
    known = compiled(language).vocabulary.get(word[0], frozenset())  # the first letter is rarely wrong
    if word in known:
        return word
    near = [one for one in known if abs(len(one) - len(word)) <= LENGTH_ERROR]
    swapped = (one for one in near if sorted(one) == sorted(word))  # "waht"
    return next(swapped, "") or next(iter(difflib.get_close_matches(word, near, 1, ALIKE)), word)
