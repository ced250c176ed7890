"""Office files that lie in an Office file as objects: documents of their own below their names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.archive_members import Members
from app.documents.parsing.formats.opc import Package


def add_embedded(package: Package, relations: Iterable[tuple[str, str]], builder: DocumentBuilder) -> None:
    """Add the files that a part relates to. Raises DocumentFailure past a limit of the whole file."""
    members = Members(builder)
    for kind, part in dict.fromkeys(relations):
        if kind == "package" and package.has(part):
            members.add(posixpath.basename(part), package.read(part))
