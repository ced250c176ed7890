"""The source of a LaTeX file: comments taken out, arguments in braces found, and macros without conditions."""

from __future__ import annotations

import re

COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n[ \t]*(?=\S))?")
MACRO = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator)\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?:\[(\d)\])?\s*"
    r"(?:\[([^\[\]{}]*)\])?\s*(?=\{)"
)
MAX_MACROS = 500
MAX_EXPANSIONS = 20_000


def without_comments(source: str) -> str:
    return COMMENT.sub(r"\1", source)


def closing(source: str, place: int) -> int:
    """The place of the brace that closes the one at `place`; the end of the source if none does."""
    depth = 0
    for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(source, place):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] == "}":
            return found.start()
    return len(source)


def argument(source: str, place: int) -> tuple[str, int]:
    """The argument behind `place` and where it ends: a group in braces, a command, or one character."""
    while place < len(source) and source[place].isspace():
        place += 1
    if place >= len(source):
        return "", place
    if source[place] == "{":
        end = closing(source, place)
        return source[place + 1 : end], end + 1
    found = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL).match(source, place)
    end = found.end() if found else place + 1
    return source[place:end], end


def option(source: str, place: int) -> tuple[str, int]:
    """An argument in square brackets right at `place`, if there is one, and where it ends."""
    found = re.compile(r"\s*\[((?:[^\[\]{}]|\{[^{}]*\})*)\]").match(source, place)
    return (found[1], found.end()) if found else ("", place)


class Macros:
    """The author's own commands: their text with #1, #2 in place of arguments."""

    def __init__(self, source: str) -> None:
        self._texts: dict[str, tuple[int, str | None, str]] = {}
        self._expansions = 0
        for found in MACRO.finditer(source):
            if len(self._texts) < MAX_MACROS:
                text, _ = argument(source, found.end())
                self._texts[found[1]] = (int(found[2] or 0), found[3], text)

    def expanded(self, name: str, source: str, place: int) -> tuple[str, int] | None:
        """The text of the command with its arguments behind `place`, and where these end. None: it is not one."""
        known = self._texts.get(name)
        self._expansions += known is not None
        if known is None or self._expansions > MAX_EXPANSIONS:
            return None
        count, default, text = known
        for number in range(1, count + 1):
            if number == 1 and default is not None:
                given, place = option(source, place)
                given = given or default
            else:
                given, place = argument(source, place)
            text = text.replace(f"#{number}", given)
        return text, place
