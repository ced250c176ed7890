"""Asks everyday questions through the chat, turn by turn, and judges the last answer of each conversation."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, aclosing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from anyio.to_thread import run_sync

from app.chat.schemas import ChatOut
from app.chat.service import ChatService, Question
from app.domain.conversations import ChatAnswer
from app.errors import AppError, NotFound
from app.evaluations.case_concurrency import as_they_end
from app.evaluations.cases import Case
from app.evaluations.everyday.questions import EverydayQuestion
from app.evaluations.everyday.verdict import failure, judge
from app.evaluations.failures import failed, recorded, when_free
from app.evaluations.records import CaseResult, EverydayFigures, TurnRecord
from app.storage.database import Database

# What a record keeps of a chat answer: what a reader needs to see why it is right or wrong.
KEPT = (
    "answer", "refused", "refusal_reason", "route", "citations", "unsupported", "finish_reason", "trace", "timings",
    "usage", "adapter",
)  # fmt: skip


class DocumentsNotReady(AppError):
    """The documents of a pack could not be ingested: none of its questions can be asked."""

    code = "documents_not_ready"


@dataclass(frozen=True, slots=True)
class Asker:
    """One tenant whose chat is asked. The conversations are of an evaluation: no list of the tenant shows them."""

    chat: ChatService
    db: Database
    tenant_id: str
    adapter: str | None = None  # as a question names it; None: what is in force
    evaluation_id: str = "command line"

    @contextmanager
    def conversation(self, title: str) -> Iterator[str]:
        """The id of a new conversation, deleted at the end."""
        with self.db.write_tenant(self.tenant_id) as store:
            conversation_id = store.conversations.create(title, evaluation_id=self.evaluation_id).id
        try:
            yield conversation_id
        finally:
            with suppress(NotFound), self.db.write_tenant(self.tenant_id) as store:
                store.conversations.delete(conversation_id)


# (folder of a pack, or None for a tenant's own documents) -> who is asked. Raises DocumentsNotReady.
OpenAsker = Callable[[Path | None], AbstractContextManager[Asker]]


async def ask_all(
    open_asker: OpenAsker, source: Path | None, cases: Sequence[Case], concurrency: int, timeout_s: float
) -> AsyncIterator[CaseResult]:
    """A result for each everyday question, in the order in which they end; those that fail have an error."""
    questions = [case for case in cases if isinstance(case, EverydayQuestion)]
    if not questions:
        return
    with ExitStack() as stack:
        try:
            asker = stack.enter_context(open_asker(source))
        except DocumentsNotReady as fault:
            for question in questions:
                yield _with_figures(question, failed(_head(question), fault.code, fault.message))
            return
        ask_one = partial(ask, asker, timeout_s=timeout_s)
        async with aclosing(as_they_end(ask_one, questions, concurrency)) as results:
            async for result in results:
                yield result


async def ask(asker: Asker, question: EverydayQuestion, *, timeout_s: float) -> CaseResult:
    """Ask every turn and judge the last answer. `timeout_s`: of each turn. Raises as `recorded` does."""
    turns: list[TurnRecord] = []
    result = await recorded(_converse(asker, question, turns, timeout_s), _head(question))
    return {**_with_figures(question, result), "turns": turns}


async def _converse(asker: Asker, question: EverydayQuestion, turns: list[TurnRecord], timeout_s: float) -> CaseResult:
    with asker.conversation(question.question) as conversation_id:
        for place, message in enumerate(question.turns, start=1):
            started = time.perf_counter()
            asked = Question(message, f"eval-{question.id}-{place}"[-64:], conversation_id, asker.adapter)
            turns.append({"question": message})
            async with asyncio.timeout(timeout_s):
                answer = await when_free(partial(asker.chat.answer, asker.tenant_id, asked))
            turns[-1] = _turn(message, answer, time.perf_counter() - started)
    figures: EverydayFigures = await run_sync(judge, question, answer)
    return {
        **_head(question),
        **figures,
        "total_s": turns[-1]["seconds"],
        "ttft_s": round(answer.timings.get("ttft_s", 0.0), 4),
    }


def _head(question: EverydayQuestion) -> CaseResult:
    return {
        "id": question.id,
        "group": question.group,
        "language": question.language,
        "question": question.question,
        "kind": question.kind,
        "expects": question.expects,
    }


def _with_figures(question: EverydayQuestion, result: CaseResult) -> CaseResult:
    """A failed question counts as not useful, and as not refused."""
    return {**result, **failure(question)} if "error" in result else result


def _turn(message: str, answer: ChatAnswer, seconds: float) -> TurnRecord:
    sent: dict[str, Any] = ChatOut.model_validate(answer).model_dump(mode="json")
    kept = {name: sent[name] for name in KEPT if name in sent}
    return {"question": message, "searched": answer.question, "seconds": round(seconds, 4), "sent": kept}
