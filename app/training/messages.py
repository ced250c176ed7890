"""The messages of a training process to the service: one JSON object a line; `kind` gives its type."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args, get_type_hints

ProgressKind = Literal[
    "started", "resumed", "narrowed", "step", "validation", "checkpoint", "stopped_early", "finished"
]


class InvalidMessage(ValueError):
    """A line is not a message."""


@dataclass(frozen=True, slots=True)
class Validating:
    """The process checks the rows."""

    kind: Literal["validating"] = "validating"


@dataclass(frozen=True, slots=True)
class Divided:
    """The numbers of training rows, validation rows and evaluation questions."""

    train: int
    validation: int
    cases: int
    kind: Literal["divided"] = "divided"


@dataclass(frozen=True, slots=True)
class Progress:
    """An event of a run. `figures` belong to a step or a validation, or are the micro-batch tokens that fit."""

    kind: ProgressKind
    step: int
    steps: int
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SearchProgress:
    """An event of a search. `search` is the state of `SuccessiveHalving.figures`."""

    kind: Literal["search", "trial", "rung", "chosen"]
    summary: str  # for the job's log
    search: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TrialStep:
    """A trial has completed a step. `done` counts the steps of all trials."""

    trial: int
    done: int
    kind: Literal["trial_step"] = "trial_step"


@dataclass(frozen=True, slots=True)
class TrialCheckpoint:
    """A trial has saved a checkpoint."""

    kind: Literal["trial_checkpoint"] = "trial_checkpoint"


@dataclass(frozen=True, slots=True)
class TrialNarrowed:
    """Memory allows a trial fewer tokens in a micro-batch than its recipe."""

    figures: dict[str, float]
    kind: Literal["trial_narrowed"] = "trial_narrowed"


@dataclass(frozen=True, slots=True)
class Stopped:
    """The last message of a process that was stopped; it has saved a checkpoint."""

    step: int
    kind: Literal["stopped"] = "stopped"


@dataclass(frozen=True, slots=True)
class Done:
    """The last message of a completed run. `search` is as in SearchProgress; None without a search."""

    step: int
    train_loss: float
    valid_loss: float | None
    seconds: float
    computed_tokens_per_s: float
    peak_memory_mb: int
    cases: int  # questions for the evaluation
    recipe: dict[str, Any]  # the trained recipe
    search: dict[str, Any] | None
    kind: Literal["done"] = "done"

    def figures(self) -> dict[str, float | None]:
        """The figures for the adapter's lineage."""
        return {
            "step": self.step,
            "train_loss": self.train_loss,
            "valid_loss": self.valid_loss,
            "seconds": self.seconds,
            "computed_tokens_per_s": self.computed_tokens_per_s,
            "peak_memory_mb": self.peak_memory_mb,
        }


@dataclass(frozen=True, slots=True)
class Failed:
    """The last message of a run that failed and would fail again."""

    code: str
    message: str
    kind: Literal["failed"] = "failed"


SearchReport = SearchProgress | TrialStep | TrialCheckpoint | TrialNarrowed
Report = Validating | Divided | Progress | SearchReport
Outcome = Done | Stopped
Message = Report | Outcome | Failed
TYPES: dict[str, type[Message]] = {
    kind: message for message in get_args(Message) for kind in get_args(get_type_hints(message)["kind"])
}


def encode_message(message: Message) -> str:
    """One line, without the newline."""
    return json.dumps(asdict(message))


def decode_message(line: str | bytes) -> Message:
    """Raises InvalidMessage (not JSON, unknown kind, a field is missing or unknown)."""
    try:
        fields = json.loads(line)
    except ValueError as fault:
        raise InvalidMessage(f"The training process wrote a line that is not JSON: {line[:80]!r}") from fault
    kind = fields.get("kind") if isinstance(fields, dict) else None
    if not isinstance(kind, str) or kind not in TYPES:
        raise InvalidMessage(f"The training process wrote a message of an unknown kind: {kind!r}")
    try:
        return TYPES[kind](**fields)
    except TypeError as fault:
        raise InvalidMessage(f"The training process wrote a {kind!r} message with other fields: {fault}") from fault
