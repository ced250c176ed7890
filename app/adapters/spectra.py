"""The figures of adapters' singular values, without what computes them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LayerSpectrum:
    """The singular values of one layer's update, and the energy that a rank keeps of it."""

    layer: str
    singular_values: tuple[float, ...]  # all, descending
    energy_kept: float  # share of the squared Frobenius norm, 0 to 1

    @property
    def relative_error(self) -> float:
        """Error relative to the whole update, in the Frobenius norm."""
        return float(max(0.0, 1.0 - self.energy_kept) ** 0.5)


@dataclass(frozen=True, slots=True)
class Compression:
    """The figures of a compression. An evaluation of both versions measures the quality of answers."""

    rank_before: int
    rank: int
    energy_kept: float  # over all layers, 0 to 1
    largest_relative_error: float  # of a layer's update, Frobenius
    energy_by_rank: tuple[float, ...]  # over all layers, for rank 1, 2, ...
    layers: tuple[LayerSpectrum, ...]
    bytes_before: int
    bytes_after: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Spectrum:
    """The singular values of an adapter, which say how far it can be compressed."""

    rank: int
    energy_by_rank: tuple[float, ...]  # over all layers, for rank 1, 2, ...
    layers: tuple[LayerSpectrum, ...]  # `energy_kept` at the whole rank: 1
