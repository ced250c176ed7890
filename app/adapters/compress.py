"""Compresses an adapter to a lower rank by truncated SVD of each layer's update, without the base model."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import torch

from app.adapters.peft_config import WEIGHTS
from app.adapters.spectra import Compression, LayerSpectrum, Spectrum
from app.adapters.weights import AdapterMatrices, read_matrices, write_matrices
from app.errors import InvalidRequest
from app.numerics.low_rank import Decomposed, decompose, energies
from app.numerics.single_thread import run_on_single_thread


def compress_adapter(
    source: Path, target: Path, *, rank: int | None = None, energy: float | None = None, half: bool = False
) -> Compression:
    """Write `source` at a lower rank to `target`: `rank` itself, or the smallest that keeps `energy` over all layers.

    `half` stores 16-bit floats: serving rounds to them too.

    Raises InvalidRequest for a rank or share out of bounds, AdapterInvalid for a damaged source.
    """
    check_target(rank, energy)
    started = time.perf_counter()
    adapter = read_matrices(source)
    spectra = decompose_layers(adapter)
    curve = energy_curve(spectra)
    chosen = rank if rank is not None else smallest_rank(curve, energy or 1.0)
    if chosen > adapter.rank:
        raise InvalidRequest(f"The adapter has rank {adapter.rank}; compress to at most that.", param="rank")
    base_name = str(adapter.config.get("base_model_name_or_path") or "")
    kept = {name: spectrum.truncated(chosen) for name, spectrum in spectra.items()}
    dtype = torch.float16 if half else torch.float32
    write_matrices(target, kept, chosen, base_name, dtype, invocation=adapter.invocation)
    layers = tuple(_layer(name, spectrum, chosen) for name, spectrum in spectra.items())
    return Compression(
        rank_before=adapter.rank,
        rank=chosen,
        energy_kept=curve[chosen - 1],
        largest_relative_error=max(layer.relative_error for layer in layers),
        energy_by_rank=curve,
        layers=layers,
        bytes_before=(source / WEIGHTS).stat().st_size,
        bytes_after=(target / WEIGHTS).stat().st_size,
        seconds=time.perf_counter() - started,
    )


def check_target(rank: int | None, energy: float | None) -> None:
    """Raises InvalidRequest unless exactly one of both is given and within its bounds."""
    if (rank is None) == (energy is None):
        raise InvalidRequest("Give either a rank or a share of the energy.", param="rank")
    if rank is not None and rank < 1:
        raise InvalidRequest("The rank must be 1 or more.", param="rank")
    if energy is not None and not 0 < energy <= 1:
        raise InvalidRequest("The share of the energy must be above 0 and at most 1.", param="energy")


def decompose_layers(adapter: AdapterMatrices) -> dict[str, Decomposed]:
    """The singular value decomposition of every layer's update."""
    return run_on_single_thread(lambda: {name: decompose(update) for name, update in adapter.updates().items()})


def read_spectrum(folder: Path) -> Spectrum:
    """Decompose the adapter in a folder. Raises AdapterInvalid for a damaged one."""
    adapter = read_matrices(folder)
    spectra = decompose_layers(adapter)
    layers = tuple(_layer(name, spectrum, adapter.rank) for name, spectrum in spectra.items())
    return Spectrum(adapter.rank, energy_curve(spectra), layers)


def energy_curve(spectra: Mapping[str, Decomposed]) -> tuple[float, ...]:
    """Share of all layers' energy that rank 1, 2, ... keeps."""
    squares = torch.stack([spectrum.values**2 for spectrum in spectra.values()]).sum(0)  # (rank,)
    return tuple(energies(squares.sqrt()).tolist())


def smallest_rank(curve: tuple[float, ...], energy: float) -> int:
    """The first rank whose share reaches `energy`, up to rounding."""
    return next((rank for rank, share in enumerate(curve, 1) if share >= energy - 1e-12), len(curve))


def _layer(name: str, spectrum: Decomposed, rank: int) -> LayerSpectrum:
    kept = float(energies(spectrum.values)[rank - 1])
    return LayerSpectrum(name, tuple(spectrum.values.tolist()), kept)
