"""The route class of all routers: a request whose every value can be stored reaches its operation, no other does."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from contextlib import aclosing
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from app.errors import InvalidRequest
from app.http.form_fields import is_multipart
from app.http.json_values import read_json, refuse_unstorable
from app.http.uploads import ROOM, CountedForm, FormRoom

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class CheckedRequest(Request):
    """A request that refuses JSON and forms with values that cannot be stored."""

    async def json(self) -> Any:
        """Raises json.JSONDecodeError and InvalidRequest."""
        if not hasattr(self, "_json"):
            self._json = read_json(await self.body())
        return self._json

    async def _get_form(self, **limits: Any) -> FormData:
        read = self._form is None
        room: FormRoom | None = self.scope.get(ROOM)
        if read and room is not None and is_multipart(self):
            self._form = await self._counted_form(room, **limits)
        form = await super()._get_form(**limits)
        if read:
            try:
                refuse_texts((name, value) for name, value in form.multi_items() if isinstance(value, str))
            except InvalidRequest:
                await form.close()
                raise
        return form

    async def _counted_form(self, room: FormRoom, **limits: Any) -> FormData:
        """Raises QuotaExceeded and RateLimited for files without room, HTTPException for what is no form."""
        async with aclosing(self.stream()) as stream:
            try:
                return await CountedForm(self.headers, stream, room, **limits).parse()
            except MultiPartException as fault:
                raise HTTPException(400, fault.message) from None


class ApiRoute(APIRoute):
    """A route that reads its request as a CheckedRequest: `APIRouter(route_class=ApiRoute)`."""

    def get_route_handler(self) -> Handler:
        return checked(super().get_route_handler())


def checked(handle: Handler) -> Handler:
    """`handle`, which then gets CheckedRequests alone. Raises InvalidRequest for their path and query."""

    async def handle_checked(request: Request) -> Response:
        if isinstance(request, CheckedRequest):
            return await handle(request)
        refuse_texts((name, str(value)) for name, value in request.path_params.items())
        refuse_texts(request.query_params.multi_items())
        return await handle(CheckedRequest(request.scope, request.receive))

    return handle_checked


def refuse_texts(fields: Iterable[tuple[str, str]]) -> None:
    """Raises InvalidRequest for the first field whose name or text cannot be stored."""
    for name, text in fields:
        refuse_unstorable({name: text})
