"""The state of a search, saved so that a killed search can resume."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app.atomic_files import write_atomically
from app.domain.training import ENDED_SEARCH_TRIAL, SearchTrialStatus
from app.training.run_state import TrainingFailed

STATE = "search.json"
UNCHANGED_RECIPE = 0  # stands for the requested recipe, without changes


@dataclass(slots=True)
class Trial:
    """`losses` has [step, validation loss] of each comparison; the loss is null if the trial diverged."""

    number: int
    changes: dict[str, Any]
    status: SearchTrialStatus = SearchTrialStatus.WAITING
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    losses: list[tuple[int, float | None]] = field(default_factory=list)

    def loss(self, rung: int) -> float:
        found = self.losses[rung][1] if rung < len(self.losses) else None
        return math.inf if found is None else found


@dataclass(slots=True)
class SearchState:
    """The content of search.json. `asked` is the request; `seconds` is the training time so far."""

    asked: dict[str, Any]
    trials: list[Trial]
    rung: int = 0
    seconds: float = 0.0
    chosen: int | None = None
    spent: str | None = None  # the part of the budget that ended the search

    def alive(self) -> list[Trial]:
        return [trial for trial in self.trials if trial.status not in ENDED_SEARCH_TRIAL]

    def describe(self) -> dict[str, Any]:
        """The state for reports and the API."""
        trials = [
            {
                "number": trial.number,
                "hyperparameters": trial.changes,
                "status": trial.status,
                "step": trial.step,
                "tokens": trial.tokens,
                "seconds": round(trial.seconds, 1),
                "losses": [{"step": step, "valid_loss": loss} for step, loss in trial.losses],
            }
            for trial in self.trials
        ]
        return {"trials": trials, "chosen": self.chosen, "spent": self.spent, "seconds": round(self.seconds, 1)}


def save_state(out: Path, state: SearchState) -> None:
    """Whole or not at all. Raises TrainingFailed (disk full)."""
    try:
        with write_atomically(out / STATE) as fresh:
            fresh.write_text(json.dumps(asdict(state)), encoding="utf-8")
    except OSError as fault:
        raise TrainingFailed(
            f"The state of the search could not be written ({fault.strerror}); free some space and resume.",
            code="checkpoint_failed",
        ) from fault


def read_state(out: Path, asked: dict[str, Any]) -> SearchState:
    """The saved state, or a new one. Raises TrainingFailed if the saved state belongs to another search."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / STATE
    if not path.is_file():
        return SearchState(asked, [])
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["asked"] != asked:
        raise TrainingFailed(
            f"{out} holds a search of another recipe, grid or dataset; choose another folder or delete it.",
            code="other_checkpoints",
        )
    content["trials"] = [
        Trial(
            **{
                **one,
                "status": SearchTrialStatus(one["status"]),
                "losses": [tuple(loss) for loss in one["losses"]],
            }
        )
        for one in content["trials"]
    ]
    return SearchState(**content)
