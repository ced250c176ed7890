"""Objects in OpenDocument files: charts as tables, formulas as a line."""

from __future__ import annotations

import posixpath

from app.documents.parsing.formats.charts import Chart
from app.documents.parsing.formats.office_math import linear_math
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.formats.opendocument.elements import all_of, attribute
from app.documents.parsing.formats.opendocument.tables import own_rows
from app.documents.parsing.text_cleanup import collapse_spaces

MAX_POINTS = 20_000
CHART_PARTS = {"title", "plot-area", "table"}


def read_object(package: Package, element: Element) -> Chart | str | None:
    """The chart or formula that a frame shows; None if it is something else."""
    inner = next(all_of(element, "math"), None)
    if inner is not None:
        return linear_math(inner)
    folder = posixpath.normpath(attribute(element, "href") or ".")
    root = package.optional_xml(f"{folder}/content.xml") if not folder.startswith((".", "/")) else None
    if root is None:
        return None
    if local(root) == "math":
        return linear_math(root)
    formula = next(all_of(root, "math"), None)
    chart = next((e for e in all_of(root, "chart") if any(local(part) in CHART_PARTS for part in e)), None)
    if formula is not None:
        return linear_math(formula)
    return _chart(chart) if chart is not None else None


def _chart(chart: Element) -> Chart:
    title = next((_text(e) for e in chart if local(e) == "title"), "")
    across = [axis for axis in all_of(chart, "axis") if attribute(axis, "dimension") == "x"]
    axis = next((_text(e) for a in across for e in all_of(a, "title")), "")
    table = next(all_of(chart, "table"), None)
    rows = [[_text(cell) for cell in row] for row, _ in own_rows(table)] if table is not None else []
    if len(rows) < 2:
        return Chart(title, (), ())
    header = (rows[0][0] or axis, *rows[0][1:]) if rows[0] else ()
    return Chart(title, header, tuple(tuple(row) for row in rows[1:MAX_POINTS] if any(row)))


def _text(element: Element) -> str:
    return collapse_spaces(" ".join("".join(p.itertext()) for p in all_of(element, "p")))
