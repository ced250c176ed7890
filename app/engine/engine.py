"""The engine: continuous batching of many sequences, each with its own LoRA adapter, on one thread."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import structlog
import torch

from app.engine.adapter_cache import AdapterCache
from app.engine.detokenize import IncrementalDetokenizer
from app.engine.kv import KVCache
from app.engine.request_faults import failed, told
from app.engine.runner import Runner
from app.engine.scheduler import Scheduler, SchedulerLimits
from app.engine.scoring import EngineScoreRequest, ScoreCallback, Scoring
from app.engine.sequence import EngineRequest, Generation, Output, OutputCallback, Sequence, TokenLogprob
from app.engine.stats import EngineStats
from app.errors import DeadlineExceeded, Unavailable
from app.numerics.memory import trim

log = structlog.get_logger(__name__)
Decode = Callable[[Any], str]
RECHECK_S = 0.05  # sequences that wait for memory or have a deadline are checked again after this time
REST_S = 1.0  # without work, after which free memory goes back to the system


class Engine:
    """Accepts requests from any thread and answers through their output callbacks, on its own thread.

    `start` starts the engine's thread. Without it, each call of `step` runs one step, for tests and measurements.
    """

    def __init__(
        self,
        runner: Runner,
        kv: KVCache,
        adapter_cache: AdapterCache,
        *,
        decode: Decode,
        end_ids: frozenset[int],
        limits: SchedulerLimits | None = None,
    ) -> None:
        self.stats = EngineStats()
        self._runner = runner
        self._kv = kv
        self._adapter_cache = adapter_cache
        self._decode = decode
        self._end_ids = end_ids
        self._scheduler = Scheduler(limits or SchedulerLimits())
        self._changed = threading.Condition()
        self._incoming: deque[Sequence] = deque()
        self._closing = False
        self._aborting = False  # fail all sequences that still run
        self._woken = False
        self._thread = threading.Thread(target=self._serve, name="engine", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def alive(self) -> bool:
        return self._thread.is_alive()

    def close(self, timeout_s: float) -> None:
        """Wait up to `timeout_s` for running and waiting requests to end, then fail the rest."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
            self._aborting = True
            self.wake()
            self._thread.join()  # waits for one more step at most
        self._adapter_cache.close()

    def submit(self, request: EngineRequest, on_output: OutputCallback) -> Generation:
        """Queue a request. `on_output` receives Outputs, the last with a finish reason, or one exception."""
        sequence = Generation(request, IncrementalDetokenizer(self._decode, request.stop), on_output)
        self._enqueue(sequence)
        return sequence

    def score(self, request: EngineScoreRequest, on_output: ScoreCallback) -> Scoring:
        """Queue continuations to score beside generation. `on_output` receives Scores, or one exception."""
        sequence = Scoring(request, on_output)
        self._enqueue(sequence)
        return sequence

    def cancel(self, sequence: Sequence) -> None:
        """End a request at the next step, without another output. Does nothing if it has ended."""
        sequence.cancelled = True
        self.wake()

    def wake(self) -> None:
        """Wake the engine's thread, so that it checks the waiting sequences again."""
        with self._changed:
            self._woken = True
            self._changed.notify()

    def depth(self) -> tuple[int, int]:
        """Number of sequences: (waiting, running)."""
        return len(self._incoming) + self._scheduler.waiting, len(self._scheduler.running)

    def metrics(self) -> dict[str, float]:
        """Queue depth, occupancy and counters since the start, by name."""
        waiting, running = self.depth()
        active, retained = self._kv.usage()
        adapters = self._adapter_cache.usage()
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
            "scored_continuations": self.stats.scored_continuations,
            "finished": self.stats.finished,
            "failed": self.stats.failed,
            "cancelled": self.stats.cancelled,
            "failed_steps": self.stats.failed_steps,
        }

    def step(self) -> bool:
        """Admit sequences, run one step and send its outputs. Returns whether anything ran."""
        while self._incoming:
            self._scheduler.add(self._incoming.popleft())
        self._remove_ended()
        self._scheduler.admit(self._admit)
        scheduled = self._scheduler.schedule()
        if not scheduled:
            return False
        started = time.monotonic()
        for sequence, logits in self._run(scheduled):
            try:
                self._take_logits(sequence, logits)
            except Exception as fault:  # noqa: BLE001 - a fault of one sequence must not end the others
                self._fail(sequence, fault)
        self.stats.step_s.observe(time.monotonic() - started)
        return True

    def _enqueue(self, sequence: Sequence) -> None:
        if sequence.request.adapter is not None:
            self._adapter_cache.prefetch(sequence.request.adapter)
        with self._changed:
            self._incoming.append(sequence)
            self._changed.notify()

    def _serve(self) -> None:
        tidy = True  # nothing was computed since the last trim
        while not self._aborting:
            try:
                busy = self.step()
            except Exception:  # the thread serves all tenants, so it continues after any fault
                log.exception("engine_fault")
                busy = False
                for sequence in list(self._scheduler.all()):
                    self._fail(sequence, failed())
            tidy = tidy and not busy
            with self._changed:
                idle = not busy and not self._incoming
                if self._closing and idle and not self._scheduler.waiting:
                    return
                rests = False
                if idle and not self._woken:
                    waiting = bool(self._scheduler.waiting)
                    woken = self._changed.wait(RECHECK_S if waiting else None if tidy else REST_S)
                    rests = not woken and not waiting
                self._woken = False
            if rests:
                trim()
                tidy = True
        for sequence in [*self._scheduler.all(), *self._incoming]:
            sequence.on_output(Unavailable("The service is shutting down.", code="shutting_down", retry_after=5))

    def _remove_ended(self) -> None:
        now = time.monotonic()
        for sequence in list(self._scheduler.all()):
            if sequence.cancelled:
                self.stats.cancelled += 1
                self._release_resources(sequence)
            elif now > sequence.request.deadline:
                self._fail(sequence, DeadlineExceeded("The answer did not finish in time; ask for fewer tokens."))

    def _admit(self, sequence: Sequence) -> bool:
        """Pin the adapter and reserve the KV cache of a waiting sequence. Returns False if either is unavailable."""
        request = sequence.request
        try:
            if request.adapter is not None and sequence.weights is None:
                sequence.weights = self._adapter_cache.pin(request.adapter)
                if sequence.weights is None:
                    return False
                sequence.active_from = sequence.weights.active_from(request.prompt)
            sequence.allocation = self._kv.reserve(
                request.tenant_id, list(request.prompt), sequence.positions, sequence.origin
            )
        except Exception as fault:  # noqa: BLE001 - only this request fails: its adapter cannot be loaded
            self._fail(sequence, fault)
            return False
        if sequence.allocation is None:
            self._unpin(sequence)
            return False
        sequence.reused = sequence.allocation.length
        sequence.started = time.monotonic()
        return True

    def _run(self, scheduled: list[tuple[Sequence, int]]) -> Iterable[tuple[Sequence, torch.Tensor]]:
        """Run the scheduled tokens; returns (sequence, logits) for sequences that have run all, or score.

        If the step raises, each sequence is run again alone, so that only the faulty one fails. A failed step leaves
        no trace: cached tokens count only after the step has ended.
        """
        try:
            return self._forward(scheduled)
        except Exception as fault:  # noqa: BLE001
            if len(scheduled) == 1:
                self._fail(scheduled[0][0], fault)
                return []
        log.warning("step_failed", sequences=len(scheduled))
        self.stats.failed_steps += 1
        return [pair for one in scheduled for pair in self._run([one])]

    def _forward(self, scheduled: list[tuple[Sequence, int]]) -> list[tuple[Sequence, torch.Tensor]]:
        parts = [sequence.schedule(count) for sequence, count in scheduled]
        logits = self._runner.logits(parts)
        ready = []
        for (sequence, count), part, rows in zip(scheduled, parts, logits, strict=True):
            scoring = isinstance(sequence, Scoring)
            prompt_tokens = count if scoring else max(0, min(count, len(sequence.request.prompt) - sequence.filled))
            sequence.advance(list(part.tokens))
            self._scheduler.charge(sequence, prompt_tokens, 0)
            self.stats.prompt_tokens += prompt_tokens
            if scoring or not sequence.pending:
                ready.append((sequence, rows))
        return ready

    def _take_logits(self, sequence: Sequence, logits: torch.Tensor) -> None:
        """Use the logits (logit rows, vocabulary) of a sequence's last tokens."""
        if isinstance(sequence, Generation):
            self._append_token(sequence, logits[-1])
        elif isinstance(sequence, Scoring):
            sequence.add_logits(logits)
            if not sequence.pending:
                self._finish_scoring(sequence)

    def _finish_scoring(self, sequence: Scoring) -> None:
        scores = sequence.scores(time.monotonic())
        self._release_resources(sequence)
        self.stats.finished += 1
        self.stats.scored_continuations += len(scores.logprobs)
        sequence.on_output(scores)

    def _append_token(self, sequence: Generation, logits: torch.Tensor) -> None:
        """Sample the next token of a sequence, send it, and finish the sequence if it is complete."""
        request = sequence.request
        token = sequence.sampler.sample(logits, sequence.ids)
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
        logprobs = logprobs_of(logits, token, request.sampling.logprobs)
        sequence.ids.append(token)
        self._scheduler.charge(sequence, 0, 1)
        self.stats.completion_tokens += 1
        piece = sequence.text.push(token)
        if sequence.text.stopped:
            self._finish(sequence, piece, (token,), "stop", logprobs)
        elif sequence.generated >= request.max_tokens:
            self._finish(sequence, piece, (token,), "length", logprobs)
        else:
            sequence.on_output(Output(piece, (token,), sequence.generated, logprobs=logprobs))

    def _finish(
        self,
        sequence: Generation,
        piece: str,
        tokens: tuple[int, ...],
        reason: Any,
        logprobs: tuple[TokenLogprob, ...],
    ) -> None:
        text = piece + sequence.text.finish()
        timings = sequence.timings(time.monotonic())
        self._release_resources(sequence)
        self.stats.finished += 1
        sequence.on_output(Output(text, tokens, sequence.generated, reason, logprobs, timings, sequence.reused))

    def _fail(self, sequence: Sequence, fault: Exception) -> None:
        self._release_resources(sequence)
        self.stats.failed += 1
        sequence.on_output(told(fault, sequence.request.request_id, sequence.request.adapter))

    def _release_resources(self, sequence: Sequence) -> None:
        """Release the queue place, KV cache and adapter of a sequence, waiting or running."""
        self._scheduler.remove(sequence)
        if sequence.allocation is not None:
            self._kv.release(sequence.allocation)
            sequence.allocation = None
        self._unpin(sequence)

    def _unpin(self, sequence: Sequence) -> None:
        if sequence.weights is not None and sequence.request.adapter is not None:
            self._adapter_cache.unpin(sequence.request.adapter.key)
            sequence.weights = None


def logprobs_of(logits: torch.Tensor, token: int, top: int | None) -> tuple[TokenLogprob, ...]:
    """The token's logprob and the `top` most likely alternatives; empty if `top` is None."""
    if top is None:
        return ()
    logprobs = torch.log_softmax(logits.float(), -1)
    best = torch.topk(logprobs, top) if top else None
    argmax_token = tuple(zip(best.indices.tolist(), best.values.tolist(), strict=True)) if best is not None else ()
    return (TokenLogprob(token, float(logprobs[token]), argmax_token),)
