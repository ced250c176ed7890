"""Numbers of new rows go on behind every number that was ever used: a number that was deleted never comes back."""

from __future__ import annotations

from sqlalchemy import Column, Table, column, func, select, table
from sqlalchemy.orm import Session

from app.storage.sql.dialects.chunk_ids import last_reserved_chunk_id, skip_used_chunk_ids
from app.storage.sql.tables import ChunkRow

SEQUENCES = table("sqlite_sequence", column("name"), column("seq"))


def carry_numbers(source: Session, target: Session, tables: list[Table]) -> None:
    """Let `target` number new rows behind the last number that `source` gave in each of the tables."""
    for copied in tables:
        number = copied.autoincrement_column
        if number is not None:
            _go_on_behind(target, copied, number, _last_number(source, copied, number))


def _last_number(session: Session, of: Table, number: Column[int]) -> int:
    """The highest number of a row that is there or, where the database knows it, was."""
    highest = session.scalar(select(func.max(number))) or 0
    given: int | None = None
    if _dialect(session) == "postgresql":
        sequence = func.pg_sequence_last_value(_sequence(of, number))
        given = last_reserved_chunk_id(session) if of is ChunkRow.__table__ else session.scalar(select(sequence))
    elif of.dialect_options["sqlite"]["autoincrement"]:
        given = session.scalar(select(SEQUENCES.c.seq).where(SEQUENCES.c.name == of.name))
    return max(int(highest), int(given or 0))


def _go_on_behind(session: Session, of: Table, number: Column[int], last: int) -> None:
    if last == 0:
        return
    if of is ChunkRow.__table__ and _dialect(session) == "postgresql":
        skip_used_chunk_ids(session, last)
    elif _dialect(session) == "postgresql":
        session.execute(select(func.setval(_sequence(of, number), last)))
    elif of.dialect_options["sqlite"]["autoincrement"]:
        session.execute(SEQUENCES.delete().where(SEQUENCES.c.name == of.name))
        session.execute(SEQUENCES.insert().values(name=of.name, seq=last))


def _sequence(of: Table, number: Column[int]) -> object:
    return func.pg_get_serial_sequence(of.name, number.name)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
