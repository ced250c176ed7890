"""Streamed answers: started, resumed and stopped by their turn's id, at the process that generates them or another.

Their events are kept in memory for some minutes, by the process that generated them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import aclosing
from contextvars import Context
from typing import Any, cast

import structlog
from anyio.to_thread import run_sync

from app.chat.answer_record import ShownAnswer
from app.chat.events import DoneEvent, Event, RetrievalEvent, SavedEvent
from app.chat.service import ChatService, Question
from app.chat.streams.answer_stream import AnswerStream
from app.chat.streams.answers_elsewhere import AnswersElsewhere
from app.deadline import outliving_request
from app.domain.conversations import TurnStatus
from app.errors import AppError

log = structlog.get_logger(__name__)
AWAY_S = 20.0  # an answer that nobody reads goes on for so long
KEPT_S = 300.0  # the events of an answer that has ended can be read for so long
MOST_KEPT = 500  # answers that have ended; beyond it the oldest are forgotten earlier
Adorn = Callable[[Event], Awaitable[Event]]


class StreamService:
    """Runs the streamed answers of all tenants, each in a task of its own, so that a client may come back to it."""

    def __init__(
        self,
        chat: ChatService,
        elsewhere: AnswersElsewhere | None = None,
        *,
        away_s: float = AWAY_S,
        kept_s: float = KEPT_S,
    ) -> None:
        """`elsewhere`: of a process among others that answer, too."""
        self._chat = chat
        self._elsewhere = elsewhere
        self._away_s = away_s
        self._kept_s = kept_s
        self._streams: dict[str, AnswerStream] = {}
        self._ended: dict[str, None] = {}  # turn ids, oldest first

    async def start(self, tenant_id: str, question: Question, adorn: Adorn | None = None) -> AnswerStream:
        """Begin an answer. `adorn` may add to its events what the client asked for.

        Raises what ChatService.stream raises before its first event.
        """
        events = self._chat.stream(tenant_id, question)
        first = cast("RetrievalEvent", await anext(events))  # what is wrong with the request is no event
        stream = AnswerStream(tenant_id, question.user, first.turn_id, away_s=self._away_s)
        if self._elsewhere is not None:
            try:
                await self._elsewhere.begin(stream)
            except BaseException:
                await events.aclose()
                raise
        self._streams[first.turn_id] = stream
        stream.add(first)
        shown = ShownAnswer(question.message, first)
        task = asyncio.create_task(
            self._run(stream, question, shown, _adorned(events, adorn)), context=outliving_request()
        )
        task.add_done_callback(lambda _: self._keep(stream))
        stream.run(task)
        return stream

    async def resume(
        self, tenant_id: str, user: str | None, turn_id: str, after: int
    ) -> AnswerStream | Awaitable[Mapping[str, Any]]:
        """The stream of an answer, to be read after event `after`; the answer alone if its events are not here.

        That of an answer at work elsewhere comes when it has ended. Raises NotFound, AnswerLost, and InvalidRequest if
        no event has this number yet.
        """
        stream = self.find(tenant_id, user, turn_id)
        if stream is not None:
            stream.check_position(after)
            return stream
        if await self._at_work_elsewhere(tenant_id, user, turn_id):
            return self._saved(tenant_id, user, turn_id)
        found = await run_sync(self._chat.turn, tenant_id, user, turn_id)
        return _at_once(found.result)

    def find(self, tenant_id: str, user: str | None, turn_id: str) -> AnswerStream | None:
        """The stream if its events are kept, and it is this tenant's and user's."""
        stream = self._streams.get(turn_id)
        return stream if stream is not None and stream.belongs_to(tenant_id, user) else None

    async def stop(self, tenant_id: str, user: str | None, turn_id: str) -> Mapping[str, Any]:
        """Stop an answer and return what was shown of it, as it is saved; the whole answer if it had ended before.

        Raises NotFound, and AnswerLost.
        """
        if (stream := self.find(tenant_id, user, turn_id)) is not None:
            await stream.stop()
        return await self._saved(tenant_id, user, turn_id, stop=True)

    async def serve_others(self) -> None:
        """Do what other processes ask of the answers at work here, until cancelled."""
        if self._elsewhere is not None:
            await self._elsewhere.serve(self._streams)

    async def _at_work_elsewhere(self, tenant_id: str, user: str | None, turn_id: str) -> bool:
        return self._elsewhere is not None and await self._elsewhere.find(tenant_id, user, turn_id) is not None

    async def _saved(self, tenant_id: str, user: str | None, turn_id: str, *, stop: bool = False) -> Mapping[str, Any]:
        """The answer, when the process that generates it has saved it."""
        if self._elsewhere is not None:
            await self._elsewhere.wait(tenant_id, user, turn_id, stop=stop)
        return (await run_sync(self._chat.turn, tenant_id, user, turn_id)).result

    def tenants(self) -> set[str]:
        """The tenants whose answers are at work here."""
        return {stream.tenant_id for stream in self._streams.values() if not stream.has_ended}

    def stop_tenants(self, tenant_ids: Collection[str]) -> None:
        """End the answers of these tenants where they are; they are saved as stopped."""
        for stream in list(self._streams.values()):
            if stream.tenant_id in tenant_ids and not stream.has_ended:
                stream.cancel()

    async def close(self) -> None:
        """Stop and save the answers at work: the service ends."""
        await asyncio.gather(*(stream.stop() for stream in self._streams.values()))

    async def _run(
        self,
        stream: AnswerStream,
        question: Question,
        shown: ShownAnswer,
        events: AsyncGenerator[Event, None],
    ) -> AppError | None:
        """Read the events of an answer into its stream. Returns the error that ended it."""
        try:
            return await self._read(stream, question, shown, events)
        finally:
            if self._elsewhere is not None:
                await self._elsewhere.end(stream)

    async def _read(
        self,
        stream: AnswerStream,
        question: Question,
        shown: ShownAnswer,
        events: AsyncGenerator[Event, None],
    ) -> AppError | None:
        try:
            async with aclosing(events):
                async for event in events:
                    shown.add(event)
                    stream.add(event)
        except asyncio.CancelledError:
            return await self._cut_short(stream, question, shown, TurnStatus.STOPPED)
        except Exception as error:  # noqa: BLE001 - of any kind: readers wait for the end
            await self._cut_short(stream, question, shown, TurnStatus.FAILED)
            return _as_fault(error)
        return None

    async def _cut_short(
        self, stream: AnswerStream, question: Question, shown: ShownAnswer, status: TurnStatus
    ) -> AppError | None:
        """Save what was shown; where the user stopped it, that is the last event. The error, if it cannot be saved."""
        if isinstance(stream.last_event, DoneEvent):
            return None
        try:
            turn = await run_sync(self._chat.save_shown, stream.tenant_id, question, shown.record(status))
        except Exception as error:  # noqa: BLE001 - such as a conversation that was deleted meanwhile
            return _as_fault(error)
        if status == TurnStatus.STOPPED:
            stream.add(SavedEvent(turn.result))
        return None

    def _keep(self, stream: AnswerStream) -> None:
        """Keep the events of an answer that has ended, for a while."""
        self._ended[stream.turn_id] = None
        if len(self._ended) > MOST_KEPT:
            self._forget(next(iter(self._ended)))
        loop, of_nothing = asyncio.get_running_loop(), Context()  # the request's would be kept with the answer
        loop.call_later(self._kept_s, self._forget, stream.turn_id, context=of_nothing)

    def _forget(self, turn_id: str) -> None:
        self._ended.pop(turn_id, None)
        self._streams.pop(turn_id, None)


async def _at_once(result: Mapping[str, Any]) -> Mapping[str, Any]:
    return result


def _as_fault(error: Exception) -> AppError:
    if isinstance(error, AppError):
        return error
    log.error("stream_crashed", error=type(error).__name__, exc_info=error)
    return AppError("Something went wrong inside the service; it is in its log.", code="internal")


async def _adorned(events: AsyncGenerator[Event, None], adorn: Adorn | None) -> AsyncGenerator[Event, None]:
    async with aclosing(events):
        async for event in events:
            yield event if adorn is None else await adorn(event)
