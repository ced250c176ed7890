"""The services that the bootstrap registers on the application, and the dependency by which a router gets one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from fastapi import Depends, Request
from starlette.applications import Starlette

Service = TypeVar("Service")


class Services:
    """Holds one object of each service class."""

    def __init__(self, services: Iterable[object]) -> None:
        self._by_class: dict[type[Any], Any] = {type(service): service for service in services}

    def get(self, kind: type[Service]) -> Service:
        """The service of exactly this class. Raises KeyError if the bootstrap registers none: a program fault."""
        service: Service = self._by_class[kind]
        return service


def registered_services(app: Starlette) -> Services:
    """The services that the lifespan of the application registered."""
    services: Services = app.state.services
    return services


def provide(kind: type[Any]) -> Any:
    """A FastAPI dependency on the service of this class: `Annotated[SearchService, provide(SearchService)]`.

    It is no plain function, as those take a thread each.
    """

    async def get_service(request: Request) -> Any:
        return registered_services(request.app).get(kind)

    return Depends(get_service)
