"""Marks of AsciiDoc within a line: emphasis, links, footnotes, references and attributes become plain words."""

from __future__ import annotations

import re

from app.documents.parsing.text_cleanup import collapse_spaces

ATTRIBUTE = re.compile(r"\{([\w-]+)\}")
CHARACTERS = {
    "nbsp": " ", "zwsp": "", "amp": "&", "lt": "<", "gt": ">", "empty": "", "sp": " ", "plus": "+", "deg": "°",
    "apos": "'", "quot": '"', "startsb": "[", "endsb": "]", "vbar": "|", "asterisk": "*", "backslash": "\\",
}  # fmt: skip
FOOTNOTE = re.compile(r"footnote(?:ref)?:[\w-]*\[([^\[\]]*)\]")
MACRO = re.compile(
    r"(?:kbd|btn|menu|pass|stem|latexmath|asciimath|icon|anchor|indexterm2?|xref|image|mailto):([^\s\[\]]*)\[([^\[\]]*)\]"
)
ADDRESS = re.compile(r"(?:link:)?((?:https?|ftp)://[^\s\[\]<>]+|(?<=link:)[^\s\[\]]+)\[([^\[\]]*)\]")
REFERENCE = re.compile(r"<<([^<>,]+)(?:,\s*([^<>]+))?>>")
ANCHOR = re.compile(r"\[\[[^\[\]]*\]\]|\(\(\([^()]*\)\)\)|\[(?:#|\.)[\w.#-]+\](?=[#*_`])")
TERM = re.compile(r"\(\(([^()]+)\)\)")
MARKED = [
    re.compile(r"(\*\*|__|``|##|\+\+)(?=\S)(.{1,400}?)\1"),
    re.compile(r"(?<![\w*])([*_`#+])(?=\S)((?:(?!\1).){0,400}?\S)\1(?!\w)"),
]
RAISED = re.compile(r"\^(\S{1,80}?)\^")
LOWERED = re.compile(r"~(\S{1,80}?)~")
SIGNS = [("(C)", "©"), ("(R)", "®"), ("(TM)", "™"), ("...", "…"), (" -- ", " — "), ("->", "→"), ("=>", "⇒")]


def plain(text: str, attributes: dict[str, str]) -> str:
    """The words of a line as its reader sees them; addresses and footnotes at their place."""
    text = ATTRIBUTE.sub(lambda found: attributes.get(found[1].lower(), CHARACTERS.get(found[1], found[0])), text)
    text = FOOTNOTE.sub(lambda found: f" ({found[1]})" if found[1] else "", text)
    text = ADDRESS.sub(_address, text)
    text = MACRO.sub(_macro, text)
    text = REFERENCE.sub(lambda found: found[2] or found[1].replace("_", " ").strip("# "), text)
    text = TERM.sub(r"\1", ANCHOR.sub("", text))
    for _ in range(2):
        for marks in MARKED:
            text = marks.sub(r"\2", text)
    text = LOWERED.sub(r"\1", RAISED.sub(r"^\1", text))
    for written, sign in SIGNS:
        text = text.replace(written, sign)
    return collapse_spaces(text)


def _address(found: re.Match[str]) -> str:
    words = found[2].split(",")[0].strip().strip('"').rstrip("^")
    return f"{words} ({found[1]})" if words else found[1]


def _macro(found: re.Match[str]) -> str:
    words = found[2].replace("&gt;", ">").strip('"')
    return words or found[1].replace("_", " ").strip("#")
