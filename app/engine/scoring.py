"""Scoring: the log-probabilities of given continuations after one prompt.

The prompt runs once and is retained like that of a generation. The continuations follow it in one range of the KV
cache, and each attends to the prompt and itself, so they run in the step that ends the prompt. The first token of each
is scored by the logits after the prompt: continuations of one token run nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate

import torch

from app.engine.adapter_cache import AdapterLocation
from app.engine.batch import Branches
from app.engine.sampling import check_finite
from app.engine.sequence import Sequence

STEP_ROWS = 64  # rows of continuations that a request runs in one step: each needs logits of the whole vocabulary
CHUNK_ROWS = 16  # rows of logits in fp32 at a time


@dataclass(frozen=True, slots=True)
class EngineScoreRequest:
    """`prompt` and each continuation are token ids, at least one. `deadline` is a value of time.monotonic().

    An activated adapter acts from its invocation in the prompt; a continuation never activates one.
    """

    request_id: str
    tenant_id: str
    prompt: tuple[int, ...]
    continuations: tuple[tuple[int, ...], ...]
    adapter: AdapterLocation | None = None
    deadline: float = float("inf")


@dataclass(frozen=True, slots=True)
class Scores:
    """The natural logarithm of the probability of each token of each continuation, after those before it."""

    logprobs: tuple[tuple[float, ...], ...]
    reused_tokens: int = 0  # of the prompt, copied from an earlier sequence
    timings: dict[str, float] = field(default_factory=dict)  # queue_s, score_s


ScoreCallback = Callable[[Scores | Exception], None]


class Scoring(Sequence):
    """The state of one score request. It runs the prompt, then all tokens of each continuation but its last."""

    def __init__(self, request: EngineScoreRequest, on_output: ScoreCallback) -> None:
        super().__init__(request)
        self.on_output: ScoreCallback = on_output
        self._trunk = len(request.prompt)
        run = [one[:-1] for one in request.continuations]
        starts = list(accumulate(map(len, run), initial=self._trunk))
        self.ids += [token for one in run for token in one]
        places = dict.fromkeys(start for start, one in zip(starts, run, strict=False) if one)
        self.branches = Branches(self._trunk, tuple(places))
        # By place from the prompt's last token on: (continuation, its token that the logits there predict).
        self._targets: list[list[tuple[int, int]]] = [[(i, one[0]) for i, one in enumerate(request.continuations)]]
        self._targets += [[(i, token)] for i, one in enumerate(request.continuations) for token in one[1:]]
        self._logprobs: list[list[float]] = [[] for _ in request.continuations]

    @property
    def pending(self) -> int:
        """Tokens to run before the next scores: the rest of the prompt, and up to STEP_ROWS of continuations."""
        return min(super().pending, max(0, self._trunk - self.filled) + STEP_ROWS)

    @property
    def positions(self) -> int:
        return len(self.ids)

    def logit_rows(self, count: int) -> int:
        return max(1, min(count, self.filled + count - (self._trunk - 1)))

    def advance(self, tokens: list[int]) -> None:
        assert self.allocation is not None  # noqa: S101 - a running sequence has one
        of_prompt = max(0, self._trunk - self.allocation.length)
        self.allocation.tokens += tokens[:of_prompt]
        self.allocation.scored += len(tokens[of_prompt:])

    def add_logits(self, logits: torch.Tensor) -> None:
        """Score by the logits (rows, vocabulary) after the last tokens that ran."""
        first = self.filled - len(logits) - (self._trunk - 1)
        if first < 0:  # within the prompt
            return
        for start in range(0, len(logits), CHUNK_ROWS):
            rows = logits[start : start + CHUNK_ROWS].float()
            totals = torch.logsumexp(rows, -1).tolist()
            check_finite(*totals)
            for row, total, targets in zip(rows, totals, self._targets[first + start :], strict=False):
                for continuation, token in targets:
                    self._logprobs[continuation].append(float(row[token]) - total)

    def scores(self, now: float) -> Scores:
        timings = {"queue_s": self.started - self.arrived, "score_s": now - self.started}
        return Scores(tuple(map(tuple, self._logprobs)), self.reused, timings)
