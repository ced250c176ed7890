"""Office packages made in code, part by part."""

from __future__ import annotations

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
PLACING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
NAMES = {"w": WORD, "r": RELATIONS, "m": MATH, "a": DRAWING, "c": CHART, "x": SHEET, "p": SLIDE, "wp": PLACING}


def zipped(files: dict[str, bytes | str], first: str = "") -> bytes:
    """A package; `first` is the content of its first entry, mimetype."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def root(tag: str, content: str, attributes: str = "") -> str:
    """An XML part whose root has every name space."""
    spaces = " ".join(f'xmlns:{key}="{name}"' for key, name in NAMES.items())
    return f"<{tag} {spaces} {attributes}>{content}</{tag}>"


def relations(*entries: tuple[str, str, str]) -> str:
    """Relations by (id, kind, target); a target with :// or mailto: is external."""

    def entry(key: str, kind: str, target: str) -> str:
        mode = 'TargetMode="External"' if "://" in target or target.startswith("mailto:") else ""
        return f'<R Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}" {mode}/>'

    return f"<Rs>{''.join(entry(*fields) for fields in entries)}</Rs>"


def docx_package(body: str, *entries: tuple[str, str, str], **parts: str | bytes) -> bytes:
    """A Word document with `body`; `parts` are further parts of the folder word, by the name before .xml."""
    kinds = {"styles", "numbering", "footnotes", "endnotes", "comments"}
    usual = [(f"own-{name}", name, f"{name}.xml") for name in parts if name in kinds]
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": root("w:document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations(*usual, *entries),
            **{f"word/{name if '.' in name else f'{name}.xml'}": content for name, content in parts.items()},
        }
    )


def w_run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def w_paragraph(*runs: str, properties: str = "") -> str:
    """Runs are XML; plain text becomes a run."""
    content = "".join(run if run.startswith("<") else w_run(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def w_table(*rows: list[str], properties: str = "") -> str:
    """Rows of cells; a cell is text, or XML of w:tcPr and blocks."""
    lines = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{cell if cell.startswith('<') else w_paragraph(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{lines}</w:tbl>"


def chart_part(title: str, series: dict[str, list[float]], categories: list[str], code: str = "General") -> str:
    """A bar chart with cached data."""
    labels = "".join(f'<c:pt idx="{i}"><c:v>{label}</c:v></c:pt>' for i, label in enumerate(categories))
    parts = "".join(
        f'<c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f"<c:cat><c:strRef><c:strCache>{labels}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache><c:formatCode>{code}</c:formatCode>"
        + "".join(f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in enumerate(values))
        + "</c:numCache></c:numRef></c:val></c:ser>"
        for name, values in series.items()
    )
    words = f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    return root("c:chartSpace", f"<c:chart>{words}<c:plotArea><c:barChart>{parts}</c:barChart></c:plotArea></c:chart>")


def xlsx_package(sheets: dict[str, str], *entries: tuple[str, str, str], **parts: str) -> bytes:
    """A workbook; `sheets` are the content of each worksheet, by name (with " !" behind it: hidden).

    `entries` are relations of the first sheet; `parts` are further parts of the folder xl, by the name before .xml.
    """
    names = "".join(
        f'<sheet name="{name.removesuffix(" !")}" sheetId="{i}" r:id="k{i}" '
        f'state="{"hidden" if name.endswith(" !") else "visible"}"/>'
        for i, name in enumerate(sheets, 1)
    )
    usual = [(f"own-{name}", name, f"{name}.xml") for name in parts if name in {"styles", "sharedStrings"}]
    listed = [(f"k{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": default_root("workbook", f"<sheets>{names}</sheets>"),
            "xl/_rels/workbook.xml.rels": relations(*listed, *usual),
            "xl/worksheets/_rels/sheet1.xml.rels": relations(*entries),
            **{f"xl/worksheets/sheet{i}.xml": default_root("worksheet", x) for i, x in enumerate(sheets.values(), 1)},
            **{f"xl/{name}{'' if name.endswith('.rels') else '.xml'}": content for name, content in parts.items()},
        }
    )


def default_root(tag: str, content: str) -> str:
    """A part of a workbook, whose names have no prefix."""
    return f'<{tag} xmlns="{SHEET}" xmlns:r="{RELATIONS}">{content}</{tag}>'


def x_cell(reference: str, value: str | float, style: int = 0, formula: str = "") -> str:
    """A cell; text is a string of its own. An empty value has only its formula."""
    made = f"<f>{formula}</f>" if formula else ""
    if value == "":
        return f'<c r="{reference}" s="{style}">{made}</c>'
    if isinstance(value, str):
        return f'<c r="{reference}" s="{style}" t="inlineStr">{made}<is><t>{value}</t></is></c>'
    return f'<c r="{reference}" s="{style}">{made}<v>{value}</v></c>'


def x_rows(rows: list[list[str | float]], first: int = 1, attributes: str = "") -> str:
    """Rows from A1 on; an empty text makes no cell."""
    return "".join(
        f'<row r="{number}" {attributes}>'
        + "".join(x_cell(f"{chr(65 + i)}{number}", value) for i, value in enumerate(row) if value != "")
        + "</row>"
        for number, row in enumerate(rows, first)
    )


def pptx_package(slides: list[str], *entries: tuple[str, str, str], hidden: int = 0, **parts: str) -> bytes:
    """Slides by their shapes; the slide number `hidden` is not shown.

    `entries` are relations of the first slide; `parts` are further parts of the folder ppt, by the name before .xml.
    """
    listed = "".join(f'<p:sldId r:id="k{i}"/>' for i in range(1, len(slides) + 1))
    numbered = [(f"k{i}", "slide", f"slides/slide{i}.xml") for i in range(1, len(slides) + 1)]
    usual = [(f"own-{name}", name, f"{name}.xml") for name in parts if name in {"commentAuthors", "authors"}]
    return zipped(
        {
            "ppt/presentation.xml": root("p:presentation", listed),
            "ppt/_rels/presentation.xml.rels": relations(*numbered, *usual),
            "ppt/slides/_rels/slide1.xml.rels": relations(*entries),
            **{
                f"ppt/slides/slide{i}.xml": root("p:sld", shapes, 'show="0"' if i == hidden else "")
                for i, shapes in enumerate(slides, 1)
            },
            **{f"ppt/{name}.xml": content for name, content in parts.items()},
        }
    )


def p_shape(*paragraphs: str, placeholder: str = "") -> str:
    """A shape; a paragraph is text, or the XML of its content."""
    kind = f'<p:ph type="{placeholder}"/>' if placeholder else ""
    lines = "".join(f"<a:p>{p if p.startswith('<') else a_run(p)}</a:p>" for p in paragraphs)
    return f"<p:sp><p:nvSpPr><p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:txBody>{lines}</p:txBody></p:sp>"


def a_run(text: str, attributes: str = "", more: str = "") -> str:
    return f"<a:r><a:rPr {attributes}>{more}</a:rPr><a:t>{text}</a:t></a:r>"


def a_table(*rows: list[str], properties: str = "") -> str:
    """Rows of cells; a cell is text, or attributes of its element, a bar and text."""

    def cell(text: str) -> str:
        attributes, _, words = text.rpartition("|")
        return f"<a:tc {attributes}><a:txBody><a:p>{a_run(words)}</a:p></a:txBody></a:tc>"

    lines = "".join(f"<a:tr>{''.join(cell(text) for text in row)}</a:tr>" for row in rows)
    return f"<p:graphicFrame><a:tbl><a:tblPr {properties}/>{lines}</a:tbl></p:graphicFrame>"
