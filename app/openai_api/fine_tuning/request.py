"""Reads a request for a fine-tuning job: the fields of a training, and what is refused by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from app.errors import InvalidRequest
from app.openai_api.fine_tuning.schemas import FineTuningJobIn, HyperparametersIn
from app.text.normalisation import folded

UNSUPPORTED = "unsupported_parameter"
LARGEST_SEED = 2**31


@dataclass(frozen=True, slots=True)
class JobRequest:
    """What a client asks. `learning_rate_multiplier` is of the default rate of the recipe."""

    model: str
    training_file: str
    adapter: str | None  # the adapter's name; None: that of the file
    recipe: dict[str, Any]
    learning_rate_multiplier: float | None
    metadata: dict[str, str]


def read_job(body: FineTuningJobIn) -> JobRequest:
    """Raises InvalidRequest for what is not supported, naming the field."""
    _check_supported(body)
    asked = _hyperparameters(body)
    recipe = {"epochs": asked.n_epochs, "rows_per_step": asked.batch_size}
    known = {name: value for name, value in recipe.items() if value not in {None, "auto"}}
    if body.seed is not None:
        known["seed"] = body.seed % LARGEST_SEED
    if body.recipe is not None:
        known |= body.recipe.model_dump(exclude_unset=True, exclude_none=True)
    multiplier = asked.learning_rate_multiplier
    return JobRequest(
        model=body.model,
        training_file=body.training_file,
        adapter=None if body.suffix is None else adapter_name(body.suffix),
        recipe=known,
        learning_rate_multiplier=None if multiplier in {None, "auto"} else float(multiplier or 1.0),
        metadata=dict(body.metadata or {}),
    )


def adapter_name(suffix: str) -> str:
    """The suffix as an adapter's name: "My support" is "my-support". Raises InvalidRequest if nothing is left."""
    name = re.sub(r"[^a-z0-9._-]+", "-", folded(suffix)).strip("-._")
    if not name:
        raise InvalidRequest("`suffix` needs a letter or digit: it becomes the adapter's name.", param="suffix")
    return name


def _check_supported(body: FineTuningJobIn) -> None:
    kind = "supervised" if body.method is None else body.method.type
    wrong = (
        ("method.type", kind != "supervised", f"The method {kind!r} is not trained here: send `supervised`."),
        (
            "validation_file",
            body.validation_file is not None,
            "Leave `validation_file` out: a part of the training file is kept out for validation and for the gate.",
        ),
        ("integrations", bool(body.integrations), "Integrations are not called here: leave `integrations` out."),
    )
    for param, is_wrong, message in wrong:
        if is_wrong:
            raise InvalidRequest(message, param=param, code=UNSUPPORTED)


def _hyperparameters(body: FineTuningJobIn) -> HyperparametersIn:
    supervised = body.method.supervised if body.method is not None else None
    newer = supervised.hyperparameters if supervised is not None else None
    return newer or body.hyperparameters or HyperparametersIn()
