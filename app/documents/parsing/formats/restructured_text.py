"""reStructuredText by docutils, with the directives and roles of Sphinx read for their text. Nothing is included."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree

from app.documents.parsing.document_builder import BlockKind, DocumentBuilder
from app.documents.parsing.formats.text import decode
from app.documents.parsing.tables import Cell
from app.documents.parsing.text_cleanup import clean, collapse_spaces
from app.errors import DocumentFailure

SETTINGS: dict[str, Any] = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "syntax_highlight": "none",
    "report_level": 2,  # unknown directives stay in the tree, with their source
    "halt_level": 6,
    "warning_stream": False,
}
DIRECTIVE = re.compile(r"\.\. (?:\|[^|]+\| )?([\w:.+-]+)::[ \t]*([^\n]*)\n?(.*)", re.DOTALL)
OPTION = re.compile(r"[ \t]*:[\w-]+:[^\n]*(?:\n|\Z)")
ROLE = re.compile(r":[\w:.+-]+:`([^`]*)`")
TARGET = re.compile(r"(.+?)\s*<[^<>]+>\Z", re.DOTALL)
CODE = {"code-block", "code", "sourcecode", "parsed-literal", "prompt", "ipython", "doctest", "testcode", "math"}
NO_TEXT = set(
    "include literalinclude raw toctree index contents currentmodule module automodule autoclass autofunction".split()
)
NO_ARGUMENT = {"only", "ifconfig", "tab-set", "tabs", "grid", "container", "glossary", "hlist", "cssclass", "highlight"}
LABELS = {
    "versionadded": "New in version",
    "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version",
    "seealso": "See also",
}
MAX_DIRECTIVES = 1000  # unknown ones that are read, by a run of docutils each
LISTED: dict[str, Callable[[int], str]] = {
    "arabic": str,
    "loweralpha": lambda number: chr(96 + number),
    "upperalpha": lambda number: chr(64 + number),
}
SILENT = (nodes.footnote, nodes.comment, nodes.substitution_definition, nodes.target, nodes.Invisible)
WITH_NAME = (nodes.author, nodes.date, nodes.version, nodes.revision, nodes.status, nodes.organization, nodes.contact)
INLINE_MARKS = {"superscript": "^", "citation_reference": "["}
CLOSING_MARKS = {"citation_reference": "]"}


def parse(data: bytes, builder: DocumentBuilder) -> None:
    _Walk(builder).read(clean(decode(data)))


class _Walk:
    """Walks through the trees of docutils without recursion; trees of unknown directives take their place."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._notes: dict[str, str] = {}  # id of a footnote -> text
        self._directives = 0
        self._lead = ""  # of the next block: the number of an item, the kind of a notice

    def read(self, source: str) -> None:
        # Entries are nodes with the depth of the sections and the kind of text around them.
        stack: list[tuple[Any, int, BlockKind]] = [(self._tree(source), 0, "paragraph")]
        while stack:
            node, depth, kind = stack.pop()
            stack.extend(reversed(self._visit(node, depth, kind)))

    def _tree(self, source: str) -> Any:
        try:
            tree = publish_doctree(source, settings_overrides=SETTINGS)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError, AssertionError):
            raise DocumentFailure("truncated", "The reStructuredText cannot be read; check its markup.") from None
        for note in tree.findall(nodes.footnote):
            text = " ".join(self._text(child) for child in note.children if not isinstance(child, nodes.label))
            self._notes.update(dict.fromkeys(note["ids"], text))
        return tree

    def _visit(self, node: Any, depth: int, kind: BlockKind) -> list[tuple[Any, int, BlockKind]]:
        """Add the block that the node is, or return what is in it."""
        if isinstance(node, nodes.system_message):
            return self._unknown(node, depth, kind)
        if isinstance(node, SILENT) or self._add_block(node, depth, kind):
            return []
        return self._inside(node, depth, kind)

    def _add_block(self, node: Any, depth: int, kind: BlockKind) -> bool:
        """True if the node is a block, which is added."""
        match node:
            case nodes.title() | nodes.subtitle() | nodes.rubric():
                self._builder.add("heading", self._text(node), max(depth, 1))
            case nodes.literal_block() | nodes.doctest_block() | nodes.math_block():
                self._builder.add("code", node.astext())
            case nodes.table():
                self._table(node)
            case nodes.line_block():
                self._add(kind, "\n".join(self._text(line) for line in node.findall(nodes.line)))
            case nodes.field() | nodes.option_list_item():
                self._add(kind, ": ".join(self._text(child) for child in node.children))
            case nodes.citation():
                self._add("list_item", f"[{self._text(node[0])}] {' '.join(map(self._text, node.children[1:]))}")
            case nodes.image():
                self._add(kind, node.get("alt", ""))
            case _ if isinstance(node, WITH_NAME):
                self._add(kind, f"{node.tagname.capitalize()}: {self._text(node)}")
            case _ if isinstance(node, nodes.TextElement):
                self._add(kind, self._text(node))
            case _:
                return False
        return True

    def _inside(self, node: Any, depth: int, kind: BlockKind) -> list[tuple[Any, int, BlockKind]]:
        if isinstance(node, nodes.section):
            depth += 1
        elif isinstance(node, nodes.Admonition) and not isinstance(node, nodes.admonition):
            self._lead = f"{node.tagname.capitalize()}: "
        elif isinstance(node, nodes.list_item):
            self._lead, kind = _enumerator(node), "list_item"
        elif isinstance(node, nodes.definition_list_item):
            kind = "list_item"
        return [(child, depth, kind) for child in node.children]

    def _add(self, kind: BlockKind, text: str) -> None:
        if text.strip():
            self._builder.add(kind, self._lead + text)
            self._lead = ""

    def _unknown(self, node: Any, depth: int, kind: BlockKind) -> list[tuple[Any, int, BlockKind]]:
        """The text of a directive that docutils does not know, or knows with other options."""
        source = next((child.astext() for child in node.children if isinstance(child, nodes.literal_block)), "")
        found = DIRECTIVE.match(source)
        if found is None:
            return []
        name, given, body = found[1], found[2].strip(), _body(found[3])
        name = name if name in NO_TEXT else name.rpartition(":")[2]
        if name in NO_TEXT:
            return []
        if name in CODE:
            self._builder.add("code", body)
            return []
        if name in LABELS:
            self._lead = f"{LABELS[name]} {given}".rstrip() + ": "
        elif given and name not in NO_ARGUMENT:
            self._add(kind, given)
        self._directives += 1
        if self._directives <= MAX_DIRECTIVES:
            return [(self._tree(body), depth, kind)] if body.strip() else []
        self._add(kind, body)
        return []

    def _table(self, table: Any) -> None:
        caption = " ".join(self._text(child) for child in table.children if isinstance(child, nodes.title))
        stubs = [bool(column.get("stub")) for column in table.findall(nodes.colspec)]
        rows: list[list[Cell]] = []
        for row in table.findall(nodes.row):
            in_head = isinstance(row.parent, nodes.thead)
            rows.append([])
            for place, entry in enumerate(row.children):
                text = " ".join(self._text(child) for child in entry.children)
                header = True if in_head or (place < len(stubs) and stubs[place]) else None
                rows[-1].append(Cell(text, entry.get("morerows", 0) + 1, entry.get("morecols", 0) + 1, header))
        self._builder.add_table(rows, caption=caption)

    def _text(self, node: Any) -> str:
        """The text of a node as its reader sees it, on one line: with addresses and footnotes at their place."""
        parts: list[str] = []
        stack = [node]
        while stack:
            part = stack.pop()
            if isinstance(part, str) and not isinstance(part, nodes.Text):
                parts.append(part)
            elif isinstance(part, nodes.Text):
                parts.append(part.astext())
            elif isinstance(part, nodes.footnote_reference):
                note = self._notes.get(part.get("refid", ""), "")
                parts.append(f" ({note})" if note else "")
            elif isinstance(part, nodes.problematic):
                parts.append(ROLE.sub(_role_text, part.astext()))
            elif isinstance(part, nodes.image):
                parts.append(part.get("alt", ""))
            elif not isinstance(part, nodes.system_message):
                address = part.get("refuri", "") if isinstance(part, nodes.reference) else ""
                address = f" ({address})" if address and address.removeprefix("mailto:") != part.astext() else ""
                closing = address or CLOSING_MARKS.get(part.tagname, "")
                stack.extend([closing, *reversed(part.children), INLINE_MARKS.get(part.tagname, "")])
        return collapse_spaces("".join(parts))


def _body(text: str) -> str:
    """What stands in a directive, without its options and its indentation."""
    lines = text.split("\n")
    while lines and (OPTION.match(lines[0]) or not lines[0].strip()):
        lines.pop(0)
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return "\n".join(line[min(indents, default=0) :] for line in lines)


def _role_text(found: re.Match[str]) -> str:
    """The words of a role that docutils does not know, like :ref:`words <target>`."""
    words = TARGET.match(found[1])
    return words[1] if words else found[1].lstrip("~!")


def _enumerator(item: Any) -> str:
    """The number before an item of a numbered list."""
    listed = item.parent
    if not isinstance(listed, nodes.enumerated_list):
        return ""
    number = listed.get("start", 1) + listed.index(item)
    write = LISTED.get(listed.get("enumtype", "arabic"), str)
    written = write(number) if number <= 26 else str(number)
    return f"{listed.get('prefix', '')}{written}{listed.get('suffix', '.')} "
