"""Turns the storage's own errors into what a caller can act on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filelock import Timeout
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from app.errors import DISK_FULL_MESSAGE, AppError, StorageFull, Unavailable, is_disk_full

StorageFault = SQLAlchemyError  # what no dialect knows: of a file that is no database, for example
RETRY_SOON_S, RETRY_LATER_S = 1, 5


def _unknown(fault: DBAPIError) -> Exception:
    return fault


@contextmanager
def translate_faults(translate: Callable[[DBAPIError], Exception] = _unknown) -> Iterator[None]:
    """Raise Unavailable for a lock that is held too long, StorageFull for a full disk.

    `translate`: a dialect's own, for the errors of its driver. An error it does not know is raised as it is.
    """
    try:
        yield
    except (Timeout, NoConnectionFree) as fault:
        raise busy() from fault
    except DBAPIError as fault:
        translated = translate(fault)
        if translated is fault:
            raise
        raise translated from fault
    except OSError as fault:
        if is_disk_full(fault):
            raise full() from fault
        raise


def busy() -> AppError:
    return Unavailable("The database is busy; try again in a second.", code="database_busy", retry_after=RETRY_SOON_S)


def full() -> AppError:
    return StorageFull(DISK_FULL_MESSAGE)


def unavailable(message: str) -> AppError:
    return Unavailable(message, code="database_unavailable", retry_after=RETRY_LATER_S)
