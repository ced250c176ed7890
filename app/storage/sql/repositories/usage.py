"""What tenants and their end users used on each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.domain.usage import Amounts, UsageDay
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.dialects.sums import integer_sum
from app.storage.sql.dialects.upsert import insert_into
from app.storage.sql.tables import TenantRow, UsageDayRow

KEY = ("tenant_id", "day", "user")
SUMS = tuple(
    integer_sum(column)
    for column in (
        UsageDayRow.requests,
        UsageDayRow.prompt_tokens,
        UsageDayRow.completion_tokens,
        UsageDayRow.uploads,
    )
)


def add_usage(session: Session, used: Mapping[tuple[str, date, str], Amounts]) -> None:
    """Add what was used, by (tenant id, day, user). What deleted tenants used is dropped."""
    tenants = select(TenantRow.id).where(one_of(TenantRow.id, {name[0] for name in used}))
    known = set(session.scalars(tenants.with_for_update(read=True, key_share=True)))  # none is deleted meanwhile
    rows = [
        {"tenant_id": tenant_id, "day": day, "user": user, **asdict(amounts)}
        for (tenant_id, day, user), amounts in sorted(used.items())  # in one order, as two processes add at once
        if tenant_id in known and amounts != Amounts()
    ]
    if rows:
        new = insert_into(session, UsageDayRow.__table__)
        more = {name: UsageDayRow.__table__.c[name] + new.excluded[name] for name in asdict(Amounts())}
        session.execute(new.on_conflict_do_update(index_elements=KEY, set_=more), rows)


def used_on(session: Session, day: date) -> dict[str, Amounts]:
    """What each tenant used on a day, by tenant id."""
    query = select(UsageDayRow.tenant_id, *SUMS).where(UsageDayRow.day == day).group_by(UsageDayRow.tenant_id)
    return {row[0]: _amounts(tuple(row), 1) for row in session.execute(query)}


class Usage:
    """Reads the usage of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def days(self, start: date, end: date, *, user: str | None = None) -> list[UsageDay]:
        """One record a day from `start` to `end`, both included, oldest first: of all users, or of one."""
        query = select(UsageDayRow.day, *SUMS).where(*self._between(start, end)).group_by(UsageDayRow.day)
        if user is not None:
            query = query.where(UsageDayRow.user == user)
        rows = self._session.execute(query.order_by(UsageDayRow.day))
        return [UsageDay(row[0], user, _amounts(tuple(row), 1)) for row in rows]

    def days_by_user(self, start: date, end: date) -> list[UsageDay]:
        """One record for each day and end user. None as user: requests that name none."""
        query = select(UsageDayRow.day, UsageDayRow.user, *SUMS).where(*self._between(start, end))
        grouped = query.group_by(UsageDayRow.day, UsageDayRow.user).order_by(UsageDayRow.day, UsageDayRow.user)
        return [UsageDay(row[0], row[1] or None, _amounts(tuple(row), 2)) for row in self._session.execute(grouped)]

    def _between(self, start: date, end: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """Conditions: rows of this tenant, of these days."""
        return UsageDayRow.tenant_id == self._tenant_id, UsageDayRow.day.between(start, end)


def _amounts(row: Sequence[Any], first: int) -> Amounts:
    return Amounts(*row[first : first + len(SUMS)])
