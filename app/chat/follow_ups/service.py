"""Suggests questions after an answer: about the sections around the cited ones, by their own headings.

No model writes them: a heading says what its section holds. A search per question makes sure that asking finds it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.chat.settings.service import ChatSettingsService
from app.chat.steps.prompt import remove_injections
from app.chat.steps.reply import say
from app.chat.steps.retrieve import retrieve
from app.domain.conversations import Turn
from app.domain.passages import Passage
from app.search.retriever import Retriever
from app.storage.database import Database
from app.text.language import detect_language
from app.text.normalisation import plain_text

MOST = 3  # questions after an answer
MOST_TRIED = 6  # headings that are searched for
MOST_DOCUMENTS = 2  # cited ones whose headings are read
EARLIER = 8  # questions of the conversation that are not suggested again
FEWEST_TOKENS = 12  # below a heading, so that there is something to tell
LONGEST_TITLE = 70  # characters: longer ones are sentences
NUMBERING = re.compile(r"^(?:§\s*)?(?:\d+(?:\.\d+)*[.):]?|[IVXLC]+[.):])\s+")
WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question about a section of a document."""

    question: str
    document_id: str
    filename: str
    heading: str  # the section's own


class FollowUpService:
    """Suggests follow-up questions to all tenants. Thread-safe."""

    def __init__(self, db: Database, retriever: Retriever, settings: ChatSettingsService) -> None:
        self._db = db
        self._retriever = retriever
        self._settings = settings

    def suggest(self, tenant_id: str, user: str | None, turn_id: str) -> list[FollowUp]:
        """At most MOST questions, in the language of the turn's. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            conversations = store.conversations.of_user(user)
            turn = conversations.turn(turn_id)
            asked = [plain_text(one.question) for one in conversations.turns_up_to(turn_id, EARLIER)]
            ids = _cited_chunks(turn)
            live = store.chunks.live(ids)
            cited = [live[one] for one in ids if one in live]
            documents = list(dict.fromkeys(one.chunk.document_id for one in cited))[:MOST_DOCUMENTS]
            sections = {one: store.chunks.headings(one) for one in documents}
        read = {one.chunk.heading for one in cited}
        profile = self._settings.profile(tenant_id)
        language = detect_language(turn.question)
        found: list[FollowUp] = []
        titles = ((one, title) for one in documents for title in _titles(sections[one], read, asked))
        for document_id, title in islice(titles, MOST_TRIED):
            question = say(language, "ask_section", title=title)
            best = retrieve(self._retriever, profile, question, k=1)
            if best.confidence >= profile.policy.threshold and _is_found(best.matched, document_id, title):
                found.append(FollowUp(question, document_id, best.matched[0].filename, title))
            if len(found) == MOST:
                break
        return found


def _cited_chunks(turn: Turn) -> list[int]:
    """Ids of the chunks that a turn quotes, in its order. A refusal quotes nothing."""
    return list(dict.fromkeys(int(one["chunk_id"].rpartition("_")[2]) for one in turn.result.get("citations", [])))


def _titles(sections: Sequence[tuple[str, int]], read: Collection[str], asked: Sequence[str]) -> Iterator[str]:
    """The titles that can be asked about: first of what comes after the sections that were read, then of the others."""
    last = max((place for place, (heading, _) in enumerate(sections) if heading in read), default=-1)
    seen = {_title(heading) for heading in read}
    for heading, tokens in [*sections[last + 1 :], *sections[: last + 1]]:
        title = _title(heading)
        if title in seen or tokens < FEWEST_TOKENS or len(title) > LONGEST_TITLE or not WORD.search(title):
            continue
        seen.add(title)
        if remove_injections(title) == title and not any(plain_text(title) in question for question in asked):
            yield title


def _title(heading: str) -> str:
    """The last heading of a path, without its number."""
    return NUMBERING.sub("", heading.rpartition(" > ")[2].strip(" *_#:."))


def _is_found(matched: Sequence[Passage], document_id: str, title: str) -> bool:
    return bool(matched) and matched[0].document_id == document_id and _title(matched[0].heading) == title
