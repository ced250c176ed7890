"""Response bodies of the audit log, and what chooses entries."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from app.domain.actors import ActorKind
from app.domain.audit import AuditEntry, AuditOutcome
from app.http.schemas import ResponseBody, Timestamp

CSV_COLUMNS = (
    "created_at",
    "action",
    "outcome",
    "count",
    "tenant_id",
    "target_kind",
    "target_id",
    *(f"actor_{name}" for name in ("kind", "tenant_id", "key_id", "token_id", "user", "address", "request_id")),
    "details",
    "id",
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; one without a time zone is UTC. Raises ValueError beyond the years 1 to 9999."""
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("must lie within the years 1 to 9999") from None


Moment = Annotated[datetime, AfterValidator(in_utc)]


class ActorOut(ResponseBody):
    kind: ActorKind
    tenant_id: str = Field(description="Of the key or token; empty if there is none.")
    key_id: str = Field(description="The key, or the one that made the token.")
    token_id: str
    user: str = Field(description="End user of a token, person who signs in, or the operator's account.")
    address: str = Field(description="Of the client.")
    request_id: str


class AuditEntryOut(ResponseBody):
    id: str
    object: Literal["audit.entry"] = "audit.entry"
    created_at: Timestamp
    tenant_id: str | None = Field(description="Whom it concerns; null: the whole service.")
    action: str = Field(description="What was done.", examples=["key.revoked"])
    outcome: AuditOutcome
    count: int = Field(description="How often; refused sign-ins of one minute and address are one entry.")
    target_kind: str = Field(examples=["key"])
    target_id: str
    actor: ActorOut
    details: Mapping[str, Any]


def json_line(entry: AuditEntry) -> str:
    """An entry as a line of an export."""
    return AuditEntryOut.model_validate(entry).model_dump_json() + "\n"


def csv_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Entries as lines of CSV below a line of names; `details` are JSON."""
    yield _csv_line(CSV_COLUMNS)
    for entry in entries:
        out = AuditEntryOut.model_validate(entry).model_dump(mode="json")
        actor = {f"actor_{name}": value for name, value in out.pop("actor").items()}
        row = {**out, **actor, "details": json.dumps(out["details"], ensure_ascii=False)}
        yield _csv_line([_plain(row[name]) for name in CSV_COLUMNS])


def _plain(value: Any) -> str:
    """The cell of a value; a spreadsheet takes none for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
