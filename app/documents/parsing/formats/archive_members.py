"""Files inside a file: their own parsers add members of archives and attachments to the same document."""

from __future__ import annotations

import io

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats import parser_for
from app.documents.parsing.media_types import detect
from app.errors import DocumentFailure, UnsupportedMedia

# What ends the whole file, not just the member: its bounds.
FATAL = frozenset(
    {"parser_memory", "too_much_text", "too_many_cells", "too_many_members", "nested_too_deeply", "too_many_pages"}
)


class Members:
    """Parses members one after the other and records the failures."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._failures: list[DocumentFailure] = []
        self._read = 0

    def add(self, name: str, data: bytes) -> None:
        """Add the text of a member under a heading with its name. One that fails has only its heading, and a warning.

        Raises DocumentFailure past a limit of the whole file.
        """
        label = name.replace("\\", "/").strip("/ ")[-200:] or "unnamed"
        with self._builder.section(label):
            try:
                media_type = detect(io.BytesIO(data), label)
                parser_for(media_type)(data, self._builder)
                self._read += 1
            except UnsupportedMedia as refusal:
                self._skip(DocumentFailure("unsupported_media_type", refusal.message))
            except DocumentFailure as failure:
                if failure.code in FATAL:
                    raise
                self._skip(failure)

    def _skip(self, failure: DocumentFailure) -> None:
        self._failures.append(failure)
        self._builder.warn("attachment_skipped", f"It is not read: {failure.message.partition(' Supported:')[0]}")

    def check(self, *, needed: bool = True) -> None:
        """Raises the first failure if there were members and all of them failed. `needed`: there is nothing else."""
        if needed and self._failures and not self._read:
            raise self._failures[0]
