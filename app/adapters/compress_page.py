"""The page of a compression: singular values, the energy each rank keeps, what was lost in every layer."""

from __future__ import annotations

from html import escape

from app.adapters.compress import Compression, LayerSpectrum
from app.charts import STYLE, Series, line_chart

SHOWN_LAYERS = 6


def compression_page(done: Compression, name: str, quality: str = "") -> str:
    """A self-contained HTML page. `quality`: what evaluating both versions found, as HTML; else how to find out."""
    quality = quality or (
        "<p>What this costs in answers is not in the singular values: evaluate this version against the one it came "
        "from before it answers.</p>"
    )
    facts = (
        f"Rank {done.rank_before} → {done.rank}; {done.energy_kept:.2%} of the squared norm of all updates is kept; "
        f"the worst layer's update changes by {done.largest_relative_error:.2%} of its norm. "
        f"{done.bytes_before:,} → {done.bytes_after:,} bytes in {done.seconds:.2f} s."
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(name)}: compressed</title>'
        f"<style>{STYLE}</style><h1>{escape(name)}: compressed</h1><p>{facts}</p>{quality}"
        f"{_energy_chart(done)}{_values_chart(done)}{_table(done)}</html>\n"
    )


def _energy_chart(done: Compression) -> str:
    ranks = range(1, len(done.energy_by_rank) + 1)
    series = Series("all layers", list(ranks), done.energy_by_rank)
    return line_chart("Energy kept by rank, all layers", "rank", "share of squared norm", [series])


def _values_chart(done: Compression) -> str:
    series = [
        Series(layer.layer, list(range(1, len(layer.singular_values) + 1)), _positive(layer))
        for layer in _spread(done.layers)
    ]
    return line_chart("Singular values of some layers", "number", "singular value", series, log_y=True)


def _positive(layer: LayerSpectrum) -> list[float]:
    """Zero has no place on a logarithmic axis: a millionth of the largest stands for it."""
    least = max(layer.singular_values[0], 1e-12) * 1e-6
    return [max(value, least) for value in layer.singular_values]


def _spread(layers: tuple[LayerSpectrum, ...]) -> list[LayerSpectrum]:
    step = max(1, len(layers) // SHOWN_LAYERS)
    return list(layers[::step][:SHOWN_LAYERS])


def _table(done: Compression) -> str:
    rows = "".join(
        f"<tr><td>{escape(layer.layer)}<td>{layer.singular_values[0]:.4g}<td>{layer.energy_kept:.2%}"
        f"<td>{layer.relative_error:.2%}</tr>"
        for layer in sorted(done.layers, key=lambda layer: -layer.relative_error)
    )
    return f"<table><tr><th>layer<th>largest value<th>energy kept<th>relative error</tr>{rows}</table>"
