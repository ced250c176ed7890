"""Images by Pillow and tesseract: each frame becomes a page."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.line_layout import add_lines
from app.documents.parsing.formats.ocr import available, recognise, unavailable, warn_unread
from app.errors import DocumentFailure

SHARP_WIDTH = 1600  # pixels; a page narrower than that is enlarged before it is read


def parse(data: bytes, builder: DocumentBuilder) -> None:
    try:
        picture = Image.open(io.BytesIO(data))
        frames = getattr(picture, "n_frames", 1)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _damaged() from None
    if not available(builder):
        raise unavailable(builder)
    shown = min(frames, builder.limits.max_pages)
    unread: list[int] = []
    for frame in range(shown):
        text = None
        if builder.count_recognised():
            builder.report(frame, shown, True)
            text = recognise(_page(picture, frame, builder), builder)
        add_lines(builder, text or "")
        if text is None:
            unread.append(frame + 1)
        builder.end_page()
    warn_unread(builder, unread)


def _page(picture: Image.Image, frame: int, builder: DocumentBuilder) -> bytes:
    """A frame as a grey PGM image, which every build of tesseract can read."""
    try:
        picture.seek(frame)
        width, height = picture.size
        if width * height > builder.limits.max_pixels:
            raise DocumentFailure(
                "too_many_pixels",
                f"The image has {width * height:,} pixels; at most {builder.limits.max_pixels:,} are read. Shrink it.",
            )
        grey = ImageOps.exif_transpose(_on_white(picture)).convert("L")
    except (OSError, ValueError, SyntaxError, EOFError):
        raise _damaged() from None
    if grey.width < SHARP_WIDTH:
        grey = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    grey.save(out, "PPM")
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """The frame with white in place of transparency, as on paper."""
    if picture.mode not in {"RGBA", "LA", "P", "PA"}:
        return picture
    coloured = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured)


def _damaged() -> DocumentFailure:
    return DocumentFailure("truncated", "The image is damaged or cut off; save it again and upload it.")
