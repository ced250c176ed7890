"""What the drawings of Office files show, as blocks: charts, diagrams (SmartArt), descriptions of pictures."""

from __future__ import annotations

import re
from typing import TypeAlias

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.charts import Chart, read_chart
from app.documents.parsing.formats.drawing_text import R_ID, numbered_paragraphs
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.tables import Cell
from app.documents.parsing.text_cleanup import collapse_spaces

Drawn: TypeAlias = Chart | str
MAX_DESCRIPTION = 2000
SAYS_NOTHING = re.compile(
    r"^(?:[\w-]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)|(?:picture|image|imagem|bild|grafik)\s*\d*)$", re.IGNORECASE
)
MACHINE_MADE = re.compile(
    r"\s*(?:Description automatically generated|Descrição gerada automaticamente|AI-generated content may be).*",
    re.IGNORECASE | re.DOTALL,
)


def picture_text(description: str) -> str:
    """The description of a picture as a paragraph; empty if it is only a file name."""
    text = collapse_spaces(MACHINE_MADE.sub("", description))[:MAX_DESCRIPTION]
    return f"[Picture: {text}]" if text and not SAYS_NOTHING.match(text) else ""


def read_drawings(package: Package, part: str) -> list[Drawn]:
    """Charts, text boxes and described pictures that lie over a sheet."""
    root = package.optional_xml(part) if part else None
    if root is None:
        return []
    relations, links = package.related(part), package.links(part)
    found: list[Drawn] = []
    stack = [root]
    while stack:
        element = stack.pop()
        name = local(element)
        if name == "chart" and (chart := related_chart(package, relations, element)):
            found.append(chart)
        elif name == "cNvPr" and (text := picture_text(element.get("descr", ""))):
            found.append(text)
        elif name == "txBody":
            found.extend(text for text, _ in numbered_paragraphs(element, links))
        elif name and name != "Fallback":
            stack.extend(reversed(element))
    return found


def related_chart(package: Package, relations: dict[str, tuple[str, str]], element: Element) -> Chart | None:
    """The chart that an element of a drawing refers to."""
    part = relations.get(element.get(R_ID, ""), ("", ""))[1]
    root = package.optional_xml(part) if part else None
    return read_chart(root) if root is not None else None


def add_drawn(builder: DocumentBuilder, item: Drawn) -> None:
    if isinstance(item, Chart):
        add_chart(builder, item)
    else:
        builder.add("paragraph", item)


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
