"""The normal form of text: alike for all that a reader sees alike, however a program wrote it.

Documents, questions and names pass through it before anything compares or counts their characters.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from app.domain.stored_values import storable

MARK_CHARS, ENDING_CHARS = 12, 16  # of names that are cut
JOINERS = "\u200c\u200d"
# Where joiners change what is shown: Arabic to Sinhala, Tibetan to Mongolian, and pictures made of several.
JOINING = "\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
SPACELESS = "\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff"  # scripts in which a space without width divides words

# Any character that the rules below change: most texts have none.
CHANGED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0132\u0133\u034f\u061c\u200b-\u2011\u2028-\u202e\u2060-\u206f\u2f00-\u2fd5\u3164"
    "\ud800-\udfff\ufb00-\ufb17\ufb50-\ufdc7\ufe00-\ufe0f\ufe70-\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff"
    "\U0001d400-\U0001d7ff\U000e0000-\U000e0fff]"
)
SOFT_DIVISION = re.compile(r"\u00ad[^\S\n]*(?:\r\n|[\n\r\x0b\u2028])[^\S\n]*(?=\w)")
LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028]")
LEFT_OUT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff"  # control characters, lone surrogates, no characters
    "\u00ad\u034f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e0fff]"
    f"|(?<![{JOINING}])[{JOINERS}]|[{JOINERS}](?![{JOINING}])"
    f"|(?<![{SPACELESS}])\u200b|\u200b(?![{SPACELESS}])"
)
# Ligatures, Arabic letters by their place in the word, radicals in place of Chinese characters, letters in the styles
# of formulas: the same letters in another dress.
DRESSED = re.compile(
    "[\u0132\u0133\u2f00-\u2fd5\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc"
    "\U0001d400-\U0001d7ff]"
)
WINDOWS_MARKS = re.compile("[\x80-\x84\x86-\x9f]")  # quotation marks and dashes that were decoded as ISO 8859-1
BLANK = re.compile("[\u3164\uffa0]")
HYPHEN = re.compile("[\u2010\u2011]")  # also the one at which no line ends


def normal_form(text: str) -> str:
    """`text` with composed letters (NFC), lines that end with \\n, and without characters that nobody sees.

    Words keep their case, accents and compatibility forms such as "²". Applying it twice changes nothing.
    """
    if CHANGED.search(text) is None:
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if not text.isascii():
        text = _composed(text)
    return LEFT_OUT.sub("", LINE_END.sub("\n", text))


def normal_name(name: str) -> str:
    """A name of a file or a collection as it is stored and compared: its normal form on one line, with plain spaces.

    Has no characters that cannot be shown. May be empty.
    """
    shown = (" " if char.isspace() else char for char in normal_form(name))
    return "".join(char for char in shown if char.isprintable() or char in JOINERS).strip()


def shown_name(declared: str) -> str:
    """The normal form of a name. Raises ValueError if it has none or cannot be stored."""
    name = normal_name(storable(declared))
    if not name:
        raise ValueError("must have characters that can be shown")
    return name


def addressable_name(name: str) -> str:
    """The name itself. Raises ValueError if a path with it names another thing, as clients and the service read it."""
    if name.endswith(("/", "/reparse")) or not {".", ".."}.isdisjoint(name.split("/")):
        raise ValueError('must not end with "/" or "/reparse", nor have a part "." or ".."')
    return name


def shortened_name(name: str, max_chars: int) -> str:
    """A normal name of at most `max_chars`: a longer one keeps its ending and gets a mark that tells it from others."""
    if len(name) <= max_chars:
        return name
    mark = f"~{hashlib.sha256(name.encode()).hexdigest()[:MARK_CHARS]}"
    stem, dot, ending = name.rpartition(".")
    kept = f"{mark}.{ending}" if stem and dot and len(ending) <= ENDING_CHARS else mark
    return name[: max_chars - len(kept)].rstrip() + kept


def _composed(text: str) -> str:
    """What only text beyond ASCII needs."""
    text = HYPHEN.sub("-", SOFT_DIVISION.sub("", text).replace("\u2029", "\n\n"))
    text = WINDOWS_MARKS.sub(lambda found: found[0].encode("latin-1").decode("cp1252", "ignore"), text)
    text = DRESSED.sub(lambda found: unicodedata.normalize("NFKC", found[0]).strip(), BLANK.sub(" ", text))
    return unicodedata.normalize("NFC", LEFT_OUT.sub("", LINE_END.sub("\n", text)))
