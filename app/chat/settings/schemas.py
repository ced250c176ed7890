"""Request and response bodies of chat settings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from app.domain.conversations import Judging
from app.http.schemas import RequestBody, ResponseBody, Text
from app.search.profile import ProfileName

MAX_PREAMBLE_CHARACTERS = 2000  # it is part of every prompt
MAX_QUESTIONS = 6  # that are proposed: more are not read
MAX_QUESTION_CHARACTERS = 200


class AnsweringIn(RequestBody):
    preamble: Text | None = Field(
        None, max_length=MAX_PREAMBLE_CHARACTERS, description="Role and tone, in every prompt."
    )
    representation: ProfileName | None = Field(
        None,
        description="What chat finds passages by. `hybrid`: embeddings and BM25 fused. `cosine` or `euclidean`: "
        "embeddings alone (of norm 1, so both rank the same). `bm25` or `tfidf`: words alone. "
        "`word_vectors`: static word vectors, averaged by smooth inverse frequency.",
    )

    judging: Judging | None = Field(
        None,
        description="Who judges whether passages answer a question and whether an answer is right. `model`: the "
        "starter adapter, where that of the base in use can; rules elsewhere. `rules`: rules alone, which are faster.",
    )
    questions: list[Annotated[Text, Field(min_length=1, max_length=MAX_QUESTION_CHARACTERS)]] | None = Field(
        None, max_length=MAX_QUESTIONS, description="What the page and the widget propose where nothing is asked yet."
    )

    model_config = {"json_schema_extra": {"examples": [{"preamble": "Answer formally.", "representation": "hybrid"}]}}


class AnsweringOut(ResponseBody):
    object: Literal["answering"] = "answering"
    preamble: str
    representation: ProfileName
    refusal_threshold: float | None = Field(
        description="Of the rules; fitted by `loracle calibrate`; null: the service's."
    )
    judging: Judging
    answerable_threshold: float | None = Field(
        description="Of the model's judgement; fitted by `loracle calibrate`; null: the judging adapter's."
    )
    calibration: dict[str, Any] = Field(description="How the threshold did when it was fitted.")
    questions: list[str] = Field(description="Proposed where nothing is asked yet. Empty: what fits the documents.")


class QuestionsOut(ResponseBody):
    object: Literal["opening_questions"] = "opening_questions"
    questions: list[str]
