"""PDFs made from content streams: text at places, rulings, pictures, form fields, annotations and attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
FONTS = "<< /F1 3 0 R /F2 4 0 R >>"


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", r"\(").replace(")", r"\)")


def text_at(x: float, y: float, text: str, size: float = 12, *, bold: bool = False) -> str:
    """A line of text whose baseline begins at (x, y), in points from the lower left corner."""
    return f"BT /{'F2' if bold else 'F1'} {size} Tf {x} {y} Td ({escaped(text)}) Tj ET\n"


def lines_at(x: float, y: float, *lines: str, size: float = 12, step: float = 14.5) -> str:
    """Lines one below the other."""
    return "".join(text_at(x, y - place * step, line, size) for place, line in enumerate(lines))


def ruling(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"0.5 w {x} {y} m {to_x} {to_y} l S\n"


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Rulings at all `xs` and `ys`."""
    across = "".join(ruling(xs[0], y, xs[-1], y) for y in ys)
    return across + "".join(ruling(x, ys[0], x, ys[-1]) for x in xs)


def text_picture(x: float, y: float, width: float, height: float, *, photo: bool = False) -> str:
    """A picture: white with dark stripes like lines of text, or a `photo` of all greys."""
    if photo:
        rows = [bytes((7 * row + 11 * column) % 256 for column in range(64)) for row in range(64)]
    else:
        rows = [b"\x10" * 30 + b"\xff" * 34 if row % 8 == 3 else b"\xff" * 64 for row in range(64)]
    data = b"".join(rows).hex()
    head = "/W 64 /H 64 /CS /G /BPC 8 /F /AHx"
    return f"q {width} 0 0 {height} {x} {y} cm BI {head} ID {data}> EI Q\n"


@dataclass(frozen=True)
class PdfPage:
    content: str = ""
    annotations: Sequence[str] = ()  # dictionaries, without << and >>
    extra: str = ""  # entries of the page's dictionary


def pdf_file(*pages: PdfPage | str, catalog: str = "", attachments: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """A PDF of these pages. Annotations that are widgets become fields of a form."""
    made = [PdfPage(page) if isinstance(page, str) else page for page in pages]
    objects: list[bytes] = [b""] * 4
    kids: list[int] = []
    fields: list[int] = []
    for page in made:
        notes = [_add(objects, f"<< /Type /Annot {note} >>".encode("cp1252")) for note in page.annotations]
        fields += [number for number, note in zip(notes, page.annotations, strict=True) if "/Widget" in note]
        content = _add(objects, _stream(page.content.encode("cp1252")))
        kids.append(
            _add(
                objects,
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {content} 0 R "
                f"/Resources << /Font {FONTS} >> /Annots [{_references(notes)}] {page.extra} >>".encode(),
            )
        )
    names = ""
    for name, data in attachments:
        file = _add(objects, _stream(data, f"/Type /EmbeddedFile /Params << /Size {len(data)} >>"))
        names += f"({escaped(name)}) << /Type /Filespec /F ({escaped(name)}) /UF ({escaped(name)}) "
        names += f"/EF << /F {file} 0 R >> >> "
    if names:
        catalog += f" /Names << /EmbeddedFiles << /Names [{names}] >> >>"
    if fields:
        catalog += f" /AcroForm << /Fields [{_references(fields)}] /DR << /Font {FONTS} >> /DA (/F1 10 Tf 0 g) >>"
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    objects[1] = f"<< /Type /Pages /Kids [{_references(kids)}] /Count {len(kids)} >>".encode()
    for place, font in ((2, "Helvetica"), (3, "Helvetica-Bold")):
        objects[place] = f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>".encode()
    return assembled(objects)


def _add(objects: list[bytes], content: bytes) -> int:
    objects.append(content)
    return len(objects)


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of numbered objects, of which the first is the catalogue; `trailer` is added to the trailer's entries."""
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count + table
    return out + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer, start)
