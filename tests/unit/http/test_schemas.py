"""Fields of requests that several routers share."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.chat.schemas import ChatIn
from app.search.schemas import SearchIn

DECOMPOSED = "fo\u0301rmula\u00ad\u200b"


def test_questions_and_names_of_collections_arrive_in_normal_form() -> None:
    asked = SearchIn(query=DECOMPOSED, collections=[f"{DECOMPOSED} "])
    assert (asked.query, asked.collections) == ("fórmula", ["fórmula"])
    assert ChatIn(message=DECOMPOSED).message == "fórmula"


def test_name_of_nothing_that_is_shown_is_refused() -> None:
    with pytest.raises(ValidationError, match="can be shown"):
        SearchIn(query="x", collections=["\u200b"])
