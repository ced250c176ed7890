"""What the drawings of Office files show, as blocks: charts, diagrams (SmartArt), descriptions of pictures."""

from __future__ import annotations

import re

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.charts import Chart
from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.tables import Cell
from app.documents.parsing.text_cleanup import collapse_spaces

MAX_DESCRIPTION = 2000
SAYS_NOTHING = re.compile(
    r"^(?:[\w-]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)|(?:picture|image|imagem|bild|grafik)\s*\d*)$", re.IGNORECASE
)
MACHINE_MADE = re.compile(
    r"\s*(?:Description automatically generated|Descrição gerada automaticamente|AI-generated content may be).*",
    re.IGNORECASE | re.DOTALL,
)


def add_picture(builder: DocumentBuilder, description: str) -> None:
    """Add the description of a picture, unless it is only a file name."""
    text = collapse_spaces(MACHINE_MADE.sub("", description))[:MAX_DESCRIPTION]
    if text and not SAYS_NOTHING.match(text):
        builder.add("paragraph", f"[Picture: {text}]")


def add_chart(builder: DocumentBuilder, chart: Chart) -> None:
    """Add a chart as a table under its title."""
    if chart.rows:
        builder.add_table([[Cell(name, header=True) for name in chart.header], *chart.rows], chart.title)
    elif chart.title:
        builder.add("paragraph", chart.title)


def add_diagram(builder: DocumentBuilder, root: Element) -> None:
    """Add the texts of a diagram, point by point."""
    for point in root.iter():
        if local(point) == "pt":
            texts = [
                "".join(t.text or "" for t in p.iter() if local(t) == "t") for p in point.iter() if local(p) == "p"
            ]
            builder.add("list_item", collapse_spaces(" ".join(texts)))
