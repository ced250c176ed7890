"""The route step: what a message asks for, by rules that are certain; what is not certain is a question.

The rules match a whole message (`app/text/requests.py`). A request about documents counts only if it names documents
that the tenant has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from app.chat.steps.meant import Meant, find_meant
from app.domain.conversations import Route, Turn
from app.domain.documents import DocumentOverview
from app.text.language import LANGUAGES, Language, detect_language
from app.text.normalisation import plain_text
from app.text.requests import (
    Request,
    bare_request,
    compiled,
    find_request,
    find_small_talk,
    language_code,
    names_language,
    respell,
)

Documents = Callable[[], Sequence[DocumentOverview]]  # read only when a rule needs them
EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]")
EXPECTS_ANSWER = "?"  # how a question back ends


@dataclass(frozen=True, slots=True)
class RoutedQuestion:
    """Where a message goes, and what of it the steps there need."""

    route: Route
    kind: str = ""  # within the route, as in the dialogues: "greeting", "list", "shorter", "summary"
    language: Language | None = None  # that it is written in, where the rule knows
    subject: str = ""  # a topic, in plain words
    target: str = ""  # code of the language to translate into
    documents: Sequence[Meant] = field(default_factory=tuple)  # meant; two for a comparison

    @property
    def unclear(self) -> Meant | None:
        """The first name that may mean several documents."""
        return next((meant for meant in self.documents if len(meant.documents) > 1 and not meant.all), None)


QUESTION = RoutedQuestion(Route.QUESTION)


def route(message: str, previous: Turn | None, documents: Documents) -> RoutedQuestion:
    """Decide by certain rules. `previous` is the last turn of the conversation, if there is one."""
    text = plain_text(message)
    languages = _languages(message, previous)
    if not text:
        social = EMOJI.search(message) is not None
        return RoutedQuestion(Route.SMALL_TALK, "agreement", languages[0]) if social else QUESTION
    asks = "?" in message
    for reading in dict.fromkeys((text, *(respell(text, language) for language in languages))):
        if found := find_small_talk(reading, languages, asks=asks):
            return RoutedQuestion(Route.SMALL_TALK, found.kind, found.language)
        for routed in _requests(reading, languages, previous, documents):
            return routed
    return _resolved_question(text, previous, documents) or QUESTION


def cited_documents(turn: Turn | None) -> list[str]:
    """Ids of the documents that a turn cites, each once."""
    citations = turn.result.get("citations", []) if turn is not None else []
    return list(dict.fromkeys(str(citation["document_id"]) for citation in citations))


def _requests(
    text: str, languages: tuple[Language, ...], previous: Turn | None, documents: Documents
) -> Iterator[RoutedQuestion]:
    for found in find_request("collection", text, languages):
        if routed := _about_collection(found, previous, documents):
            yield routed
    if previous is not None:
        yield from _about_answer(text, languages, previous)
    for found in find_request("document", text, languages):
        if routed := _about_documents(found, previous, documents):
            yield routed
    if previous is None and " " in text:
        yield from _about_answer(text, languages, None)


def _about_collection(found: Request, previous: Turn | None, documents: Documents) -> RoutedQuestion | None:
    meant: tuple[Meant, ...] = ()
    if name := found.parts.get("name"):
        meant = (find_meant(name, documents(), cited_documents(previous)),)
        if not meant[0].documents:
            return None
    return RoutedQuestion(Route.COLLECTION, found.kind, found.language, found.parts.get("topic", ""), documents=meant)


def _about_answer(text: str, languages: tuple[Language, ...], previous: Turn | None) -> Iterator[RoutedQuestion]:
    for found in find_request("previous_answer", text, languages):
        named = found.parts.get("language")
        if named and previous is not None and _languages_are_the_subject(previous):
            continue
        target = language_code(named, found.language) if named else ""
        yield RoutedQuestion(Route.PREVIOUS_ANSWER, found.kind, found.language, target=target)


def _languages_are_the_subject(previous: Turn) -> bool:
    """True after "Is there a manual in English?": then "and in French?" is a question too."""
    asked = previous.result.get("route") != Route.PREVIOUS_ANSWER
    return asked and names_language(plain_text(previous.question))


def _about_documents(found: Request, previous: Turn | None, documents: Documents) -> RoutedQuestion | None:
    names = [found.parts[part] for part in ("name", "one", "two") if part in found.parts]
    cited = cited_documents(previous)
    meant = tuple(find_meant(name, documents(), cited) for name in names)
    if not all(one.documents for one in meant):
        return None
    if len(meant) > 1 and len({one.documents[0].id for one in meant}) == 1:  # two names of one document
        return None
    return RoutedQuestion(Route.DOCUMENT, found.kind, found.language, found.parts.get("topic", ""), documents=meant)


def _resolved_question(text: str, previous: Turn | None, documents: Documents) -> RoutedQuestion | None:
    """The request that the service asked back about, if `text` names one of the documents."""
    if previous is None or previous.result.get("route") != Route.DOCUMENT or previous.result.get("citations"):
        return None
    if not previous.answer.endswith(EXPECTS_ANSWER):
        return None
    names = dict.fromkeys((text, *(bare_request(text, compiled(language)) for language in LANGUAGES)))
    found_documents = (find_meant(name, documents(), []) for name in names)
    meant = next((one for one in found_documents if len(one.documents) == 1), None)
    if meant is None:
        return None
    asked = plain_text(previous.question)
    found = next(find_request("document", asked, _languages(previous.question, None)), None)
    kind, language = (found.kind, found.language) if found else ("summary", detect_language(previous.question))
    return RoutedQuestion(Route.DOCUMENT, "summary" if kind == "compare" else kind, language, documents=(meant,))


def _languages(message: str, previous: Turn | None) -> tuple[Language, ...]:
    """All languages that have a locale, the likely ones first: the conversation's, then the message's."""
    spoken = [] if previous is None else [detect_language(previous.question)]
    likely = (language for language in (*spoken, detect_language(message)) if language in LANGUAGES)
    return tuple(dict.fromkeys((*likely, *LANGUAGES)))
