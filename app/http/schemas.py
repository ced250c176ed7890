"""Bodies of requests and responses, and their fields, that several routers share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import NoneType
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, computed_field, model_validator

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


def takes_integers(annotation: Any) -> bool:
    """Whether a field may hold an integer, but no other number."""
    kinds = [kind for kind in get_args(annotation) if kind is not NoneType] if get_args(annotation) else [annotation]
    within = {kind if not get_args(kind) else get_args(kind)[0] for kind in kinds}
    return int in within and float not in within


def format_timestamp(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


Timestamp = Annotated[datetime, PlainSerializer(format_timestamp, return_type=str)]


class StrictBody(BaseModel):
    """A request body whose values have the type that its schema says: no false for 0, no "1" for 1."""

    model_config = ConfigDict(allow_inf_nan=False, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _whole_numbers(cls, body: Any) -> Any:
        """To JSON 1.0 is an integer, and some clients write it so."""
        if not isinstance(body, dict) or not any(isinstance(value, float) for value in body.values()):
            return body
        integers = {name for name, field in cls.model_fields.items() if takes_integers(field.annotation)}
        return {
            name: int(value) if name in integers and isinstance(value, float) and value.is_integer() else value
            for name, value in body.items()
        }


class RequestBody(StrictBody):
    """A request body that may have no other fields."""

    model_config = ConfigDict(extra="forbid")


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
