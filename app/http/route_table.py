"""What holds for a request by its route, for middleware that asks before the router does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute
from starlette.types import Scope

from app.http.scopes import path_of

Rule = TypeVar("Rule")


class RouteTable(Generic[Rule]):
    """The rule of each route that has one, in the router's order. It is made for the first request."""

    def __init__(self, rule_of: Callable[[Any], Rule | None]) -> None:
        """`rule_of` a route; None: the route has none."""
        self._rule_of = rule_of
        self._rules: dict[str, list[tuple[re.Pattern[str], Rule | None]]] | None = None  # by method

    def find(self, scope: Scope) -> Rule | None:
        """The rule of the route that takes this request."""
        if self._rules is None:
            self._rules = {}
            for method, pattern, rule in rules_of(scope["app"].router.routes, self._rule_of):
                self._rules.setdefault(method, []).append((pattern, rule))
        path, rules = path_of(scope), self._rules.get(scope["method"], ())
        return next((rule for pattern, rule in rules if pattern.match(path)), None)


def rules_of(
    routes: Sequence[BaseRoute], rule_of: Callable[[Any], Rule | None]
) -> Iterator[tuple[str, re.Pattern[str], Rule | None]]:
    """(method, pattern of the path, rule) of each route, in the router's order."""
    for route in iter_route_contexts(routes):
        methods, pattern = getattr(route, "methods", None), getattr(route, "path_regex", None)
        if methods and pattern is not None:
            rule = rule_of(route)
            yield from ((method, pattern, rule) for method in methods)
