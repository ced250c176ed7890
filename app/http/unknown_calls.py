"""What is said of a call that there is not: where it is, or by which methods."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Match

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NATIVE, OPENAI = "/api/v1", "/v1"
LONGEST_SHOWN = 200
WHERE = f"The calls are below {NATIVE}, those of OpenAI's clients below {OPENAI}; /docs lists them all."


def no_such_call(app: FastAPI, method: str, path: str) -> str:
    """The text of a 404: what was called, and the call that was probably meant."""
    meant = next((other for other in _alike(path) if allowed_methods(app, other)), None)
    told = f"There is no {shown(path)} here."
    return f"{told} Did you mean {method} {shown(meant)}? {WHERE}" if meant else f"{told} {WHERE}"


def wrong_method(method: str, path: str, allowed: list[str]) -> str:
    """The text of a 405."""
    return f"{shown(path)} knows no {method}; it knows {', '.join(allowed)}."


def allowed_methods(app: FastAPI, path: str) -> list[str]:
    """The methods by which `path` can be called; none if there is no such call.

    A path that is written out, such as `/documents/from-url`, is not that of a document of this name, too.
    """
    found = {method: _parameters(app, method, path) for method in METHODS}
    fewest = min((count for count in found.values() if count is not None), default=None)
    return [method for method, count in found.items() if count is not None and count == fewest]


def shown(path: str) -> str:
    """The path as far as a message shows it."""
    return path if len(path) <= LONGEST_SHOWN else f"{path[:LONGEST_SHOWN]}..."


def _alike(path: str) -> Iterator[str]:
    """Paths that may be meant: the same one below another root, or without what is doubled in it."""
    for root in (f"{NATIVE}{OPENAI}", NATIVE, OPENAI, "/api"):
        rest = path.removeprefix(root)
        if rest != path and rest.startswith("/"):
            yield from (f"{NATIVE}{rest}", f"{OPENAI}{rest}")
    yield from (f"{NATIVE}{path}", f"{OPENAI}{path}")


def _parameters(app: FastAPI, method: str, path: str) -> int | None:
    """How many parameters the first call of that method has in its path; None if there is none."""
    scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": [], "app": app}
    matches = (route.matches(scope) for route in iter_route_contexts(app.router.routes))
    return next((len(child["path_params"]) for match, child in matches if match == Match.FULL), None)
