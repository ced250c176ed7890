"""The declarative base of all tables, their column types and shared columns."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Integer, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.storage.ids import new_id

State = TypeVar("State", bound=StrEnum)
BIGINT = BigInteger().with_variant(Integer(), "sqlite")  # where an INTEGER has 64 bits, and a key must be one
SEARCHED_JSON = JSON().with_variant(JSONB(), "postgresql")  # for conditions; JSON keeps the order of its fields instead


def varchar(length: int) -> String:
    """Text of at most `length` characters, in the order of its code points.

    PostgreSQL would order it by the server's language, whose rules change with its C library and so damage an index.
    """
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """Time zone aware in Python, naive UTC in the database (SQLite keeps no zone)."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class StateText(TypeDecorator[State]):
    """A member of `enum` in Python, its plain text in the database. ValueError for text that is no member."""

    impl = String
    cache_ok = True

    def __init__(self, enum: type[State], length: int = 16) -> None:
        super().__init__(length)
        self.enum, self.length = enum, length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(varchar(self.length))

    def process_bind_param(self, value: State | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> State | None:
        del dialect
        return None if value is None else self.enum(value)


class PlainText(TypeDecorator[str]):
    """Text of an open set, given as a string or as a member of a StrEnum: a driver sees a plain string."""

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(varchar(self.length))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else str(value)


def now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {int: BIGINT, datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON}


def tenant_column() -> Mapped[str]:
    return mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), index=True)


def id_column(prefix: str) -> Mapped[str]:
    return mapped_column(varchar(64), primary_key=True, default=lambda: new_id(prefix))


def groups_column() -> Mapped[list[str]]:
    """The groups whose members see a row; an empty list lets everybody see it."""
    return mapped_column("access_groups", SEARCHED_JSON, default=list, server_default="[]")
