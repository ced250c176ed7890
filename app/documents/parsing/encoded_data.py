"""Files written as text (base64): pictures in data URIs, certificates, attachments in a body. They say nothing."""

from __future__ import annotations

import re

SHORTEST = 256  # characters: what is shorter may be a key or a code that someone looks for
LINE = 44  # characters of a line of wrapped base64, at least
DIGIT = r"[A-Za-z0-9+/_-]"
# Further lines, and a last one that is no word: it is padded, alone on its line with a figure, a sign or a capital
# inside, or behind a space with figures, small and capital letters.
FURTHER = (
    rf"(?:\s{{1,20}}{DIGIT}{{{LINE},}})*={{0,2}}(?:\s{{1,20}}{DIGIT}+={{1,2}}"
    rf"|[ \t]{{0,20}}\n[ \t]{{0,20}}(?={DIGIT}*(?:\d|[a-z][A-Z]|[+/])){DIGIT}+[ \t]*$"
    rf"|[ ](?={DIGIT}*\d)(?={DIGIT}*[a-z])(?={DIGIT}*[A-Z]){DIGIT}{{8,}}(?=\s|\Z))?"
)
DATA_URI = re.compile(
    rf"(?m)data:[\w.+-]{{0,60}}(?:/[\w.+-]{{1,80}})?(?:;[\w.=-]{{1,60}}){{0,4}};base64,\s{{0,20}}{DIGIT}*{FURTHER}"
)
ESCAPED_URI = re.compile(r"data:(?:image|font|audio|video)/[\w.+-]{1,80}(?:;[\w.=-]{1,60}){0,4},[^\s\"'<>()]{60,}")
RUN = re.compile(rf"(?m)(?<![A-Za-z0-9+/_=-]){DIGIT}{{{LINE},}}{FURTHER}")
IN_ADDRESS = re.compile(r"[a-z]{2,10}://\S*\Z")
ADDRESS_CHARS = 2000
LETTERS = 0.15  # share of small and of capital letters, at least; random base64 has 0.4 of each
NUMERALS = 0.04  # share of the figures 0 to 9; random base64 has 0.16


def without_encoded_data(text: str) -> str:
    """`text` without runs of base64."""
    if len(text) < SHORTEST:
        return text
    if ";base64," in text:
        text = DATA_URI.sub(_gap, text)
    if "data:" in text:
        text = ESCAPED_URI.sub(_gap, text)
    return RUN.sub(_kept, text)


def _kept(found: re.Match[str]) -> str:
    """The run as it is if it may be anything else: a path, a sequence of a gene, a part of an address."""
    run = found[0]
    if len(run) < SHORTEST or not _is_random(run):
        return run
    before = found.string[max(found.start() - ADDRESS_CHARS, 0) : found.start()]
    return run if IN_ADDRESS.search(before) else _gap(found)


def _gap(found: re.Match[str]) -> str:
    """What stands in place of a run: a blank, unless there is white space before it."""
    return "" if found.string[found.start() - 1 : found.start()].isspace() else " "


def _is_random(run: str) -> bool:
    size = len(run)
    small, capital = sum(map(str.islower, run)), sum(map(str.isupper, run))
    return min(small, capital) > LETTERS * size and sum(map(str.isdigit, run)) > NUMERALS * size
