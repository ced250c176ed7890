"""Merges adapters: the weighted sum of their updates, exact, or its best approximation at a rank.

PEFT's `add_weighted_adapter` with SVD ignores the rank for one adapter and scales rsLoRA wrongly. This module avoids
both: it folds every scaling into the factors first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from app.adapters.compress import energy_curve
from app.adapters.weights import AdapterMatrices, read_matrices, write_matrices
from app.errors import InvalidRequest
from app.numerics.low_rank import Decomposed, Factors, decompose, weighted_sum

LARGEST_WEIGHT = 100.0
MOST_PARTS = 16


@dataclass(frozen=True, slots=True)
class Merge:
    """The figures of a merge."""

    rank: int
    exact_rank: int  # the rank of the exact sum
    energy_kept: float  # of the exact sum, 0 to 1


def merge_adapters(parts: Sequence[tuple[Path, float]], target: Path, *, rank: int | None = None) -> Merge:
    """Write the sum of weight * update over `parts` to `target`; without `rank`, at the rank that is exact.

    Raises InvalidRequest for weights, and for parts of different bases or that act from different tokens.
    """
    _check(parts, rank)
    adapters = [(read_matrices(folder), weight) for folder, weight in parts]
    invocation = _invocation(adapters)
    sums = _sums(adapters)
    spectra = {name: decompose(one) for name, one in sums.items()}
    exact = max(one.rank for one in sums.values())
    chosen = exact if rank is None else min(rank, exact)
    kept = {name: one.truncated(chosen) for name, one in spectra.items()}
    write_matrices(target, kept, chosen, _base(adapters), invocation=invocation)
    return Merge(chosen, exact, _kept(spectra, chosen))


def _check(parts: Sequence[tuple[Path, float]], rank: int | None) -> None:
    if not 1 <= len(parts) <= MOST_PARTS:
        raise InvalidRequest(f"Merge 1 to {MOST_PARTS} adapters.", param="parts")
    for _, weight in parts:
        if not isfinite(weight) or weight == 0 or abs(weight) > LARGEST_WEIGHT:
            raise InvalidRequest(f"A weight is a number other than 0, up to ±{LARGEST_WEIGHT:.0f}.", param="weight")
    if rank is not None and rank < 1:
        raise InvalidRequest("The rank must be 1 or more.", param="rank")


def _sums(adapters: Sequence[tuple[AdapterMatrices, float]]) -> dict[str, Factors]:
    """Per layer the sum over the adapters that have it. Raises InvalidRequest if their layers differ in shape."""
    terms: dict[str, list[tuple[float, Factors]]] = {}
    for adapter, weight in adapters:
        for name, update in adapter.updates().items():
            terms.setdefault(name, []).append((weight, update))
    for name, found in terms.items():
        if len({(one.b.shape[0], one.a.shape[1]) for _, one in found}) > 1:
            raise InvalidRequest(f"The adapters are of different base models: their {name} differ in shape.")
    return {name: weighted_sum(found) for name, found in terms.items()}


def _base(adapters: Sequence[tuple[AdapterMatrices, float]]) -> str:
    names = {str(adapter.config.get("base_model_name_or_path") or "") for adapter, _ in adapters}
    if len(names) > 1:
        raise InvalidRequest(f"The adapters are of different base models: {', '.join(sorted(names))}.")
    return names.pop()


def _invocation(adapters: Sequence[tuple[AdapterMatrices, float]]) -> tuple[int, ...] | None:
    """The tokens from which all of them act. Raises InvalidRequest if they differ: no sum acts like its parts."""
    found = {adapter.invocation for adapter, _ in adapters}
    if len(found) > 1:
        raise InvalidRequest(
            "A merge adds adapters that act on the same tokens: these have different invocation tokens, or some have "
            "none. Merge plain adapters, or activated LoRAs with equal invocation tokens.",
            param="parts",
        )
    return found.pop()


def _kept(spectra: dict[str, Decomposed], rank: int) -> float:
    longest = max(len(one.values) for one in spectra.values())
    padded = {name: _padded(one, longest) for name, one in spectra.items()}
    return energy_curve(padded)[rank - 1]


def _padded(one: Decomposed, length: int) -> Decomposed:
    values = one.values.new_zeros(length)
    values[: len(one.values)] = one.values
    return Decomposed(one.u, values, one.vt)
