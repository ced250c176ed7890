"""Updates of a training that is followed: its log and its loss curve as they come, its status, its end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Literal

from app.domain.training import FINAL_TRAINING, Training, TrainingEvent, TrainingPoint
from app.http.watch import WatchService
from app.storage.sql.tenant_store import TenantStore


@dataclass(frozen=True, slots=True)
class TrainingUpdate:
    """One change of a training that is followed."""

    name: Literal["log", "point", "progress", "done"]
    record: TrainingEvent | TrainingPoint | Training


@dataclass(frozen=True, slots=True)
class _State:
    """A training of one moment, with as much of its history."""

    training: Training
    events: int
    points: int
    history: _History = field(compare=False)


class _History:
    """The log and the curve of a training, which only grow: each read adds what is new, for all who follow it."""

    def __init__(self, training_id: str) -> None:
        self._training_id = training_id
        self.events: list[TrainingEvent] = []
        self.points: list[TrainingPoint] = []

    def read(self, store: TenantStore) -> _State:
        """Raises NotFound."""
        trainings, training_id = store.trainings, self._training_id
        training = trainings.get(training_id)
        self.events += trainings.events(training_id, after=self.events[-1].id if self.events else 0)
        self.points += trainings.points(training_id, after=self.points[-1].step if self.points else 0)
        return _State(training, len(self.events), len(self.points), self)


class TrainingUpdates:
    """Follows the trainings of all tenants."""

    def __init__(self, watches: WatchService) -> None:
        self._watches = watches

    async def follow(self, tenant_id: str, training_id: str) -> AsyncGenerator[TrainingUpdate, None]:
        """Updates from the first event to the end of the training. Raises NotFound before the first update."""
        return _updates(await self._watches.watch(tenant_id, training_id, _History(training_id).read))


async def _updates(states: AsyncGenerator[_State, None]) -> AsyncGenerator[TrainingUpdate, None]:
    events, points, previous = 0, 0, None
    async with aclosing(states):
        async for state in states:
            for event in state.history.events[events : state.events]:
                yield TrainingUpdate("log", event)
            for point in state.history.points[points : state.points]:
                yield TrainingUpdate("point", point)
            events, points = state.events, state.points
            if state.training.status in FINAL_TRAINING:
                yield TrainingUpdate("done", state.training)
                return
            if state.training != previous:
                yield TrainingUpdate("progress", state.training)
            previous = state.training
