"""SQL functions that SQLite's connections register in Python, written for PostgreSQL."""

from __future__ import annotations

import unicodedata

from sqlalchemy import Connection, text

# Unicode's own case folding, as Python has it, is there from PostgreSQL 18 on. Before, letters are put into lower case
# by the first of these that the server has, and what folding does to others is said one by one. Only Cherokee letters
# and nine old Cyrillic ones differ.
CASE_FOLDING_SERVER = 18
LOWER_CASE = ("und-x-icu", "pg_c_utf8", "default")  # collations
NAME = "folded"


def create_functions(connection: Connection) -> None:
    """Create or replace them. `folded` is `app.text.normalisation.folded`: text without case and accents."""
    major = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10_000
    known = set(connection.scalars(text("SELECT collname FROM pg_collation")))
    lower = next(name for name in LOWER_CASE if name in known)
    folds = major >= CASE_FOLDING_SERVER
    body = folded_sql('casefold($1 COLLATE "pg_unicode_fast")' if folds else lower_case_sql(lower))
    connection.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION {NAME}(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE "
        f"AS $body$ SELECT {body} $body$".replace("%", "%%")
    )


def folded_sql(without_case: str) -> str:
    """The expression that takes the accents from another."""
    return f"""regexp_replace(normalize({without_case}, NFKD), '[{_combining()}]', '', 'g')"""


def lower_case_sql(collation: str) -> str:
    """The expression of case folding by lower case: the iota below Greek letters, the final sigma and ß are left."""
    lower = f'lower(normalize($1, NFD) COLLATE "{collation}")'
    return f"replace(translate({lower}, '\u0345ς', 'ισ'), 'ß', 'ss')"


def _combining() -> str:
    """The combining characters, as the ranges of a regular expression."""
    ranges: list[list[int]] = []
    for code in range(0x110000):
        if unicodedata.combining(chr(code)):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\U{first:08x}" + (f"-\\U{last:08x}" if last > first else "") for first, last in ranges)
