"""PDFs whose pages are turned, cropped, protected or scanned, made in code."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from tests.support.pdf_files import assembled

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
FILE_ID = b"0123456789abcdef"
PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
EVERYTHING_ALLOWED = -4
Line = tuple[float, float, str]  # x, y, text


def drawn_pdf(
    *pages: Sequence[Line],
    size: tuple[int, int] = (595, 842),
    extra: str = "",
    catalog: str = "",
    protected: bool = False,
    image: bytes = b"",
    more: Sequence[bytes] = (),
) -> bytes:
    """A PDF with lines of text at given places, in points from the lower left.

    `extra` goes into every page's dictionary and `catalog` into the catalogue. `protected`: encrypted with an empty
    password. `image`: a JPEG that fills every page. `more`: objects, numbered on from 5 + 2 * pages.
    """
    key = hashlib.md5(PADDING + _owner_entry() + EVERYTHING_ALLOWED.to_bytes(4, "little", signed=True) + FILE_ID)  # noqa: S324
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        FONT,
        _image_object(image),
    ]
    for number, lines in enumerate(pages):
        picture = b"q %d 0 0 %d 0 0 cm /Im Do Q " % size if image else b""
        stream = picture + b"".join(
            b"BT /F 12 Tf %g %g Td (%s) Tj ET " % (x, y, _escaped(text)) for x, y, text in lines
        )
        if protected:
            stream = _rc4(_object_key(key.digest()[:5], 6 + 2 * number), stream)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {6 + 2 * number} 0 R {extra} "
            "/Resources << /Font << /F 3 0 R >> /XObject << /Im 4 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    return assembled([*objects, *more], _protection(key.digest()[:5]) if protected else b"")


def written_picture(text: str, size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    """A white page with a line of text, as a scanner gives it."""
    picture = Image.new("L", size, 255)
    ImageDraw.Draw(picture).text((100, 200), text, fill=0, font=ImageFont.load_default(40))
    return picture


def jpeg_bytes(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def _image_object(image: bytes) -> bytes:
    if not image:
        return b"null"
    width, height = Image.open(io.BytesIO(image)).size
    head = f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
    return (
        head.encode()
        + b"/BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n" % len(image)
        + (image + b"\nendstream")
    )


def _escaped(text: str) -> bytes:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")


def _protection(key: bytes) -> bytes:
    """The trailer's entries for the standard handler, revision 2, with 40 bits."""
    user = _rc4(key, PADDING)
    identity = FILE_ID.hex().encode()
    entries = b"/Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d" % (
        _owner_entry().hex().encode(),
        user.hex().encode(),
        EVERYTHING_ALLOWED,
    )
    return b"/ID [<%s> <%s>] /Encrypt << %s >>" % (identity, identity, entries)


def _owner_entry() -> bytes:
    return _rc4(hashlib.md5(PADDING).digest()[:5], PADDING)  # noqa: S324


def _object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]  # noqa: S324


def _rc4(key: bytes, data: bytes) -> bytes:
    state, swap = list(range(256)), 0
    for place in range(256):
        swap = (swap + state[place] + key[place % len(key)]) % 256
        state[place], state[swap] = state[swap], state[place]
    out, swap = bytearray(), 0
    for number, byte in enumerate(data, start=1):
        place = number % 256
        swap = (swap + state[place]) % 256
        state[place], state[swap] = state[swap], state[place]
        out.append(byte ^ state[(state[place] + state[swap]) % 256])
    return bytes(out)
