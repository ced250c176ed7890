"""Pages of a picture file by Pillow: each frame is a page. Runs in the sandboxed process only."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PIL import Image, ImageOps

from app.documents.pages.page_words import Word
from app.domain.pages import PageSize
from app.errors import DocumentFailure

SIDEWAYS = {5, 6, 7, 8}  # orientations that change width and height
ORIENTATION = 0x0112  # of EXIF


class PicturePages:
    """The frames of one file. Raises DocumentFailure if it cannot be opened, or if a frame is too large."""

    def __init__(self, path: str, max_pixels: int) -> None:
        self._max_pixels = max_pixels
        try:
            self._picture = Image.open(path)
            self._frames = int(getattr(self._picture, "n_frames", 1))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            raise _damaged() from None

    def sizes(self) -> Iterator[PageSize]:
        return map(self.size, range(1, self._frames + 1))

    def size(self, page: int) -> PageSize:
        self._seek(page)
        width, height = self._picture.size
        if self._picture.getexif().get(ORIENTATION) in SIDEWAYS:
            width, height = height, width
        return PageSize(str(page), width, height)

    def image(self, page: int, width: int, max_pixels: int) -> Image.Image:
        """A frame `width` pixels wide, or less if the picture would have more than `max_pixels`."""
        frame = self._frame(page)
        scale = min(width / frame.width, math.sqrt(max_pixels / (frame.width * frame.height)))
        size = max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
        return frame.convert("RGB").resize(size, Image.Resampling.LANCZOS if scale < 1 else Image.Resampling.BICUBIC)

    def words(self, page: int) -> Iterator[Word]:
        """A picture has none but those that OCR recognises."""
        del page
        return iter(())

    def has_pictures(self, page: int) -> bool:
        del page
        return True

    def _frame(self, page: int) -> Image.Image:
        """A frame the right way up, on white where it is transparent."""
        self._seek(page)
        try:
            return ImageOps.exif_transpose(_on_white(self._picture))
        except (OSError, ValueError, SyntaxError):
            raise _damaged() from None

    def _seek(self, page: int) -> None:
        try:
            self._picture.seek(page - 1)
        except (OSError, ValueError, SyntaxError, EOFError):
            raise _damaged() from None
        if self._picture.width * self._picture.height > self._max_pixels:
            raise DocumentFailure("too_many_pixels", f"The picture has more than {self._max_pixels:,} pixels.")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in {"RGBA", "LA", "P", "PA"}:
        return picture
    coloured = picture.convert("RGBA")
    white = Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured)
    white.info, white._exif = picture.info, picture.getexif()  # which way up
    return white


def _damaged() -> DocumentFailure:
    return DocumentFailure("truncated", "The picture is damaged or cut off.")
