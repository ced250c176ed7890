"""What PostgreSQL's errors mean to a caller, by their SQLSTATE."""

from __future__ import annotations

from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError

from app.errors import InvalidRequest
from app.storage.faults import busy, full, unavailable

BUSY = {"40001", "40P01", "55P03", "57014"}  # serialization, deadlock, lock or statement timeout
FULL = {"53100"}
NUL_IN_JSON = "22P05"
MESSAGES = {
    "25006": "The database accepts no writes (a standby, or set read-only); point LORACLE_DATABASE_URL at the primary.",
    "28000": "PostgreSQL refuses this user; check LORACLE_DATABASE_URL and the server's pg_hba.conf.",
    "28P01": "PostgreSQL refuses the password; check LORACLE_DATABASE_URL.",
    "3D000": "The database of LORACLE_DATABASE_URL does not exist; create it with `createdb`.",
    "42501": "The database user lacks a privilege; make it the owner of the database.",
    "53300": "PostgreSQL has no free connection; raise max_connections or lower LORACLE_DATABASE_POOL_SIZE.",
}
REFUSALS = {
    "password authentication failed": "28P01",
    "no password supplied": "28P01",
    "no pg_hba.conf entry": "28000",
    "is not permitted to log in": "28000",
    "too many connections": "53300",
    "too many clients": "53300",
    "remaining connection slots": "53300",
    'role "': "28000",
    "does not exist": "3D000",
}
OUT_OF_REACH = "The database cannot be reached. If this lasts, see that it runs and that LORACLE_DATABASE_URL names it."


def translate(fault: DBAPIError) -> Exception:
    """An AppError, or `fault` itself if it is none that an operator, a caller or a later call can mend."""
    state = getattr(fault.orig, "sqlstate", None)
    if state in BUSY:
        return busy()
    if state in FULL:
        return full()
    if state == NUL_IN_JSON or (isinstance(fault, DataError) and "NUL" in str(fault.orig)):
        return InvalidRequest("A text must not contain NUL characters.")
    if state is None and "connection option" in str(fault.orig):
        return InvalidRequest(f"LORACLE_DATABASE_URL cannot be used: {str(fault.orig).strip()}.", param="database_url")
    reason = _unavailable(fault, state)
    return fault if reason is None else unavailable(reason)


def _unavailable(fault: DBAPIError, state: str | None) -> str | None:
    """Why the database does not serve; None: it does."""
    if state in MESSAGES:
        return MESSAGES[state]
    if state is None and isinstance(fault, (OperationalError, InterfaceError)):
        return _refusal(str(fault.orig))
    return OUT_OF_REACH if fault.connection_invalidated or (state or "").startswith(("08", "57P")) else None


def _refusal(reason: str) -> str:
    """The reason of a refused connection: libpq gives its text, but not its SQLSTATE."""
    return next((MESSAGES[state] for part, state in REFUSALS.items() if part in reason), OUT_OF_REACH)
