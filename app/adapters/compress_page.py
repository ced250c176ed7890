"""The page of a compression: singular values, the energy that each rank keeps, the error of every layer."""

from __future__ import annotations

from markupsafe import Markup

from app.adapters.spectra import Compression, LayerSpectrum
from app.web.charts import Series, line_chart
from app.web.templates import Table, render_template

SHOWN_LAYERS = 6


def compression_page(done: Compression, name: str) -> str:
    """A self-contained HTML page."""
    return render_template(
        "compression.html",
        done=done,
        name=name,
        energy=_energy_chart(done),
        values=_values_chart(done),
        layers=_layers(done),
    )


def _energy_chart(done: Compression) -> Markup:
    ranks = range(1, len(done.energy_by_rank) + 1)
    series = Series("all layers", list(ranks), done.energy_by_rank)
    return line_chart("Energy kept by rank, all layers", "rank", "share of squared norm", [series])


def _values_chart(done: Compression) -> Markup:
    series = [
        Series(layer.layer, list(range(1, len(layer.singular_values) + 1)), _positive(layer))
        for layer in _spread(done.layers)
    ]
    return line_chart("Singular values of some layers", "number", "singular value", series, log_y=True)


def _positive(layer: LayerSpectrum) -> list[float]:
    """Replace values near zero, which a logarithmic axis cannot show, by a millionth of the largest."""
    least = max(layer.singular_values[0], 1e-12) * 1e-6
    return [max(value, least) for value in layer.singular_values]


def _spread(layers: tuple[LayerSpectrum, ...]) -> list[LayerSpectrum]:
    step = max(1, len(layers) // SHOWN_LAYERS)
    return list(layers[::step][:SHOWN_LAYERS])


def _layers(done: Compression) -> Table:
    """Layers by their error, largest first."""
    rows = [
        (layer.layer, f"{layer.singular_values[0]:.4g}", f"{layer.energy_kept:.2%}", f"{layer.relative_error:.2%}")
        for layer in sorted(done.layers, key=lambda layer: -layer.relative_error)
    ]
    return Table(("layer", "largest value", "energy kept", "relative error"), rows)
