"""The reply step: what the service says to small talk and to questions about the collection, from what a tenant has.

The texts are the dialogues'; the facts are the tenant's documents. Nothing is generated, and nothing is cited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from app.chat.steps.route import RoutedQuestion
from app.domain.conversations import Route
from app.domain.documents import DocumentOverview
from app.text.language import DEFAULT_LANGUAGE, Language
from app.text.locales import LOCALES, get_locale

MOST_LISTED = 20  # documents of a list, a line each
MOST_NAMED = 8  # documents of a sentence
# Texts that stand before what documents say: they are known in every language.
REPEATED = ("summary", "outline", "compare_none", "table", "more_to_say", "nothing_more")
SLOT = re.compile(r"\\\{(\w+)\\\}")
MOST_OFFERED = 3  # documents of an offer or a suggestion


@dataclass(frozen=True, slots=True)
class Holdings:
    """The documents that a message may be answered from."""

    documents: Sequence[DocumentOverview]  # newest first; the first ones, if there are very many
    count: int
    unread: int = 0  # more of them are still being read
    restricted: bool = False  # by collections or filters of the message


def reply(routed: RoutedQuestion, holdings: Holdings, language: Language) -> str:
    """The whole answer of the routes small talk and collection. `about` is answered by `reply_about`."""
    offered = offer(holdings, language)
    if routed.route == Route.SMALL_TALK or routed.kind == "abilities":
        return say(language, routed.kind, offer=offered)
    if not holdings.documents:
        return f"{offered} {_reading(holdings, language)}".strip()
    if meant := routed.unclear:
        return which(meant.documents, language)
    match routed.kind:
        case "count":
            key = "count_one" if holdings.count == 1 else "count"
            text = say(language, key, count=holdings.count, names=joined(holdings.documents, holdings.count, language))
        case "newest":
            newest = holdings.documents[0]
            text = say(language, "newest", name=newest.name, date=date_text(newest.uploaded_at, language))
        case "uploaded":
            text = _uploaded(routed.documents[0].documents[0], language)
        case _:
            text = _list(holdings, language)
    return f"{text}\n{_reading(holdings, language)}".strip()


def reply_about(topic: str, found: Sequence[DocumentOverview], holdings: Holdings, language: Language) -> str:
    """Which documents have something about a topic; `found` are those in which a search found it, best first."""
    if not holdings.documents:
        return offer(holdings, language)
    if not found:
        return say(language, "about_none", topic=topic, offer=offer(holdings, language))
    return say(language, "about", topic=topic, names=joined(found, len(found), language))


def suggestion(documents: Sequence[DocumentOverview], count: int, language: Language) -> str:
    """One sentence that says what can be asked about; empty without documents. `count`: of all documents."""
    if not documents:
        return ""
    return say(language, "suggestion", names=_titles(documents, count, language))


def offer(holdings: Holdings, language: Language) -> str:
    """What can be asked, with an example, or how to upload documents."""
    documents = holdings.documents
    if not documents:
        return say(language, "empty_here" if holdings.restricted else "empty")
    titled = next((one for one in documents if one.title not in {"", one.filename}), documents[0])
    names = _titles(documents, holdings.count, language)
    return say(language, "offer", names=names, example=say(language, "example", name=short_name(titled)))


def which(documents: Sequence[DocumentOverview], language: Language) -> str:
    """The question which of several documents is meant."""
    return say(language, "which", names=joined(documents, len(documents), language, last="or"))


def say(language: Language, key: str, /, **values: object) -> str:
    """A text of the language's dialogue, or the default language's if it has none."""
    text = get_locale(language).dialogue.replies.get(key)
    return (text or get_locale(DEFAULT_LANGUAGE).dialogue.replies[key]).format(**values).strip()


def say_again(text: str, target: str) -> str:
    """A text of one of the dialogues in the language `target`; empty if `text` is none or the language has no text."""
    if target not in LOCALES:
        return ""
    replies = LOCALES[target].dialogue.replies
    for key, pattern in _replies():
        if key in replies and (match := pattern.fullmatch(text)):
            return replies[key].format(**match.groupdict())
    return ""


@cache
def _replies() -> list[tuple[str, re.Pattern[str]]]:
    """The texts that stand before what documents say, in all languages, as patterns."""
    texts = [(key, locale.dialogue.replies.get(key)) for locale in LOCALES.values() for key in REPEATED]
    return [(key, re.compile(SLOT.sub(r"(?P<\1>.+)", re.escape(text)))) for key, text in texts if text]


def joined(documents: Sequence[DocumentOverview], count: int, language: Language, *, last: str = "and") -> str:
    """The names of the first documents in a sentence: "a, b and 3 more"."""
    return _sentence([document.name for document in documents[:MOST_NAMED]], count, language, last)


def _titles(documents: Sequence[DocumentOverview], count: int, language: Language) -> str:
    return _sentence([short_name(document) for document in documents[:MOST_OFFERED]], count, language, "and")


def _sentence(names: list[str], count: int, language: Language, last: str) -> str:
    if count > len(names):
        names = [*names, say(language, "more", count=count - len(names))]
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {say(language, last)} {names[-1]}"


def short_name(document: DocumentOverview) -> str:
    """The title of a document, or the last part of its filename."""
    return document.title if document.title not in {"", document.filename} else document.name


def date_text(moment: datetime, language: Language) -> str:
    """A day as the language writes it."""
    dialogue = get_locale(language).dialogue
    month = dialogue.months[moment.month - 1] if dialogue.months else ""
    return dialogue.date.format(day=moment.day, month=month, month_number=moment.month, year=moment.year)


def _list(holdings: Holdings, language: Language) -> str:
    head = say(language, "list_one" if holdings.count == 1 else "list", count=holdings.count)
    lines = [
        f"- {document.name}, {date_text(document.uploaded_at, language)}"
        for document in holdings.documents[:MOST_LISTED]
    ]
    if holdings.count > len(lines):
        lines.append(f"- {say(language, 'more', count=holdings.count - len(lines))}")
    return "\n".join([head, *lines])


def _uploaded(document: DocumentOverview, language: Language) -> str:
    date = date_text(document.uploaded_at, language)
    if document.version == 1:
        return say(language, "uploaded", name=document.name, date=date)
    first = date_text(document.first_uploaded_at, language)
    return say(language, "uploaded_version", name=document.name, date=date, version=document.version, first=first)


def _reading(holdings: Holdings, language: Language) -> str:
    if not holdings.unread:
        return ""
    return say(language, "reading_one" if holdings.unread == 1 else "reading", count=holdings.unread)
