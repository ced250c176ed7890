"""One streamed answer: its events, kept for readers that come and go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from app.chat.events import Event
from app.errors import AppError, InvalidRequest


class AnswerStream:
    """The events of one answer, numbered from 1. A task of its own adds them; any number of readers read them.

    Belongs to one event loop. Without readers for `away_s` seconds the answer is stopped.
    """

    def __init__(self, tenant_id: str, user: str | None, turn_id: str, *, away_s: float) -> None:
        self.tenant_id = tenant_id
        self.user = user  # end user that it belongs to; None: none was named
        self.turn_id = turn_id
        self._away_s = away_s
        self._events: list[Event] = []
        self._fault: AppError | None = None
        self._ended = asyncio.Event()
        self._changed = asyncio.Event()
        self._readers = 0
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[AppError | None] | None = None
        self._stopping = False

    @property
    def last_event(self) -> Event:
        return self._events[-1]

    @property
    def has_ended(self) -> bool:
        return self._ended.is_set()

    def belongs_to(self, tenant_id: str, user: str | None) -> bool:
        """Whether it is this tenant's and, if a user is named, this user's."""
        return self.tenant_id == tenant_id and user in {None, self.user}

    def run(self, task: asyncio.Task[AppError | None]) -> None:
        """Let `task` add the events; it returns the error that ended the answer. It is stopped if nobody reads."""
        self._task = task
        task.add_done_callback(self._end)
        self._watch()

    def add(self, event: Event) -> None:
        self._events.append(event)
        self._wake()

    async def read(self, after: int = 0) -> AsyncGenerator[tuple[int, Event], None]:
        """Yield the numbered events after number `after`, until the end. Raises the fault that ended the answer."""
        self._readers += 1
        self._watch()
        try:
            while True:
                while after < len(self._events):
                    after += 1
                    yield after, self._events[after - 1]
                if self._ended.is_set():
                    break
                await self._changed.wait()
        finally:
            self._readers -= 1
            self._watch()
        if self._fault is not None:
            raise self._fault

    def check_position(self, after: int) -> None:
        """Raises InvalidRequest if no event has this number yet; 0 is before the first."""
        if not 0 <= after <= len(self._events):
            raise InvalidRequest("No event of this stream has this id.", param="Last-Event-ID")

    async def stop(self) -> None:
        """End the answer where it is and wait until it is saved. Without effect after its end."""
        self.cancel()
        await self._ended.wait()

    def keep(self) -> None:
        """Let the answer go on as if a reader had just left."""
        self._watch()

    def cancel(self) -> None:
        """End the answer where it is, without waiting."""
        if self._task is not None and not self._stopping:  # once: the task then saves what was shown
            self._stopping = True
            self._task.cancel()

    def _end(self, task: asyncio.Task[AppError | None]) -> None:
        self._fault = None if task.cancelled() else task.result()
        self._task = None  # it holds all that belonged to the request
        self._ended.set()
        self._watch()
        self._wake()

    def _watch(self) -> None:
        """Start or stop the time after which an answer that nobody reads is stopped."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._readers and not self._ended.is_set():
            self._timer = asyncio.get_running_loop().call_later(self._away_s, self.cancel)

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
