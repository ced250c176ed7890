"""An expression with one wording for each dialect."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, FromClause
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal

Value = TypeVar("Value")


class ByDialect(ColumnElement[Value]):
    """An expression of which each dialect compiles its own wording; both have the same value and type."""

    _traverse_internals = [  # so that statements with it stay in SQLAlchemy's cache
        ("sqlite", InternalTraversal.dp_clauseelement),
        ("postgresql", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, *, sqlite: ColumnElement[Value], postgresql: ColumnElement[Value]) -> None:
        self.sqlite = sqlite
        self.postgresql = postgresql
        self.type = sqlite.type

    @property
    def _from_objects(self) -> list[FromClause]:
        return [*self.sqlite._from_objects, *self.postgresql._from_objects]


@compiles(ByDialect)
def _compile_sqlite(element: ByDialect[Any], compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.sqlite.self_group(), **kw)


@compiles(ByDialect, "postgresql")
def _compile_postgresql(element: ByDialect[Any], compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.postgresql.self_group(), **kw)
