"""Lines of programs that define something: by the words and brackets that most languages share."""

from __future__ import annotations

import re

from app.documents.parsing.languages import Cut

LONGEST_LINE = 400  # characters of a line that is looked at
LONGEST_NAME = 80
SCOPES = (
    "class interface struct enum trait impl union protocol extension record object module namespace defmodule mod"
    " contract"
)
FUNCTIONS = (
    "def defp defmacro fn func fun function sub procedure proc subroutine macro table view trigger type service message"
    " resource"
)
MODIFIERS = (
    "export default public private protected internal static final abstract async pub unsafe extern inline virtual"
    " override open sealed data partial const declare global local create or replace temporary materialized case"
    " suspend companion readonly recursive pure elemental"
)
_MODIFIERS = rf"(?:(?:{'|'.join(MODIFIERS.split())})(?:\([\w ]+\))?\s+)*"
KEYWORD = re.compile(
    rf"\s*\(?{_MODIFIERS}(?:{'|'.join((SCOPES + ' ' + FUNCTIONS).split())})\b\s+[*&]?[\w$\"'`(\[<.:@]",
    re.IGNORECASE,
)
SCOPE = re.compile(rf"{_MODIFIERS}(?:{'|'.join(SCOPES.split())})\b", re.IGNORECASE)
ARROW = re.compile(
    r"\s*(?:export\s+)?(?:default\s+)?(?:const|let|var)\s+[\w$]+\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|\(.*=>|\w+\s*=>|\($)"
)
# A type and a name before brackets, or the name of a method: `static int load(int weight) {`, `load(weight) {`.
BRACKETS = re.compile(r"\s*(?:[\w:<>\[\],*&~?.@]+\s+)*[*&]*[~\w$:]+\s*\([^;]*\)?[^;=()]*$")
CONTROL = re.compile(
    r"\s*(?:if|else|for|foreach|while|do|switch|match|case|catch|try|with|return|throw|new|using|lock|elif|until|when"
    r"|unless|await|yield|print|assert|not|and|or|in|select|insert|update|delete|where)\b",
    re.IGNORECASE,
)
ASSIGNED = re.compile(r"\s*([\w.]+)\s*(?:<-|=)\s*function\s*\(")  # R and Lua
SHELL = re.compile(r"\s*[\w:-]+\s*\(\)\s*\{?\s*$")
SECTION = re.compile(r"\[[^\[\]]{1,120}\]\s*(?:[#;].*)?$|\[\[[^\[\]]{1,120}\]\]\s*(?:#.*)?$")
KEY = re.compile(r"[\w./$%(){}-][\w ./$%(){}-]{0,80}:(?!=)(?:\s.*)?$")
PROSE_END = (".", "?", "!", ",")


def definition_of(lines: list[str], place: int, cut: Cut) -> str:
    """What the line defines, as it is written but for what opens its body; empty if it defines nothing."""
    line = lines[place]
    if len(line) > LONGEST_LINE:
        return ""
    if cut == "sections":
        return line.split("#")[0].strip() if SECTION.match(line) else ""
    if cut == "keys":
        return line.partition(":")[0].strip() if KEY.match(line) and _has_body(lines, place) else ""
    return _name(line) if cut == "definitions" and _defines(lines, place) else ""


def opens_scope(name: str) -> bool:
    """True for what holds definitions of its own, such as a class."""
    return SCOPE.match(name) is not None


def _defines(lines: list[str], place: int) -> bool:
    line = lines[place].rstrip()
    if CONTROL.match(line) or (line.rstrip("\"'` ").endswith(PROSE_END) and not line.endswith("...")):
        return False
    if KEYWORD.match(line) or ARROW.match(line) or ASSIGNED.match(line) or SHELL.match(line):
        return True
    following = next((text.strip() for text in lines[place + 1 : place + 2]), "")
    opens = line.endswith("{") or following.startswith("{")
    return opens and "=>" not in line and "(" in line and BRACKETS.match(line) is not None


def _has_body(lines: list[str], place: int) -> bool:
    """True if indented lines or list items follow a key."""
    following = next((text for text in lines[place + 1 : place + 4] if text.strip()), "")
    return following[:1].isspace() or following.startswith("- ")


def _name(line: str) -> str:
    name = " ".join(line.split())
    name = re.sub(r"\s*(?:[{:(]|\bdo|\bthen|=>\s*\{?|=)\s*$", "", name)
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit(" ", 1)[0] + "…"
