"""Forms whose fields come once: a field that is sent twice is refused, for one of the two would be lost."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.params import Form

from app.errors import InvalidRequest

MULTIPART = "multipart/form-data"
FORMS = (MULTIPART, "application/x-www-form-urlencoded")


def is_form(request: Request) -> bool:
    """Whether the body is a form, by its content type."""
    return request.headers.get("content-type", "").startswith(FORMS)


def is_multipart(request: Request) -> bool:
    """Whether the body is a form that may have files, by its content type."""
    return request.headers.get("content-type", "").startswith(MULTIPART)


def single_fields(dependant: Dependant) -> frozenset[str]:
    """The form fields of an operation that take one value each; none if its body is JSON."""
    form = [field for field in dependant.body_params if isinstance(field.field_info, Form)]
    return frozenset(field.alias for field in form if not _is_list(field.field_info.annotation))


async def refuse_repeated(request: Request, single: frozenset[str]) -> None:
    """Raises InvalidRequest if the form has one of the `single` fields twice."""
    form = await request.form()
    counts = Counter(name for name, _ in form.multi_items())
    repeated = next((name for name in counts if counts[name] > 1 and name in single), None)
    if repeated is not None:
        await request.close()
        message = (
            f"The form has {counts[repeated]} fields {repeated!r}; send one. Many files go to POST /api/v1/batches."
        )
        raise InvalidRequest(message, param=repeated, code="repeated_field")


def _is_list(annotation: Any) -> bool:
    return (get_origin(annotation) or annotation) in {list, tuple, set, frozenset}
