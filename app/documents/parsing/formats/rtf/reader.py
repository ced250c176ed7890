"""Reads RTF token by token, without recursion: groups, what holds in them, and which of them are shown."""

from __future__ import annotations

import re

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.docx.styles import heading_level
from app.documents.parsing.formats.rtf.assembly import OWN_TEXTS, Assembly
from app.documents.parsing.formats.rtf.state import BODY, IGNORED, State
from app.documents.parsing.formats.rtf.tokens import CHARSETS, SYMBOL_CHARSET, Token, codepage, tokens
from app.documents.parsing.formats.symbol_fonts import is_symbol_font, symbol_text
from app.errors import DocumentFailure

MAX_DEPTH = 2000
HYPERLINK = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')
TICKED, UNTICKED = "☒", "☐"
FORM_DEFAULT, CHECK_BOX = 25, 1  # a form field holds what it was made with; its kind
NO_OUTLINE = 9
RAISED_FROM = 4  # half-points above the line
SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ", "mden": "/", "msup": "^",
}  # fmt: skip
SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
LEFT_OUT = set(
    "colortbl info pict nonshppict shprslt objdata themedata colorschememapping datastore latentstyles listtable "
    "listpicture listoverridetable rsidtbl generator xmlnstbl xe tc tcn rxe revtbl filetbl template operator userprops "
    "docvar wgrffmtfilter mmathPr pgptbl bkmkstart bkmkend background atnid atnref atndate atnicn atrfstart atrfend "
    "upr ffname ffhelptext ffstattext ffl datafield sn sv sp ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pnseclvl pn "
    "nonesttables nesttableprops shpinst formfield".split()
)
COLLECTED = {"fonttbl", "stylesheet", "fldinst", "listtext", "pntext", "atnauthor"}
AGAIN = {"ud": "upr", "shptxt": "shpinst", "formfield": "fldinst"}  # what a group that is left out holds after all
KNOWN = LEFT_OUT | OWN_TEXTS | COLLECTED | {"field", "fldrslt", "ud", "moMath"}
SWITCHES = {"b": "bold", "v": "hidden", "deleted": "deleted", "super": "raised", "intbl": "in_table"}
ENTRIES = {"fcharset": "charset", "fftype": "form", "ffres": "result", "ffdefres": "default"}
STEPS = {
    "par": Assembly.end_paragraph,
    "sect": Assembly.end_paragraph,
    "page": Assembly.end_paragraph,
    "pard": Assembly.begin_paragraph,
    "cell": Assembly.end_cell,
    "row": Assembly.end_row,
    "trowd": Assembly.begin_row,
    "nestcell": Assembly.end_inner_cell,
}


class Reader:
    """Reads one file. Raises DocumentFailure if its groups are nested too deeply."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._assembly = Assembly(builder)
        self._state = State()
        self._stack: list[State] = []
        self._charset = codepage(1252)
        self._fonts: dict[int, tuple[str, str]] = {}  # encoding (empty: symbols) and name
        self._headings: dict[int, int] = {}  # level by style
        self._entry: dict[str, int] = {}  # of the font, style or form field that is being described
        self._collected = ""  # name of a font or style, code of a field, label of a list item
        self._codes: list[str] = []  # of the fields around this place
        self._skip = 0  # characters that only stand for the one before
        self._bytes = b""
        self._optional = False  # whether \* stands before the next word

    def read(self, data: bytes) -> None:
        """Raises ValueError if the file is no RTF."""
        if not data.lstrip().startswith(b"{\\rtf"):
            raise ValueError("no RTF")
        for token in tokens(data):
            if token.kind != "byte":
                self._decode()
            self._take(token)
        self._decode()
        self._assembly.finish()

    def _take(self, token: Token) -> None:
        match token.kind:
            case "open":
                if len(self._stack) >= MAX_DEPTH:
                    raise DocumentFailure("nested_too_deeply", "The RTF file is nested too deeply to be read.")
                self._stack.append(self._state)
                self._state = self._state.inner()
                self._skip, self._optional = 0, False
            case "close":
                self._close()
            case "word":
                self._word(token.value.decode("ascii"), token.number)
            case "symbol":
                self._symbol(token.value)
            case _:
                self._bytes += token.value[self._skip :]
                self._skip = max(0, self._skip - len(token.value))
                if token.kind == "text":
                    self._decode()

    def _symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self._optional = True
        elif self._skip:
            self._skip -= 1
        elif sign in {b"\r", b"\n"}:
            self._assembly.end_paragraph(self._state)
        elif sign in SYMBOLS:
            self._add(SYMBOLS[sign])

    def _decode(self) -> None:
        """Add the bytes so far, which may make characters of several bytes."""
        if self._bytes:
            found, self._bytes = self._bytes, b""
            encoding = self._fonts.get(self._state.font, (self._charset, ""))[0]
            self._add_in_font(found.decode(encoding or "latin-1", errors="replace"))

    def _add_in_font(self, text: str) -> None:
        encoding, name = self._fonts.get(self._state.font, (self._charset, ""))
        self._add(text if encoding else symbol_text(name, text))

    def _add(self, text: str) -> None:
        state = self._state
        if state.destination in COLLECTED:
            self._collected += text
            if state.destination in {"fonttbl", "stylesheet"} and text.endswith(";"):
                self._describe(self._collected.strip("; "))
                self._collected = ""
        elif state.destination == BODY and not state.deleted:
            self._assembly.text.add(text, state)

    def _describe(self, name: str) -> None:
        """Take in a font or style whose description has ended."""
        if self._state.destination == "stylesheet":
            self._headings[self._entry.pop("style", 0)] = heading_level(name)
            return
        charset = self._entry.pop("charset", 0)
        symbols = charset == SYMBOL_CHARSET and is_symbol_font(name)
        usual = CHARSETS.get(charset, self._charset) if charset else self._charset
        self._fonts[self._state.font] = ("" if symbols else usual, name)

    def _word(self, word: str, number: int | None) -> None:
        optional, self._optional = self._optional, False
        value = 1 if number is None else number
        if word in KNOWN:
            self._open(word)
        elif optional:
            self._state.destination = IGNORED
        elif word in SIGNS:
            self._add(SIGNS[word])
        elif word in STEPS and self._state.destination == BODY:
            STEPS[word](self._assembly, self._state)
        elif word in SWITCHES:
            setattr(self._state, SWITCHES[word], value != 0)
        elif word in ENTRIES:
            self._entry[ENTRIES[word]] = value
        else:
            self._format(word, value)

    def _format(self, word: str, value: int) -> None:
        if word in {"u", "uc", "f", "deff", "ansicpg", "chftn"}:
            self._character(word, value)
        elif word in {"trhdr", "cellx", "clmrg", "clvmrg"}:
            self._row(word, value)
        elif word == "plain":
            self._state.plain()
        elif word in {"sub", "nosupersub", "dn", "up"}:
            self._state.raised = word == "up" and value >= RAISED_FROM
        elif word == "s" and self._state.destination == "stylesheet":
            self._entry["style"] = value
        elif word == "s":
            self._state.heading = self._headings.get(value, 0)
        elif word == "outlinelevel" and self._state.destination == BODY:
            self._state.heading = value + 1 if 0 <= value < NO_OUTLINE else 0

    def _character(self, word: str, value: int) -> None:
        if word == "u":
            self._skip = max(self._state.skip, 0)
            self._add_in_font(chr(value % 0x10000))
        elif word == "uc":
            self._state.skip = value
        elif word == "ansicpg":
            self._charset = codepage(value)
        elif word == "chftn" and self._state.destination == BODY:
            self._assembly.note_number(self._state)
        elif word in {"f", "deff"}:
            self._state.font = value

    def _row(self, word: str, value: int) -> None:
        row = self._assembly.row
        if word == "trhdr":
            row.is_header = True
        elif word == "cellx":
            row.end_cell(value)
        else:
            row.next.beside = row.next.beside or word == "clmrg"
            row.next.below = row.next.below or word == "clvmrg"

    def _open(self, word: str) -> None:
        """Begin what a group holds by its first word."""
        state = self._state
        if state.destination not in {BODY, AGAIN.get(word, BODY)}:
            return
        state.owner = word
        if word in OWN_TEXTS:
            self._assembly.begin_text()
            state.plain()
            state.destination, state.in_table, state.heading = BODY, False, 0
        elif word in LEFT_OUT or word in COLLECTED:
            state.destination = word
            self._collected = "" if word in COLLECTED else self._collected
        elif word == "field":
            self._codes.append("")
            state.link_start = len(self._assembly.text.line)
        else:
            state.destination = BODY

    def _close(self) -> None:
        """End a group and take in what it was for."""
        state = self._state
        self._state = self._stack.pop() if self._stack else State()
        self._skip = 0
        text = self._assembly.text
        match state.owner:
            case "fldinst" if self._codes:
                self._codes[-1] = self._collected
            case "field" if self._codes:
                if matched := HYPERLINK.match(self._codes.pop()):
                    text.line.close_link(min(state.link_start, len(text.line)), matched.group(1))
            case "listtext" | "pntext":
                label = self._collected.strip()
                text.label, text.in_list = (label if any(char.isalnum() for char in label) else ""), True
            case "atnauthor":
                self._assembly.author = self._collected.strip()
            case "formfield":
                self._tick()
            case owner if owner in OWN_TEXTS:
                self._assembly.end_text(owner)

    def _tick(self) -> None:
        """Show the tick of a form field."""
        chosen, default = self._entry.pop("result", FORM_DEFAULT), self._entry.pop("default", 0)
        if self._entry.pop("form", 0) == CHECK_BOX:
            ticked = default if chosen == FORM_DEFAULT else chosen
            self._assembly.text.add(TICKED if ticked else UNTICKED, self._state)
