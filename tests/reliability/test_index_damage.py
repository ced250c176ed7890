"""A short run of the damaged index files."""

from __future__ import annotations

from tests.reliability.index_damage import damage_indexes


def test_damaged_index_is_rebuilt_and_never_answers_wrongly() -> None:
    rows = damage_indexes(2)
    assert len(rows) == 6
    for row in rows:
        assert (row["wrong"], row["rebuilt"]) == (0, row["files"]), row
