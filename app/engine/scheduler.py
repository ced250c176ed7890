"""Who runs next and how much: fair between tenants, decode before prefill, within a budget of tokens a step."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.engine.sequence import Sequence

PROMPT_TOKEN_COST = 0.1  # of a completion token, for fairness


@dataclass(frozen=True, slots=True)
class SchedulerLimits:
    max_running: int = 32
    step_tokens: int = 256  # decoding and prefilling together, while something decodes
    idle_step_tokens: int = 512  # when nothing decodes and nobody waits for the next token
    least_prefill_tokens: int = 64  # a step, however many decode
    max_adapters: int = 16  # distinct ones running
    tenant_share: float = 0.75  # of max_running that one tenant may take
    patience: int = 64  # admissions that may pass a waiting sequence by


class Scheduler:
    """Not thread-safe: the engine's thread calls it.

    The least-served tenant's oldest sequence is next. Served is counted in tokens; a tenant that comes anew starts
    at the least-served one's count, so that absence earns no credit (virtual token counter, arXiv 2401.00588).
    """

    def __init__(self, limits: SchedulerLimits) -> None:
        self.limits = limits
        self.running: list[Sequence] = []  # by admission
        self._waiting: dict[str, deque[Sequence]] = {}
        self._served: dict[str, float] = {}
        self._passed: Counter[int] = Counter()  # admissions since it could have been next, by id of the sequence

    @property
    def waiting(self) -> int:
        return sum(len(queue) for queue in self._waiting.values())

    def add(self, sequence: Sequence) -> None:
        tenant = sequence.tenant_id
        present = {*self._waiting, *(other.tenant_id for other in self.running)}
        if tenant not in present:
            least = min((self._served.get(other, 0.0) for other in present), default=0.0)
            self._served[tenant] = max(self._served.get(tenant, 0.0), least)
        self._waiting.setdefault(tenant, deque()).append(sequence)

    def admit(self, start: Callable[[Sequence], bool]) -> None:
        """Move waiting sequences to the running ones, fairest first, as far as `start` finds room for them.

        `start` may raise nothing and returns False if the sequence cannot run yet. Those behind it may pass it,
        but only `patience` times: then all wait until it has found its room.
        """
        for sequence in list(self._by_turn()):
            if len(self.running) >= self.limits.max_running:
                return
            if self._may_run(sequence) and start(sequence):
                self._take(sequence)
                self.running.append(sequence)
                for other in self._heads():
                    self._passed[id(other)] += 1
            elif self._passed[id(sequence)] >= self.limits.patience and self._share_left(sequence.tenant_id):
                return

    def remove(self, sequence: Sequence) -> None:
        """Forget a sequence, waiting or running; harmless if it is neither."""
        if sequence in self.running:
            self.running.remove(sequence)
        elif sequence in self._waiting.get(sequence.tenant_id, ()):
            self._take(sequence)
        self._passed.pop(id(sequence), None)
        if not self.running and not self._waiting:
            self._served.clear()

    def plan(self) -> list[tuple[Sequence, int]]:
        """(sequence, tokens to run) of the next step; empty if nothing runs."""
        decoding = [sequence for sequence in self.running if sequence.pending == 1]
        steps = [(sequence, 1) for sequence in decoding]
        limits = self.limits
        room = limits.step_tokens - len(decoding) if decoding else limits.idle_step_tokens
        room = max(room, limits.least_prefill_tokens)
        prefilling = [sequence for sequence in self.running if sequence.pending > 1]
        of_tenant = Counter(sequence.tenant_id for sequence in self.running)
        # Whoever comes anew has been served as much as the least served: those with fewer running go first then.
        for sequence in sorted(
            prefilling, key=lambda one: (self._served.get(one.tenant_id, 0.0), of_tenant[one.tenant_id])
        ):
            if room <= 0:
                break
            count = min(room, sequence.pending)
            steps.append((sequence, count))
            room -= count
        return steps

    def charge(self, sequence: Sequence, prompt_tokens: int, completion_tokens: int) -> None:
        """Count what a tenant was served."""
        cost = prompt_tokens * PROMPT_TOKEN_COST + completion_tokens
        self._served[sequence.tenant_id] = self._served.get(sequence.tenant_id, 0.0) + cost

    def all(self) -> Iterator[Sequence]:
        yield from self.running
        for queue in self._waiting.values():
            yield from queue

    def _by_turn(self) -> Iterator[Sequence]:
        """Waiting sequences, the least-served tenant's first; a tenant's second one after all others' first."""
        running = Counter(sequence.tenant_id for sequence in self.running)
        queues = {tenant: list(queue) for tenant, queue in self._waiting.items()}
        while queues:
            tenant = min(queues, key=lambda one: (self._served.get(one, 0.0), running[one]))
            yield queues[tenant].pop(0)
            running[tenant] += 1
            if not queues[tenant]:
                del queues[tenant]

    def _heads(self) -> list[Sequence]:
        return [queue[0] for queue in self._waiting.values()]

    def _may_run(self, sequence: Sequence) -> bool:
        if not self._share_left(sequence.tenant_id):
            return False
        adapters = {other.request.adapter.key for other in self.running if other.request.adapter is not None}
        adapter = sequence.request.adapter
        return adapter is None or adapter.key in adapters or len(adapters) < self.limits.max_adapters

    def _share_left(self, tenant_id: str) -> bool:
        mine = sum(sequence.tenant_id == tenant_id for sequence in self.running)
        return mine < max(1, int(self.limits.max_running * self.limits.tenant_share))

    def _take(self, sequence: Sequence) -> None:
        queue = self._waiting[sequence.tenant_id]
        queue.remove(sequence)
        if not queue:
            del self._waiting[sequence.tenant_id]
