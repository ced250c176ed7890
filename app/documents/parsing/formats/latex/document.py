"""The blocks of a LaTeX file, from its environments and commands."""

from __future__ import annotations

import re

from app.documents.parsing.document_builder import BlockKind, DocumentBuilder
from app.documents.parsing.formats.latex.inline import inline
from app.documents.parsing.formats.latex.rows import TABLES, table_rows
from app.documents.parsing.formats.latex.source import Macros, argument, option, without_comments
from app.documents.parsing.formats.text import decode
from app.documents.parsing.text_cleanup import clean

HEADINGS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
            "subparagraph": 6, "frametitle": 3}  # fmt: skip
CODE = "verbatim Verbatim BVerbatim lstlisting minted alltt"
DROPPED = {"comment", "tikzpicture", "pgfpicture", "filecontents", "filecontents*", "pspicture"}
LISTS = {"itemize", "enumerate", "description", "thebibliography"}
STATEMENTS = {
    "theorem",
    "lemma",
    "definition",
    "corollary",
    "proposition",
    "proof",
    "example",
    "remark",
    "exercise",
    "solution",
}
ARGUMENTS = {
    "minipage": 1,
    "multicols": 1,
    "column": 1,
    "wrapfigure": 2,
    "wraptable": 2,
    "adjustbox": 1,
    "thebibliography": 1,
}
VERBATIM = re.compile(rf"\\begin\{{({'|'.join(CODE.split())})(\*?)\}}(.*?)\\end\{{\1\2\}}", re.DOTALL)
VERB = re.compile(r"\\(?:verb|lstinline)\*?(?:\[[^\[\]]*\])?([^\sA-Za-z*{\[])(.*?)\1")
SPECIAL = re.compile(r"[\\{}$&~_^%#]")
BLOCK = re.compile(
    rf"\\(?P<edge>begin|end)\s*\{{(?P<environment>[^{{}}]*)\}}|\\(?P<heading>{'|'.join(HEADINGS)})\*?(?![A-Za-z])"
    r"|\\(?P<command>item|caption|bibitem|author|date|title|abstract)\*?(?![A-Za-z])|\x02(?P<code>\d+)\x02"
    r"|(?P<break>\n[ \t]*\n\s*|\\par(?![A-Za-z]))"
)


def parse(data: bytes, builder: DocumentBuilder) -> None:
    codes: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        codes.append(_code(found[1], found[3]))
        return f"\x02{len(codes) - 1}\x02"

    source = VERBATIM.sub(set_aside, clean(decode(data)))
    source = without_comments(VERB.sub(lambda found: _escaped(found[2]), source))
    preamble, begun, body = source.partition("\\begin{document}")
    macros = Macros(source)
    _Document(builder, macros, codes).read(f"{_title_commands(preamble)}\n\n{body}" if begun else source)


def _title_commands(preamble: str) -> str:
    """The commands before the document that print something on its first page."""
    found = re.finditer(r"\\(?:title|subtitle|author|date)\s*(?:\[[^\[\]]*\])?(?=\{)", preamble)
    return "\n\n".join(f"{match[0]}{{{argument(preamble, match.end())[0]}}}" for match in found)


def _code(environment: str, text: str) -> str:
    _, place = option(text, 0) if environment in {"lstlisting", "minted", "Verbatim"} else ("", 0)
    if environment == "minted":
        _, place = argument(text, place)
    return text[place:]


def _escaped(text: str) -> str:
    return SPECIAL.sub(lambda found: "\\textbackslash{}" if found[0] == "\\" else f"\\{found[0]}", text)


class _Document:
    """Walks through the body; environments that are open lie on a stack."""

    def __init__(self, builder: DocumentBuilder, macros: Macros, codes: list[str]) -> None:
        self._builder = builder
        self._macros = macros
        self._codes = codes
        self._open: list[str] = []
        self._numbers: list[int] = []  # of the items of each open list
        self._pending = ""  # source of the block that is being read
        self._kind: BlockKind = "paragraph"
        self._mark = ""  # number or name of the item
        self._caption = ""

    def read(self, source: str) -> None:
        place = 0
        while found := BLOCK.search(source, place):
            self._pending += source[place : found.start()]
            place = self._take(source, found)
        self._pending += source[place:]
        self._flush()

    def _take(self, source: str, found: re.Match[str]) -> int:
        """Handle a command that begins or ends a block. Returns where the reading goes on."""
        place = found.end()
        if found["edge"]:
            return self._begin(source, found, place) if found["edge"] == "begin" else self._end(found, place)
        if found["heading"]:
            self._flush()
            _, place = option(source, place)
            title, place = argument(source, place)
            self._builder.add("heading", inline(title, self._macros), HEADINGS[found["heading"]])
        elif found["command"]:
            return self._command(source, found["command"], place)
        else:
            self._flush()
            if found["code"] and int(found["code"]) < len(self._codes):
                self._builder.add("code", self._codes[int(found["code"])])
        return place

    def _command(self, source: str, command: str, place: int) -> int:
        named, place = option(source, place)
        if command == "item":
            self._flush()
            self._kind, self._mark = "list_item", inline(named, self._macros) or self._number()
            return place
        given, place = argument(source, place)
        self._flush()
        if command == "bibitem":
            self._kind, self._mark = "list_item", f"[{given}]"
        elif command == "caption" and self._open[-1:] in (["table"], ["table*"]):
            self._caption = f"{self._caption} {inline(given, self._macros)}".strip()
        elif command == "title":
            self._builder.add("heading", inline(given, self._macros), 1)
        else:
            self._builder.add("paragraph", inline(given, self._macros))
        return place

    def _begin(self, source: str, found: re.Match[str], place: int) -> int:
        environment = found["environment"].strip()
        if environment in DROPPED or environment in TABLES:
            end, behind = _end_of(source, environment, place)
            self._flush()
            if environment in TABLES:
                rows = table_rows(source[place:end], environment, self._macros)
                self._builder.add_table(rows, caption=self._caption)
                self._caption = ""
            return behind
        self._open.append(environment)
        named, place = option(source, place)
        for _ in range(ARGUMENTS.get(environment, 0)):
            _, place = argument(source, place)
        if environment in LISTS:
            self._flush()
            self._numbers.append(0)
        elif environment in STATEMENTS:
            self._flush()
            self._pending = f"{environment.capitalize()}{f' ({named})' if named else ''}. "
        elif environment == "abstract":
            self._flush()
            self._builder.add("heading", "Abstract", 2)
        elif environment == "frame" and source[place : place + 1] == "{":
            self._flush()
            title, place = argument(source, place)
            self._builder.add("heading", inline(title, self._macros), 3)
        return place

    def _end(self, found: re.Match[str], place: int) -> int:
        environment = found["environment"].strip()
        if environment in self._open:
            while self._open.pop() != environment:
                pass
        if environment in LISTS:
            self._flush()
            self._numbers = self._numbers[:-1]
            self._kind, self._mark = "paragraph", ""
        elif environment in {"table", "table*", "abstract", *STATEMENTS}:
            self._flush()
            self._builder.add("paragraph", self._caption)
            self._caption = ""
        return place

    def _number(self) -> str:
        """The number that LaTeX prints before an item; empty if it prints a mark."""
        lists = [name for name in self._open if name in LISTS]
        if not self._numbers or not lists or lists[-1] != "enumerate":
            return ""
        self._numbers[-1] += 1
        number = self._numbers[-1]
        letter = chr(96 + number) if number <= 26 else str(number)
        return f"({letter})" if lists.count("enumerate") == 2 else f"{number}."

    def _flush(self) -> None:
        text = inline(self._pending, self._macros)
        self._pending = ""
        if text and self._mark:
            text = f"{self._mark} {text}"
        self._builder.add(self._kind, text)
        self._mark = "" if text else self._mark


def _end_of(source: str, environment: str, place: int) -> tuple[int, int]:
    """Where an environment ends, and where the text behind it begins."""
    depth = 1
    for found in re.compile(rf"\\(begin|end)\s*\{{{re.escape(environment)}\}}").finditer(source, place):
        depth += 1 if found[1] == "begin" else -1
        if not depth:
            return found.start(), found.end()
    return len(source), len(source)
