"""ZIP packages of XML (Office, OpenDocument, EPUB): bounded unpacking, entities never resolved."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree

from app.documents.parsing.document_builder import DocumentBuilder
from app.errors import DocumentFailure

Element: TypeAlias = Any  # lxml has no types of its own
MAX_PART_BYTES = 128 * 2**20
PIECE = 2**20
ENCRYPTED = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def open_zip(data: bytes, kind: str) -> zipfile.ZipFile:
    """Raises DocumentFailure if it is damaged or encrypted. `kind` names it in messages."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN:
        raise DocumentFailure("truncated", f"The {kind} is cut off or damaged; save it again and upload it.") from None
    if any(entry.flag_bits & ENCRYPTED for entry in archive.infolist()):
        raise DocumentFailure("encrypted", f"The {kind} is encrypted; remove the protection and upload it again.")
    return archive


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, builder: DocumentBuilder) -> bytes:
    """The bytes of an entry, counted as they unpack. Raises DocumentFailure past a bound or if they are damaged."""
    if entry.file_size > MAX_PART_BYTES:
        raise DocumentFailure("parser_memory", f"A part of the file unpacks to {entry.file_size:,} bytes; refused.")
    out = io.BytesIO()
    try:
        with archive.open(entry) as file:
            while piece := file.read(PIECE):
                builder.count_unpacked(len(piece))
                out.write(piece)
    except BROKEN:
        raise DocumentFailure("truncated", f"{entry.filename!r} in the file is damaged; save it again.") from None
    return out.getvalue()


class Package:
    """An open Office, OpenDocument or EPUB file."""

    def __init__(self, data: bytes, builder: DocumentBuilder, kind: str) -> None:
        self._archive = open_zip(data, f"{kind} file")
        self._builder = builder
        self._kind = kind
        self._names = {entry.filename.lower(): entry for entry in self._archive.infolist()}

    def has(self, name: str) -> bool:
        return name.lower() in self._names

    def size(self, name: str) -> int:
        """Bytes of a part once it is unpacked, as the package says."""
        entry = self._names.get(name.lower())
        return entry.file_size if entry is not None else 0

    def names(self) -> list[str]:
        return [entry.filename for entry in self._names.values()]

    def read(self, name: str) -> bytes:
        """Raises DocumentFailure if the part is missing."""
        entry = self._names.get(name.lower())
        if entry is None:
            raise DocumentFailure("truncated", f"The {self._kind} file lacks its part {name!r}; save it again.")
        return read_entry(self._archive, entry, self._builder)

    def xml(self, name: str) -> Element:
        """Root of an XML part. Raises DocumentFailure if it is missing or not XML."""
        return parse_xml(self.read(name), f"The {self._kind} file's part {name!r}")

    def optional_xml(self, name: str) -> Element | None:
        """Root of an optional part; None if it is missing or damaged."""
        try:
            return self.xml(name) if self.has(name) else None
        except DocumentFailure as failure:
            if failure.code != "truncated":
                raise
            return None

    def elements(self, name: str, tags: Iterable[str]) -> Iterator[Element]:
        """Elements of a large XML part by their local names; each is emptied once the next one is asked for.

        Raises DocumentFailure if the part is missing, or where it is not XML.
        """
        source = io.BytesIO(self.read(name))
        wanted = [f"{{*}}{tag}" for tag in tags]
        found = etree.iterparse(source, tag=wanted, resolve_entities=False, no_network=True, load_dtd=False)
        try:
            for _, element in found:
                yield element
                element.clear()
                while (before := element.getprevious()) is not None:
                    element.getparent().remove(before)
        except etree.XMLSyntaxError as fault:
            raise DocumentFailure(
                "truncated", f"The {self._kind} file's part {name!r} is not well-formed XML ({str(fault)[:120]})."
            ) from None

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of an Office part: id -> (last word of the type, name of the other part). External ones not."""
        folder = posixpath.dirname(part)
        found: dict[str, tuple[str, str]] = {}
        for entry in self._relations(part):
            target = entry.get("Target", "")
            if entry.get("TargetMode") != "External":
                other = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                found[entry.get("Id", "")] = (entry.get("Type", "").rsplit("/", 1)[-1], other)
        return found

    def links(self, part: str) -> dict[str, str]:
        """Addresses outside the file that an Office part leads to, by id."""
        return {
            e.get("Id", ""): e.get("Target", "") for e in self._relations(part) if e.get("TargetMode") == "External"
        }

    def _relations(self, part: str) -> list[Element]:
        folder, name = posixpath.split(part)
        root = self.optional_xml(f"{folder}/_rels/{name}.rels")
        return [entry for entry in root if isinstance(entry.tag, str)] if root is not None else []


def parse_xml(data: bytes, what: str, *, recover: bool = False) -> Element:
    """Root of an XML document; no entity is resolved, nothing is loaded. Raises DocumentFailure."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise DocumentFailure("truncated", f"{what} is not well-formed XML ({str(fault)[:120]}).") from None
    if root is None:
        raise DocumentFailure("truncated", f"{what} holds no XML.")
    return root


def local(element: Element) -> str:
    """The tag without its namespace; empty for comments and entities."""
    tag = element.tag
    return local_name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def local_name(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]
