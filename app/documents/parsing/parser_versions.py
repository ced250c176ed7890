"""Versions of the parsers. Documents that another version read are read again in the background.

Raise the number of a parser when it reads more or otherwise than before, and SHARED when what all of them use does.
"""

from __future__ import annotations

from app.documents.parsing import media_types as types
from app.documents.parsing.formats import PARSERS

SHARED = 1  # detection of media types, the builder with its tables, clean-up of text
MODULES = {"pdf": 1, "docx": 1}  # modules of `formats`; 1 if not listed
CONTAINERS = frozenset({types.EML, types.MBOX, types.MSG, types.ZIP, types.GZIP})  # hold files of any type


def parser_version(media_type: str) -> str:
    """The version of what reads files of this type: of every parser if they may hold other files."""
    module = PARSERS[media_type].partition(".")[0]
    number = sum(MODULES.values()) if media_type in CONTAINERS else MODULES.get(module, 1)
    return f"{SHARED}.{number}"


def parser_versions() -> dict[str, str]:
    """The current version for each media type."""
    return {media_type: parser_version(media_type) for media_type in PARSERS}
