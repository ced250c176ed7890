"""The engine: continuous batching of many sequences, each under its own LoRA adapter, on one thread."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import structlog
import torch

from app.engine.batch import Work
from app.engine.detokenize import TextStream
from app.engine.kv import KVCache
from app.engine.runner import Runner
from app.engine.scheduler import Scheduler, SchedulerLimits
from app.engine.sequence import EngineRequest, Outlet, Output, Sequence, TokenLogprob
from app.engine.slots import AdapterSlots
from app.engine.stats import EngineStats
from app.errors import AppError, DeadlineExceeded, Unavailable

log = structlog.get_logger(__name__)
Decode = Callable[[Any], str]


class Engine:
    """Takes requests from any thread and answers through their outlets, which its own thread calls.

    `start` runs it on a thread of its own; without that, `step` runs one step, for tests and measurements.
    """

    def __init__(
        self,
        runner: Runner,
        kv: KVCache,
        slots: AdapterSlots,
        *,
        decode: Decode,
        end_ids: frozenset[int],
        limits: SchedulerLimits | None = None,
    ) -> None:
        self.stats = EngineStats()
        self._runner = runner
        self._kv = kv
        self._slots = slots
        self._decode = decode
        self._end_ids = end_ids
        self._scheduler = Scheduler(limits or SchedulerLimits())
        self._changed = threading.Condition()
        self._arrived: deque[Sequence] = deque()
        self._closing = False
        self._abandoned = False  # what still runs is to fail
        self._nudged = False
        self._thread = threading.Thread(target=self._serve, name="engine", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def alive(self) -> bool:
        return self._thread.is_alive()

    def close(self, timeout_s: float) -> None:
        """Let running and waiting requests end as long as said, then fail the rest."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
            self._abandoned = True
            self.nudge()
            self._thread.join()  # one step more at most
        self._slots.close()

    def submit(self, request: EngineRequest, emit: Outlet) -> Sequence:
        """Queue a request. Its outlet gets Outputs, the last with a finish reason, or one exception."""
        if request.adapter is not None:
            self._slots.prefetch(request.adapter)
        sequence = Sequence(request, TextStream(self._decode, request.stop), emit)
        with self._changed:
            self._arrived.append(sequence)
            self._changed.notify()
        return sequence

    def cancel(self, sequence: Sequence) -> None:
        """End a request at the next step, without another output. Harmless when it has ended."""
        sequence.cancelled = True
        self.nudge()

    def nudge(self) -> None:
        """Make the thread look again at what waits."""
        with self._changed:
            self._nudged = True
            self._changed.notify()

    def depth(self) -> tuple[int, int]:
        """(waiting, running)."""
        return len(self._arrived) + self._scheduler.waiting, len(self._scheduler.running)

    def figures(self) -> dict[str, float]:
        """Queue, occupancy and counts, for metrics."""
        waiting, running = self.depth()
        active, retained = self._kv.usage()
        adapters = self._slots.usage()
        return {
            "waiting": waiting,
            "running": running,
            "kv_positions": self._kv.positions,
            "kv_positions_running": active,
            "kv_positions_retained": retained,
            "kv_evictions": self._kv.stats.evictions,
            "prefix_hits": self._kv.stats.prefix_hits,
            "prefix_tokens": self._kv.stats.prefix_tokens,
            "adapters_loaded": adapters.adapters,
            "adapter_bytes": adapters.size_bytes,
            "adapter_pins": adapters.pins,
            "adapter_loads": adapters.loads,
            "adapter_evictions": adapters.evictions,
            "prompt_tokens": self.stats.prompt_tokens,
            "completion_tokens": self.stats.completion_tokens,
            "finished": self.stats.finished,
            "failed": self.stats.failed,
            "cancelled": self.stats.cancelled,
            "failed_steps": self.stats.failed_steps,
        }

    def step(self) -> bool:
        """Admit, run one step, hand out what it gave. Returns whether anything ran."""
        while self._arrived:
            self._scheduler.add(self._arrived.popleft())
        self._drop_ended()
        self._scheduler.admit(self._admit)
        planned = self._scheduler.plan()
        if not planned:
            return False
        started = time.monotonic()
        for sequence, logits in self._run(planned):
            try:
                self._take(sequence, logits)
            except Exception as fault:  # noqa: BLE001 - one sequence's fault must not end the others
                self._fail(sequence, fault)
        self.stats.step_s.observe(time.monotonic() - started)
        return True

    def _serve(self) -> None:
        while not self._abandoned:
            try:
                busy = self.step()
            except Exception:  # the thread serves all: whatever happens, it goes on
                log.exception("engine_fault")
                busy = False
                for sequence in list(self._scheduler.all()):
                    self._fail(sequence, _failed())
            with self._changed:
                idle = not busy and not self._arrived
                if self._closing and idle and not self._scheduler.waiting:
                    return
                if idle and not self._nudged:
                    # What waits for a deadline or for memory looks again now and then.
                    self._changed.wait(0.05 if self._scheduler.waiting else None)
                self._nudged = False
        for sequence in [*self._scheduler.all(), *self._arrived]:
            sequence.emit(Unavailable("The service is shutting down.", code="shutting_down", retry_after=5))

    def _drop_ended(self) -> None:
        now = time.monotonic()
        for sequence in list(self._scheduler.all()):
            if sequence.cancelled:
                self.stats.cancelled += 1
                self._leave(sequence)
            elif now > sequence.request.deadline:
                self._fail(sequence, DeadlineExceeded("The answer did not finish in time; ask for fewer tokens."))

    def _admit(self, sequence: Sequence) -> bool:
        """Give a waiting sequence its adapter and its slot, if both can be had now."""
        request = sequence.request
        try:
            if request.adapter is not None and sequence.weights is None:
                sequence.weights = self._slots.pin(request.adapter)
                if sequence.weights is None:
                    return False
            owner = (request.tenant_id, request.adapter.key if request.adapter is not None else None)
            sequence.slot = self._kv.reserve(owner, sequence.ids, sequence.positions)
        except Exception as fault:  # noqa: BLE001 - this request's own: its adapter cannot be loaded
            self._fail(sequence, fault)
            return False
        if sequence.slot is None:
            self._unpin(sequence)
            return False
        sequence.reused = sequence.slot.length
        sequence.started = time.monotonic()
        return True

    def _run(self, planned: list[tuple[Sequence, int]]) -> Iterable[tuple[Sequence, torch.Tensor]]:
        """(sequence, logits) of those whose next token can be chosen. A step that raises is run one by one,

        so that only the sequence to blame fails: until a step has ended, nothing it wrote counts.
        """
        try:
            return self._forward(planned)
        except Exception as fault:  # noqa: BLE001
            if len(planned) == 1:
                self._fail(planned[0][0], fault)
                return []
        log.warning("step_failed", sequences=len(planned))
        self.stats.failed_steps += 1
        return [pair for one in planned for pair in self._run([one])]

    def _forward(self, planned: list[tuple[Sequence, int]]) -> list[tuple[Sequence, torch.Tensor]]:
        works = []
        for sequence, count in planned:
            slot = sequence.slot
            assert slot is not None  # noqa: S101 - running sequences have one
            works.append(Work(sequence.ids[slot.length : slot.length + count], slot, sequence.weights))
        logits = self._runner.logits(works)  # (works, vocabulary)
        ready = []
        for (sequence, count), work, row in zip(planned, works, logits, strict=True):
            prompt_tokens = max(0, min(count, len(sequence.request.prompt) - work.slot.length))
            work.slot.tokens += work.tokens
            self._scheduler.charge(sequence, prompt_tokens, 0)
            self.stats.prompt_tokens += prompt_tokens
            if not sequence.pending:
                ready.append((sequence, row))
        return ready

    def _take(self, sequence: Sequence, logits: torch.Tensor) -> None:
        """Choose the next token of a sequence, hand it out, end the sequence if it is done."""
        request = sequence.request
        token = sequence.sampler.choose(logits, sequence.ids)
        now = time.monotonic()
        if not sequence.first_token:
            sequence.first_token = now
            self.stats.ttft_s.observe(now - sequence.arrived)
        else:
            self.stats.inter_token_s.observe(now - sequence.last_token)
        sequence.last_token = now
        if token in self._end_ids:
            self._finish(sequence, "", (), "stop", ())
            return
        chosen = logprobs_of(logits, token, request.plan.logprobs)
        sequence.ids.append(token)
        self._scheduler.charge(sequence, 0, 1)
        self.stats.completion_tokens += 1
        piece = sequence.text.push(token)
        if sequence.text.stopped:
            self._finish(sequence, piece, (token,), "stop", chosen)
        elif sequence.generated >= request.max_tokens:
            self._finish(sequence, piece, (token,), "length", chosen)
        else:
            sequence.emit(Output(piece, (token,), sequence.generated, logprobs=chosen))

    def _finish(
        self,
        sequence: Sequence,
        piece: str,
        tokens: tuple[int, ...],
        reason: Any,
        chosen: tuple[TokenLogprob, ...],
    ) -> None:
        text = piece + sequence.text.finish()
        timings = sequence.timings(time.monotonic())
        self._leave(sequence)
        self.stats.finished += 1
        sequence.emit(Output(text, tokens, sequence.generated, reason, chosen, timings, sequence.reused))

    def _fail(self, sequence: Sequence, fault: Exception) -> None:
        self._leave(sequence)
        self.stats.failed += 1
        if not isinstance(fault, AppError):
            log.error("generation_failed", request_id=sequence.request.request_id, exc_info=fault)
            fault = _failed()
        sequence.emit(fault)

    def _leave(self, sequence: Sequence) -> None:
        """Give back what a sequence holds, whatever it was doing."""
        self._scheduler.remove(sequence)
        if sequence.slot is not None:
            self._kv.release(sequence.slot)
            sequence.slot = None
        self._unpin(sequence)

    def _unpin(self, sequence: Sequence) -> None:
        if sequence.weights is not None and sequence.request.adapter is not None:
            self._slots.unpin(sequence.request.adapter.key)
            sequence.weights = None


def logprobs_of(logits: torch.Tensor, token: int, top: int | None) -> tuple[TokenLogprob, ...]:
    """The token's logprob with the `top` likeliest ones; nothing if `top` is None."""
    if top is None:
        return ()
    logprobs = torch.log_softmax(logits.float(), -1)
    best = torch.topk(logprobs, top) if top else None
    likeliest = tuple(zip(best.indices.tolist(), best.values.tolist(), strict=True)) if best is not None else ()
    return (TokenLogprob(token, float(logprobs[token]), likeliest),)


def _failed() -> Unavailable:
    return Unavailable("The model failed on this request; try again.", code="generation_failed")
