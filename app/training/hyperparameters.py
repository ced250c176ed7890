"""Hyper-parameters as data: bounds, default and description of each field of a recipe."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, get_args, get_type_hints

from pydantic.fields import FieldInfo


@dataclass(frozen=True, slots=True)
class DefaultVaries:
    """Marks a hyper-parameter whose default depends on the rows, the base or the method."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the largest value of a number, or the least and the largest length of a list."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Hyperparameter:
    """One field of Recipe: what the checks here and the API's schema are derived from."""

    name: str
    annotation: Any  # of Recipe, without its metadata
    default: Any
    info: FieldInfo  # bounds and description
    default_varies: bool

    @property
    def bounds(self) -> Bounds | None:
        least, most = _constraint(self.info, "ge", "min_length"), _constraint(self.info, "le", "max_length")
        return None if least is None or most is None else Bounds(least, most)


def read_hyperparameters(recipe: Any) -> tuple[Hyperparameter, ...]:
    """Every field of a dataclass whose annotations carry Pydantic's `Field`, in its order."""
    hints = get_type_hints(recipe, include_extras=True)
    found = []
    for field in fields(recipe):
        annotation, *metadata = get_args(hints[field.name])
        info = next(one for one in metadata if isinstance(one, FieldInfo))
        varies = any(isinstance(one, DefaultVaries) for one in metadata)
        found.append(Hyperparameter(field.name, annotation, field.default, info, varies))
    return tuple(found)


def _constraint(info: FieldInfo, *names: str) -> float | None:
    """The first of these constraints among a field's metadata."""
    return next((getattr(one, name) for one in info.metadata for name in names if hasattr(one, name)), None)
