"""Schedules sequences: fair between tenants, decode before prefill, within a token budget for each step."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.engine.sequence import Sequence

PROMPT_TOKEN_COST = 0.1  # cost of a prompt token in completion tokens, for fairness


@dataclass(frozen=True, slots=True)
class SchedulerLimits:
    max_running: int = 32
    step_tokens: int = 256  # token budget of a step in which a sequence decodes
    idle_step_tokens: int = 512  # token budget of a step without decoding sequences
    min_prefill_tokens: int = 64  # prefill tokens of a step, however many sequences decode
    max_adapters: int = 16  # distinct adapters of running sequences
    tenant_share: float = 0.75  # share of max_running that one tenant may use
    max_bypasses: int = 64  # how many later sequences may be admitted before a waiting one


class Scheduler:
    """Not thread-safe: only the engine's thread calls it.

    The oldest sequence of the least-served tenant is next. Service is counted in tokens. A tenant that returns starts
    at the count of the least-served tenant, so absence earns no credit (virtual token counter, arXiv 2401.00588).
    """

    def __init__(self, limits: SchedulerLimits) -> None:
        self.limits = limits
        self.running: list[Sequence] = []  # in order of admission
        self._waiting: dict[str, deque[Sequence]] = {}
        self._served_tokens: dict[str, float] = {}
        self._bypassed: Counter[int] = Counter()  # times a sequence was bypassed, by id of the sequence

    @property
    def waiting(self) -> int:
        return sum(len(queue) for queue in self._waiting.values())

    def add(self, sequence: Sequence) -> None:
        tenant = sequence.tenant_id
        present = {*self._waiting, *(other.tenant_id for other in self.running)}
        if tenant not in present:
            lowest = min((self._served_tokens.get(other, 0.0) for other in present), default=0.0)
            self._served_tokens[tenant] = max(self._served_tokens.get(tenant, 0.0), lowest)
        self._waiting.setdefault(tenant, deque()).append(sequence)

    def admit(self, start: Callable[[Sequence], bool]) -> None:
        """Admit waiting sequences in fair order, as long as `start` can allocate their resources.

        `start` raises nothing and returns False if the sequence cannot run yet. Later sequences may be admitted before
        it `max_bypasses` times; after that, all wait until it is admitted.
        """
        for sequence in list(self._fair_order()):
            if len(self.running) >= self.limits.max_running:
                return
            if self._can_run(sequence) and start(sequence):
                self._dequeue(sequence)
                self.running.append(sequence)
                for other in self._queue_heads():
                    self._bypassed[id(other)] += 1
            elif self._bypassed[id(sequence)] >= self.limits.max_bypasses and self._within_tenant_share(
                sequence.tenant_id
            ):
                return

    def remove(self, sequence: Sequence) -> None:
        """Remove a sequence, waiting or running. Does nothing if it is neither."""
        if sequence in self.running:
            self.running.remove(sequence)
        elif sequence in self._waiting.get(sequence.tenant_id, ()):
            self._dequeue(sequence)
        self._bypassed.pop(id(sequence), None)
        if not self.running and not self._waiting:
            self._served_tokens.clear()

    def schedule(self) -> list[tuple[Sequence, int]]:
        """Schedule the next step: (sequence, number of tokens to run); empty if nothing runs."""
        decoding = [sequence for sequence in self.running if sequence.pending == 1]
        steps = [(sequence, 1) for sequence in decoding]
        limits = self.limits
        budget = limits.step_tokens - len(decoding) if decoding else limits.idle_step_tokens
        budget = max(budget, limits.min_prefill_tokens)
        prefilling = [sequence for sequence in self.running if sequence.pending > 1]
        running_by_tenant = Counter(sequence.tenant_id for sequence in self.running)
        # A returning tenant ties with the least-served one; then fewer running sequences go first.
        for sequence in sorted(
            prefilling, key=lambda one: (self._served_tokens.get(one.tenant_id, 0.0), running_by_tenant[one.tenant_id])
        ):
            if budget <= 0:
                break
            count = min(budget, sequence.pending)
            steps.append((sequence, count))
            budget -= count
        return steps

    def charge(self, sequence: Sequence, prompt_tokens: int, completion_tokens: int) -> None:
        """Add tokens to the service count of the sequence's tenant."""
        cost = prompt_tokens * PROMPT_TOKEN_COST + completion_tokens
        self._served_tokens[sequence.tenant_id] = self._served_tokens.get(sequence.tenant_id, 0.0) + cost

    def all(self) -> Iterator[Sequence]:
        yield from self.running
        for queue in self._waiting.values():
            yield from queue

    def _fair_order(self) -> Iterator[Sequence]:
        """Waiting sequences, the least-served tenant's first; one sequence of each tenant before a second of any."""
        running = Counter(sequence.tenant_id for sequence in self.running)
        queues = {tenant: list(queue) for tenant, queue in self._waiting.items()}
        while queues:
            tenant = min(queues, key=lambda one: (self._served_tokens.get(one, 0.0), running[one]))
            yield queues[tenant].pop(0)
            running[tenant] += 1
            if not queues[tenant]:
                del queues[tenant]

    def _queue_heads(self) -> list[Sequence]:
        return [queue[0] for queue in self._waiting.values()]

    def _can_run(self, sequence: Sequence) -> bool:
        if not self._within_tenant_share(sequence.tenant_id):
            return False
        adapters = {other.request.adapter.key for other in self.running if other.request.adapter is not None}
        adapter = sequence.request.adapter
        return adapter is None or adapter.key in adapters or len(adapters) < self.limits.max_adapters

    def _within_tenant_share(self, tenant_id: str) -> bool:
        running = sum(sequence.tenant_id == tenant_id for sequence in self.running)
        return running < max(1, int(self.limits.max_running * self.limits.tenant_share))

    def _dequeue(self, sequence: Sequence) -> None:
        queue = self._waiting[sequence.tenant_id]
        queue.remove(sequence)
        if not queue:
            del self._waiting[sequence.tenant_id]
