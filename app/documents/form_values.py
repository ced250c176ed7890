"""Names, metadata and access lists in the fields of forms and in paths."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from app.documents.schemas import MAX_GROUPS, AccessIn
from app.domain.visibility import Access
from app.errors import InvalidRequest
from app.http.json_values import read_json
from app.http.schemas import Metadata
from app.text.normal_form import addressable_name, shown_name

METADATA: TypeAdapter[dict[str, Any]] = TypeAdapter(Metadata)
MAX_METADATA_CHARS = 65_536
MAX_ACCESS_CHARS = 65_536


def checked_name(param: str, text: str) -> str:
    """The normal form of a name in a form field or path. Raises InvalidRequest if it has none or cannot be stored."""
    try:
        return shown_name(text)
    except ValueError as fault:
        raise InvalidRequest(f"{param} {fault}.", param=param) from None


def checked_collection(text: str) -> str:
    """The normal form of the collection that a form names. Raises InvalidRequest."""
    try:
        return addressable_name(shown_name(text))
    except ValueError as fault:
        raise InvalidRequest(f"collection {fault}.", param="collection") from None


def parse_metadata(text: str) -> dict[str, Any]:
    """The metadata of a form field. Raises InvalidRequest unless it is a JSON object of plain values."""
    try:
        return METADATA.validate_python(read_json(text, param="metadata"))
    except ValueError:
        raise InvalidRequest(
            "metadata must be a JSON object of up to 64 fields whose values are strings (up to 1,000 characters), "
            'numbers or booleans, for example {"year": 2026}.',
            param="metadata",
        ) from None


def parse_access(text: str) -> Access | None:
    """The access list of a form field; None if it is empty. Raises InvalidRequest unless it is one."""
    if not text:
        return None
    try:
        return AccessIn.model_validate(read_json(text, param="access")).access()
    except ValueError:
        raise InvalidRequest(
            f"access must be a JSON object with a list of up to {MAX_GROUPS} names, for example "
            '{"groups": ["staff"]}.',
            param="access",
        ) from None
