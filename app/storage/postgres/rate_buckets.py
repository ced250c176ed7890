"""The buckets of rate limits that all processes share: one upsert takes a slice, by the clock of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

# There is what refilled since the last slice, less the debt; a slice is `wanted` or what there is, if that is `least`.
LEASE = text(
    """
    INSERT INTO rate_buckets AS bucket (owner_id, resource, level, granted, filled_at)
    VALUES (:owner_id, :resource, :fresh - :fresh_granted, :fresh_granted, extract(epoch FROM clock_timestamp()))
    ON CONFLICT (owner_id, resource) DO UPDATE SET (level, granted, filled_at) = (
        SELECT available - slice, slice, moment
        FROM (
            SELECT available, moment, CASE WHEN available >= :least THEN least(:wanted, available) ELSE 0 END AS slice
            FROM (
                SELECT excluded.filled_at AS moment, least(
                    :full, bucket.level + greatest(0, excluded.filled_at - bucket.filled_at) * :full / :period_s
                ) - :debt AS available
            ) AS filled
        ) AS decided
    )
    RETURNING level, granted
    """
)
FORGET = text("DELETE FROM rate_buckets WHERE filled_at < extract(epoch FROM clock_timestamp()) - :age_s")
NOT_DURABLE = text("SET LOCAL synchronous_commit = off")  # a crash of the server forgives the last moment


@dataclass(frozen=True, slots=True)
class SliceRequest:
    """What a process asks of a bucket."""

    owner_id: str
    resource: str
    full: float  # the limit
    period_s: float  # in which it refills
    debt: float  # used already beyond earlier slices
    least: float  # less is of no use
    wanted: float


@dataclass(frozen=True, slots=True)
class Slice:
    """What a process got."""

    granted: float
    level: float  # that is left for all; negative after a debt


def lease(session: Session, requests: Sequence[SliceRequest]) -> list[Slice]:
    """The slices of these buckets, in this order, which must be the same in every process: rows are locked one by one.

    A bucket that is not there yet is full.
    """
    session.execute(NOT_DURABLE)
    slices = []
    for request in requests:
        fresh = request.full - request.debt
        granted = min(request.wanted, fresh) if fresh >= request.least else 0.0
        level, granted = session.execute(LEASE, {**asdict(request), "fresh": fresh, "fresh_granted": granted}).one()
        slices.append(Slice(granted, level))
    return slices


def forget_idle(session: Session, age_s: float) -> None:
    """Delete the buckets that nobody asked for so long. They are full by then, unless their debt is of minutes."""
    session.execute(FORGET, {"age_s": age_s})
