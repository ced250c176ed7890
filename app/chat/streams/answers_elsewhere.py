"""Streamed answers that another process generates: waited for, kept going and stopped through the database."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

import structlog
from anyio.to_thread import run_sync

from app.chat.streams.answer_stream import AnswerStream
from app.domain.live_answers import LiveAnswer
from app.errors import AppError, Conflict
from app.storage.database import Database
from app.storage.sql.live_answers import LiveAnswers
from app.storage.sql.processes import Processes

log = structlog.get_logger(__name__)
POLL_S = 0.3
READ_S = 5.0  # how often a reader tells that it still waits


class AnswerLost(Conflict):
    """The process that generated the answer is gone, and the answer with it."""

    code = "answer_lost"


class AnswersElsewhere:
    """What this process and others tell each other about the answers that they generate."""

    def __init__(self, db: Database, process_id: str) -> None:
        self._db = db
        self._process_id = process_id
        self._heard: dict[str, datetime] = {}  # by turn: the last reader that was told of

    async def begin(self, stream: AnswerStream) -> None:
        """Let other processes know that this one generates the answer. Raises Unavailable."""
        await run_sync(self._begin, stream)

    async def end(self, stream: AnswerStream) -> None:
        """Let those who wait go on: the answer is saved, or lost."""
        self._heard.pop(stream.turn_id, None)
        try:
            await run_sync(self._end, stream.turn_id)
        except AppError as fault:  # they go on when this process ends
            log.warning("live_answer_not_ended", turn_id=stream.turn_id, message=fault.message)

    async def find(self, tenant_id: str, user: str | None, turn_id: str) -> LiveAnswer | None:
        """The answer, if any process generates it now. Raises AnswerLost if that process is gone."""
        return await run_sync(self._find, tenant_id, user, turn_id)

    async def wait(self, tenant_id: str, user: str | None, turn_id: str, *, stop: bool = False) -> None:
        """Wait until the answer has ended; with `stop`, let it end now. Raises AnswerLost."""
        told_at = -READ_S
        clock = asyncio.get_running_loop().time
        while await self.find(tenant_id, user, turn_id) is not None:
            if clock() - told_at >= READ_S:
                told_at = clock()
                await run_sync(self._ask, tenant_id, user, turn_id, stop)
            await asyncio.sleep(POLL_S)

    async def serve(self, streams: Mapping[str, AnswerStream]) -> None:
        """Do what other processes ask of this one's `streams`, until cancelled."""
        while True:
            await asyncio.sleep(POLL_S)
            if any(not stream.has_ended for stream in streams.values()):
                try:
                    asked = await run_sync(self._asked)
                except AppError as fault:
                    log.warning("live_answers_not_read", message=fault.message)
                    continue
                for answer in asked:
                    self._do(answer, streams)

    def _do(self, answer: LiveAnswer, streams: Mapping[str, AnswerStream]) -> None:
        stream = streams.get(answer.turn_id)
        if stream is None:
            return
        if answer.stop_requested:
            stream.cancel()
        elif answer.read_at is not None and self._heard.get(answer.turn_id) != answer.read_at:
            self._heard[answer.turn_id] = answer.read_at
            stream.keep()

    def _begin(self, stream: AnswerStream) -> None:
        with self._db.write() as session:
            LiveAnswers(session).begin(stream.turn_id, stream.tenant_id, stream.user, self._process_id)

    def _end(self, turn_id: str) -> None:
        with self._db.write() as session:
            LiveAnswers(session).end(turn_id)

    def _find(self, tenant_id: str, user: str | None, turn_id: str) -> LiveAnswer | None:
        with self._db.read() as session:
            found = LiveAnswers(session).find(tenant_id, user, turn_id)
            if found is not None and not Processes(session).lives(found.process_id):
                raise AnswerLost("The process that wrote this answer is gone; ask again.")
        return found

    def _ask(self, tenant_id: str, user: str | None, turn_id: str, stop: bool) -> None:
        with self._db.write() as session:
            LiveAnswers(session).ask(tenant_id, user, turn_id, stop=stop)

    def _asked(self) -> list[LiveAnswer]:
        with self._db.read() as session:
            return LiveAnswers(session).asked(self._process_id)
