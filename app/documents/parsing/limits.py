"""What reading one file may take: the bounds that the parsing process, its parsers and the builder keep."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """Bounds of one file with everything that is packed in it."""

    memory_mb: int = 512
    timeout_s: float = 20.0  # of wall clock, without recognising pictures of text
    max_pages: int = 2000
    max_chars: int = 20_000_000
    max_cells: int = 2_000_000
    max_unpacked_bytes: int = 256 * 2**20
    max_members: int = 2000  # files in an archive, attachments of messages
    max_nesting: int = 4  # an archive in a message in an archive ...
    max_pixels: int = 100_000_000  # of one picture
    ocr_languages: str = "eng+por"  # tesseract's names; empty: pictures of text are not read
    ocr_pages: int = 100
    ocr_page_s: float = 30.0
    niceness: int = 0  # 0 to 19: how far the process stands back behind others for processor time

    @property
    def longest_s(self) -> float:
        """Seconds after which a file is given up, whatever is in it."""
        return self.timeout_s + (self.ocr_pages * self.ocr_page_s if self.ocr_languages else 0.0)
