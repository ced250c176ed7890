"""The windows by which OpenAI's clients page lists, and the form of a list."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from fastapi import Depends, Query
from pydantic import Field, computed_field

from app.domain.files import IdWindow
from app.domain.pagination import Order
from app.http.dependencies import CURSOR_PATTERN
from app.http.schemas import ResponseBody

Item = TypeVar("Item")
MOST_ITEMS = 100  # of one page; clients that ask for more page on by themselves


def window(
    limit: Annotated[
        int, Query(ge=1, le=10_000, description=f"How many at most; {MOST_ITEMS} of them come in one page.")
    ] = 20,
    order: Annotated[Order, Query(description="By time: newest first or oldest first.")] = "desc",
    after: Annotated[
        str | None, Query(max_length=200, pattern=CURSOR_PATTERN, description="The `last_id` of the page before.")
    ] = None,
    before: Annotated[
        str | None, Query(max_length=200, pattern=CURSOR_PATTERN, description="The `first_id` of the page after.")
    ] = None,
) -> IdWindow:
    return IdWindow(min(limit, MOST_ITEMS), order, after, before)


Window = Annotated[IdWindow, Depends(window)]


class ItemList(ResponseBody, Generic[Item]):
    """A page of items, each of which has an `id`; an id that is deleted keeps its place as a cursor."""

    object: Literal["list"] = "list"
    data: list[Item]
    has_more: bool = Field(description="There are more: ask again with `after`.")

    @computed_field(description="Id of the first item.")  # type: ignore[prop-decorator]
    @property
    def first_id(self) -> str | None:
        return self._id_at(0)

    @computed_field(description="Id of the last item: `after` of the next page.")  # type: ignore[prop-decorator]
    @property
    def last_id(self) -> str | None:
        return self._id_at(-1)

    def _id_at(self, place: int) -> str | None:
        return getattr(self.data[place], "id", None) if self.data else None
