"""Uploads that are refused before they are on the disk: the mark of operations that store files, and their forms."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartParser

from app.errors import AppError
from app.metering.upload_room import UploadNeeds, UploadRoom

MOST_BEGIN = 8  # bytes by which a kind of file is known
ROOM = "loracle.upload_room"  # key of the ASGI scope under which the middleware stores a FormRoom


class Uploads:
    """A dependency that marks an operation whose files are stored: `dependencies=[Depends(Uploads(...))]`.

    The middleware UploadQuotas looks whether there is room for them before it lets any of the body in.
    """

    def __init__(
        self,
        needs: UploadNeeds,
        *,
        name_of: Callable[[str], str] | None = None,
        each_alone: bool = False,
        uncounted: bytes | None = None,
    ) -> None:
        """`name_of`: the name of the document that a file of this name becomes, where the operation makes one.

        `each_alone`: a file that does not fit is refused, and the others are not. Those that begin with `uncounted` are
        let in whatever their size: it is not they that are stored.
        """
        self.needs = needs
        self.name_of = name_of
        self.each_alone = each_alone
        self.uncounted = uncounted

    async def __call__(self) -> None:
        """It is read from the route, not called for a value."""


def uploads_of(route: Any) -> Uploads | None:
    """The mark of a route; None if it stores no files."""
    return next(_marks(getattr(route, "dependant", None)), None)


def _marks(dependant: Any) -> Iterator[Uploads]:
    for dependency in dependant.dependencies if dependant is not None else ():
        if isinstance(dependency.call, Uploads):
            yield dependency.call


@dataclass(frozen=True, slots=True)
class FormRoom:
    """What the files of one request may have."""

    uploads: Uploads
    room: UploadRoom
    check_name: Callable[[str], Awaitable[None]] | None  # raises QuotaExceeded; None: any name will do


class RefusedUpload(UploadFile):
    """A file of a form that was refused while it came: nothing of it is kept."""

    def __init__(self, refused: UploadFile, fault: AppError) -> None:
        super().__init__(BytesIO(), size=0, filename=refused.filename, headers=refused.headers)
        self.fault = fault

    async def write(self, data: bytes) -> None:
        """Throws it away."""


class CountedForm(MultiPartParser):
    """Reads a form and counts its files as they come: one that goes beyond the room does not get to the disk.

    The form ends there with QuotaExceeded or RateLimited; or, where files are refused alone, has a RefusedUpload.
    """

    def __init__(
        self, headers: Headers, stream: AsyncGenerator[bytes, None], form_room: FormRoom, **limits: Any
    ) -> None:
        super().__init__(headers, self._checked(stream), **limits)
        self._form_room = form_room
        self._seen = 0  # bytes of the file that is coming
        self._begin = b""  # its first bytes
        self._new_names: list[str] = []

    async def parse(self) -> FormData:
        """Raises QuotaExceeded, RateLimited, and what a form that is none raises."""
        return await super().parse()

    def on_headers_finished(self) -> None:
        """A part begins: a file, or a field."""
        super().on_headers_finished()
        file = self._current_part.file
        self._seen, self._begin = 0, b""
        if file is not None and file.filename and self._form_room.check_name is not None:
            self._new_names.append(file.filename)

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Bytes of the part have come."""
        part = self._current_part
        if part.file is not None and not isinstance(part.file, RefusedUpload):
            self._seen += end - start
            self._begin += data[start : min(end, start + MOST_BEGIN - len(self._begin))]
            fault = self._fault()
            if fault is not None:
                part.file.file.close()
                part.file = RefusedUpload(part.file, fault)
        super().on_part_data(data, start, end)

    def _fault(self) -> AppError | None:
        """Why the file that is coming is refused alone. Raises it where it ends the form."""
        uploads = self._form_room.uploads
        if uploads.uncounted is not None and uploads.uncounted.startswith(self._begin[: len(uploads.uncounted)]):
            return None
        try:
            self._form_room.room.check(self._seen)
        except AppError as fault:
            if uploads.each_alone:
                return fault
            raise
        return None

    async def _checked(self, stream: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
        """The body; after each piece the names of the files that began in it are looked at."""
        async for piece in stream:
            yield piece
            while self._new_names and self._form_room.check_name is not None:
                await self._form_room.check_name(self._new_names.pop())
