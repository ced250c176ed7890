"""What the commands print: names and texts of others never reach the terminal as commands to it."""

from __future__ import annotations

import builtins
import re
from typing import TextIO

# Control characters but tab and line end, marks that turn the direction of text around, and lone surrogates.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def print(*values: object, end: str = "\n", file: TextIO | None = None, flush: bool = False) -> None:  # noqa: A001
    """The built-in `print`, with what a terminal could obey written as Python writes it: `\\x1b`."""
    builtins.print(*(harmless(str(value)) for value in values), end=end, file=file, flush=flush)


def harmless(text: str) -> str:
    """`text` with escapes in place of characters that a terminal obeys or that hide what is written."""
    return UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
