"""Text of LaTeX within a paragraph, a heading or a cell: commands become what they print."""

from __future__ import annotations

import re

from app.documents.parsing.formats.latex.source import Macros, argument, option
from app.documents.parsing.formats.latex.symbols import ACCENTS, MATH_ACCENTS, SIGNS, SPACES, UNITS
from app.documents.parsing.text_cleanup import collapse_spaces

TOKEN = re.compile(
    r"\\(?:([A-Za-z@]+)\*?[ \t]*\n?[ \t]*|(.))|([{}$&~_^])|(---?|``|'')|([^\\{}$&~_^`'-]+)|(.)", re.DOTALL
)
DASHES = {"---": "—", "--": "–", "``": "“", "''": "”"}
SPACING = {
    ",": " ",
    ";": " ",
    ":": " ",
    " ": " ",
    "!": "",
    "\\": "\n",
    "-": "",
    "/": "",
    "(": "",
    ")": "",
    "[": "",
    "]": "",
}
# Commands whose arguments are not shown: how many there are.
HIDDEN = {
    **dict.fromkeys(
        """label index vspace hspace vskip input include includegraphics bibliographystyle bibliography pagestyle cline
        usepackage thispagestyle addcontentsline color pagenumbering nocite hypersetup graphicspath phantom cmidrule
        hyphenation enlargethispage documentclass noalign vphantom hphantom pdfbookmark usetikzlibrary rowcolor
        cellcolor textcolor""".split(),
        1,
    ),
    **dict.fromkeys(
        """setlength addtolength setcounter addtocounter rule fontsize newcommand renewcommand providecommand newtheorem
        DeclareMathOperator""".split(),
        2,
    ),
    **dict.fromkeys(("definecolor", "addcontentsline"), 3),
}
CITED = set(
    "cite citep citet citeauthor parencite textcite autocite ref eqref cref Cref autoref pageref nameref vref".split()
)
# Commands with arguments that are shown: what stands before each group and behind it.
FRAMED = {
    "footnote": [(" (", ")")],
    "footnotetext": [(" (", ")")],
    "frac": [("(", ")"), ("/(", ")")],
    "dfrac": [("(", ")"), ("/(", ")")],
    "tfrac": [("(", ")"), ("/(", ")")],
    "nicefrac": [("", ""), ("/", "")],
    "sqrt": [("√(", ")")],
    "binom": [("(", ""), (" over ", ")")],
    "textsuperscript": [("^", "")],
    "textsubscript": [("", "")],
    "enquote": [("“", "”")],
    "todo": [("[", "]")],
}
MAX_TOKENS = 5_000_000


def inline(source: str, macros: Macros) -> str:
    """The text of a piece of source, on one line."""
    return _Inline(source, macros).text()


class _Inline:
    """Reads the source from left to right; macros are read in place of their names. No recursion."""

    def __init__(self, source: str, macros: Macros) -> None:
        self._source = source
        self._macros = macros
        self._place = 0
        self._out: list[str] = []
        self._closers: list[str] = []  # what to write at each closing brace
        self._frames: list[tuple[str, str]] = []  # of the groups that follow

    def text(self) -> str:
        for _ in range(MAX_TOKENS):
            found = TOKEN.match(self._source, self._place)
            if found is None:
                break
            self._place = found.end()
            self._take(found)
        return collapse_spaces("".join(self._out))

    def _take(self, found: re.Match[str]) -> None:
        name, sign, mark, dashes, words, other = found.groups()
        if name is not None:
            self._command(name, found[0])
        elif sign is not None:
            self._sign(sign)
        elif mark is not None:
            self._mark(mark)
        else:
            self._out.append(DASHES[dashes] if dashes else words or other)

    def _mark(self, mark: str) -> None:
        if mark == "{":
            before, behind = self._frames.pop(0) if self._frames else ("", "")
            self._out.append(before)
            self._closers.append(behind)
        elif mark == "}":
            self._out.append(self._closers.pop() if self._closers else "")
        elif mark in "_^":
            self._script(mark)
        else:
            self._out.append(" " if mark in "&~" else "")

    def _script(self, mark: str) -> None:
        """Raised figures follow a ^; lowered figures follow their letter, as in H2O."""
        given, end = argument(self._source, self._place)
        if mark == "^" and given.strip() in {"\\circ", "\\degree"}:
            self._out.append("°")
            self._place = end
        elif mark == "^" or not given.strip().isdecimal():
            self._out.append(mark)

    def _sign(self, sign: str) -> None:
        if sign in ACCENTS:
            self._accent(ACCENTS[sign])
        else:
            self._out.append(SPACING.get(sign, sign))

    def _accent(self, mark: str) -> None:
        given, self._place = argument(self._source, self._place)
        letter = {"\\i": "i", "\\j": "j"}.get(given.strip(), given)
        self._out.append(letter[:1] + mark + letter[1:])

    def _command(self, name: str, written: str) -> None:
        if expanded := self._macros.expanded(name, self._source, self._place):
            self._source = expanded[0] + self._source[expanded[1] :]
            self._place = 0
        elif name in HIDDEN:
            for _ in range(HIDDEN[name]):
                _, self._place = option(self._source, self._place)
                _, self._place = argument(self._source, self._place)
        elif name in CITED:
            _, self._place = option(self._source, self._place)
            key, self._place = argument(self._source, self._place)
            self._out.append(f"[{key}]")
        elif name in {"href", "url", "SI", "qty", "num", "si", "unit"}:
            self._address_or_quantity(name)
        elif name in FRAMED:
            _, self._place = option(self._source, self._place)
            self._frames = [*FRAMED[name], *self._frames]
        elif name in MATH_ACCENTS or (len(name) == 1 and name in ACCENTS and name not in SIGNS):
            self._accent(MATH_ACCENTS.get(name) or ACCENTS[name])
        elif name in SIGNS:
            sign = SIGNS[name]
            spaced = written[-1].isspace() and (len(sign) > 1 or not sign.isalpha())  # "Stra\\ss e" is one word
            self._out.append(f"{sign} " if spaced else sign)
        else:
            self._out.append(" " if name in SPACES else "")
            _, self._place = option(self._source, self._place)

    def _address_or_quantity(self, name: str) -> None:
        _, self._place = option(self._source, self._place)
        given, self._place = argument(self._source, self._place)
        if name == "href":
            self._frames = [("", f" ({given})"), *self._frames]
        elif name in {"SI", "qty"}:
            unit, self._place = argument(self._source, self._place)
            self._out.append(f"{given} {_unit(unit)}")
        else:
            self._out.append(_unit(given) if name in {"si", "unit"} else given)


def _unit(source: str) -> str:
    """Units by name: `\\kilo\\gram\\per\\cubic\\metre` is "kg/^3m", written "kg/m^3"."""
    said = re.sub(r"\\([A-Za-z]+)\s*", lambda found: UNITS.get(found[1], found[1]), source)
    said = re.sub(r"(\^[23])(k?[A-Za-zµ]+)", r"\2\1", said)
    return re.sub(r"\^\{(-?\d+)\}", r"^\1", said).replace("{", "").replace("}", "")
