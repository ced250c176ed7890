"""Bodies of requests and responses, and their fields, that several routers share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, computed_field

from app.domain.pagination import Page
from app.domain.stored_values import storable
from app.text.normal_form import normal_form, shown_name

Item = TypeVar("Item")
MOST_METADATA_FIELDS = 64
Choice = Annotated[Item, Field(strict=False)]  # an enum, which JSON writes as a text
Text = Annotated[str, AfterValidator(storable)]
QuestionText = Annotated[str, AfterValidator(storable), AfterValidator(normal_form)]
ShownName = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(shown_name)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(storable)]
MetadataValue = Annotated[str, Field(max_length=1000), AfterValidator(storable)] | bool | int | float
Metadata = Annotated[dict[Name, MetadataValue], Field(max_length=MOST_METADATA_FIELDS)]


def format_timestamp(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


Timestamp = Annotated[datetime, PlainSerializer(format_timestamp, return_type=str)]


class RequestBody(BaseModel):
    """A request body: unknown fields are errors, and values have the type that JSON has for them."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, strict=True)


class ResponseBody(BaseModel):
    """A response body, validated straight from the record that a service returns: the names are the same."""

    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True)


class Listing(ResponseBody, Generic[Item]):
    """A page of records as a list of response bodies, each of which has an `id`."""

    object: Literal["list"] = "list"
    data: list[Item]
    next_cursor: str | None = Field(
        description="`after` of the next page, also if items were deleted meanwhile; null on the last page."
    )
    has_more: bool
    total: int = Field(description="Items of the whole list, on all its pages.")

    @computed_field(description="Id of the first item.")  # type: ignore[prop-decorator]
    @property
    def first_id(self) -> str | None:
        return self._id_at(0)

    @computed_field(description="Id of the last item; also accepted as `after`, as long as the item is there.")  # type: ignore[prop-decorator]
    @property
    def last_id(self) -> str | None:
        return self._id_at(-1)

    def _id_at(self, place: int) -> str | None:
        found: str | None = getattr(self.data[place], "id", None) if self.data else None
        return found


class Deleted(BaseModel):
    id: str
    object: str
    deleted: Literal[True] = True


class PassageOut(ResponseBody):
    chunk_id: str
    document_id: str
    filename: str
    version: int
    text: str
    score: Annotated[float, AfterValidator(lambda score: round(score, 6))] = Field(
        description="Fused score, 0 to 1; orders the passages of one answer."
    )
    page_start: int | None
    page_end: int | None
    char_start: int = Field(description="Offset into the document's text, in Unicode code points.")
    char_end: int
    char_start_utf16: int = Field(description="`char_start` in UTF-16 code units, as JavaScript and Java count.")
    char_end_utf16: int
    heading: str


class QuoteBoxOut(ResponseBody):
    """A rectangle on a page, in points of the page as it is shown, from its upper left corner."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


def listing(data: Sequence[Any], ids: Sequence[str], page: Page[Any]) -> dict[str, Any]:
    """The body of a list: `data` and `ids` of the items of `page`, in its order."""
    return {
        "object": "list",
        "data": list(data),
        "first_id": ids[0] if ids else None,
        "last_id": ids[-1] if ids else None,
        "next_cursor": page.next_cursor,
        "has_more": page.has_more,
        "total": page.total,
    }


def timestamp(moment: datetime | None) -> str | None:
    return None if moment is None else format_timestamp(moment)
