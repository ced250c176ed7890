"""Generates training rows from a tenant's documents and from feedback, over the passages that its retriever finds.

The method is RAFT (arXiv 2403.10131): a row has the passage with the answer among distractors. The distractors are
hard, because the retriever ranks them high. In some rows the passage is left out, and the right answer is a refusal.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.chat.settings.service import AnsweringProfile, ChatSettingsService
from app.chat.steps.prompt import apply_score_cutoff, passage_text, remove_injections, render_prompt
from app.chat.steps.retrieve import retrieve
from app.domain.conversations import Feedback, Rating, Turn
from app.domain.documents import LiveChunk
from app.domain.passages import Passage
from app.domain.training import DatasetOrigin
from app.errors import InvalidRequest
from app.search.retriever import Retriever
from app.storage.database import Database
from app.storage.sql.filters import Within
from app.text.language import Language, detect_language
from app.text.refusals import is_refusal
from app.training.cloze import Cloze, generate_clozes
from app.training.examples import RowRules

MORE_CANDIDATES = 4  # passages that are searched beyond those of the row
ANSWER_TOKENS = 64  # tokens of a row that are reserved for the answer
FEEDBACK_PAGE = 100


@dataclass(frozen=True, slots=True)
class RowsFromDocuments:
    """A request for rows from documents."""

    rows: int = 200
    passages: int = 3  # limit for a row
    refusals: float = 0.2  # share of rows whose passages do not hold the answer
    collections: tuple[str, ...] = ()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class GeneratedRows:
    """Generated rows as JSON lines."""

    origin: DatasetOrigin
    lines: tuple[str, ...]
    details: dict[str, Any] = field(default_factory=dict)  # how they were generated


@dataclass(frozen=True, slots=True)
class Context:
    """A passage's text as the prompt shows it, and its document."""

    text: str
    document_id: str


class SyntheticDataGenerator:
    """Generates rows for all tenants."""

    def __init__(
        self, db: Database, retriever: Retriever, chat_settings: ChatSettingsService, rules: RowRules, *, top_k: int
    ) -> None:
        self._db = db
        self._retriever = retriever
        self._chat_settings = chat_settings
        self._rules = rules
        self._top_k = top_k

    def from_documents(self, tenant_id: str, request: RowsFromDocuments) -> GeneratedRows:
        """Cloze questions over retrieved passages. Raises InvalidRequest if the documents yield none."""
        draw = random.Random(request.seed)  # noqa: S311 - a selection, not a secret
        profile = self._chat_settings.profile(tenant_id)
        rows: list[dict[str, Any]] = []
        for chunk, cloze in self._questions(tenant_id, request, draw):
            row = self._row(profile, chunk, cloze, request, draw)
            if row is not None:
                rows.append(row)
            if len(rows) == request.rows:
                break
        if not rows:
            raise InvalidRequest("No document here has sentences to ask about; upload documents first.", code="no_rows")
        details = {"made_from": "documents", "passages": request.passages, "refusals": request.refusals}
        return GeneratedRows(DatasetOrigin.DOCUMENTS, _lines(rows), {**details, "seed": request.seed})

    def from_feedback(self, tenant_id: str) -> GeneratedRows:
        """Corrected answers, and answers that users liked. Raises InvalidRequest if there are none."""
        profile = self._chat_settings.profile(tenant_id)
        rows: dict[str, dict[str, Any]] = {}
        for feedback, turn in self._list_feedback(tenant_id):
            row = self._row_from_feedback(profile, feedback, turn)
            if row is not None:
                rows.setdefault(row["question"], row)  # the newest feedback on a question counts
        if not rows:
            raise InvalidRequest(
                "There is no feedback to learn from: rate answers `up`, or give a corrected_answer.", code="no_rows"
            )
        return GeneratedRows(DatasetOrigin.FEEDBACK, _lines(list(rows.values())), {"made_from": "feedback"})

    def _questions(
        self, tenant_id: str, request: RowsFromDocuments, draw: random.Random
    ) -> Iterator[tuple[LiveChunk, Cloze]]:
        """Yield one sentence of each chunk in turn, in random order, until every sentence has been asked about."""
        with self._db.read_tenant(tenant_id) as store:
            within = Within(tuple(request.collections)) if request.collections else None
            ids = store.chunks.live_ids(store.documents.chosen(within)).tolist()
            draw.shuffle(ids)
            live = store.chunks.live(ids[: 4 * request.rows])
        asked = set()
        pools = [
            (chunk, list(generate_clozes(remove_injections(chunk.chunk.text)))) for _, chunk in sorted(live.items())
        ]
        draw.shuffle(pools)
        for _, pool in pools:
            draw.shuffle(pool)
        while any(pool for _, pool in pools):
            for chunk, pool in pools:
                if pool and (cloze := pool.pop()).sentence not in asked:  # chunks overlap
                    asked.add(cloze.sentence)
                    yield chunk, cloze

    def _row(
        self, profile: AnsweringProfile, chunk: LiveChunk, cloze: Cloze, request: RowsFromDocuments, draw: random.Random
    ) -> dict[str, Any] | None:
        found = _contexts(self._search(profile, cloze.question, request.passages + MORE_CANDIDATES))
        gold = next((one for one in found if cloze.sentence in one.text), None)
        gold = gold or Context(passage_text(Passage(chunk, 1.0, None, None)), chunk.chunk.document_id)
        answer = cloze.answer.lower()
        others = [one for one in found if answer not in one.text.lower()]
        refuse = draw.random() < request.refusals
        chosen = others[: request.passages] if refuse else [gold, *others[: request.passages - 1]]
        chosen = self._fit_contexts(profile, cloze.question, chosen, cloze.language)
        if not chosen:
            return None
        draw.shuffle(chosen)
        return _question_row(cloze.question, chosen, None if refuse else cloze.answer, gold.document_id, cloze.language)

    def _list_feedback(self, tenant_id: str) -> Iterator[tuple[Feedback, Turn]]:
        after: str | None = None
        while True:
            with self._db.read_tenant(tenant_id) as store:
                page = store.feedback.page(limit=FEEDBACK_PAGE, after=after)
                pairs = [(one, store.conversations.turn(one.turn_id)) for one in page.data]
            yield from pairs
            after = page.next_cursor
            if after is None:
                return

    def _row_from_feedback(self, profile: AnsweringProfile, feedback: Feedback, turn: Turn) -> dict[str, Any] | None:
        refused = bool(turn.result.get("refused"))
        if feedback.corrected_answer:
            answer = None if is_refusal(feedback.corrected_answer) else feedback.corrected_answer
        elif feedback.rating == Rating.UP:
            answer = None if refused else turn.answer
        else:
            return None  # the answer is wrong, and the right one is unknown
        question = str(turn.result.get("question") or turn.question)
        language = detect_language(question)
        found = self._search(profile, question, self._top_k, original=turn.question)
        contexts = _contexts(apply_score_cutoff(found))  # the passages that the prompt of the answer had
        chosen = self._fit_contexts(profile, question, contexts, language)
        return _question_row(question, chosen, answer, chosen[0].document_id, language) if chosen else None

    def _search(self, profile: AnsweringProfile, question: str, k: int, original: str | None = None) -> list[Passage]:
        """The passages that chat would answer over, the best first."""
        return retrieve(self._retriever, profile, question, k=k, original=original).passages

    def _fit_contexts(
        self, profile: AnsweringProfile, question: str, contexts: Sequence[Context], language: Language
    ) -> list[Context]:
        """The first contexts, as many as leave room for the answer in the prompt that chat sends."""
        chosen = list(contexts)
        while chosen:
            texts = [one.text for one in chosen]
            prompt = render_prompt(
                question, texts, language=language, tokenizer=self._rules.tokenizer, preamble=profile.preamble
            )
            if len(prompt) + ANSWER_TOKENS <= self._rules.generated_max_tokens:
                break
            chosen.pop()
        return chosen


def _contexts(passages: Sequence[Passage]) -> list[Context]:
    """What the prompt shows of each passage."""
    return [Context(passage_text(one), one.document_id) for one in passages if remove_injections(one.text).strip()]


def _question_row(
    question: str, contexts: Sequence[Context], answer: str | None, document: str, language: str
) -> dict[str, Any]:
    return {
        "question": question,
        "context": [one.text for one in contexts],
        "answer": answer,
        "language": language,
        "document": document,
        "sources": sorted({one.document_id for one in contexts} | {document}),
    }


def _lines(rows: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(json.dumps(row, ensure_ascii=False) for row in rows))
