"""Request and response bodies of datasets."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import File, Form, UploadFile
from pydantic import Field

from app.adapters.names import NAMED, NAMED_OF
from app.adapters.schemas import SourceOut
from app.domain.training import DatasetOrigin
from app.http.schemas import RequestBody, ResponseBody, ShownName, Text, Timestamp
from app.training.synthetic_data import RowsFromDocuments

RowsFile = Annotated[
    UploadFile,
    File(
        description="JSONL, one row a line: `messages`; or `prompt` and `completion`; or `question`, `context` (a text "
        "or a list) and `answer` (null teaches a refusal). Also read: a JSON array, CSV with these names in its first "
        "line, `instruction` with `input` and `output`, and `conversations` of `from` and `value`."
    ),
]
DatasetName = Annotated[str, Form(min_length=1, max_length=64, description=NAMED_OF, json_schema_extra=NAMED)]


class ProblemOut(ResponseBody):
    line: int
    code: str = Field(
        description="malformed, wrong_shape, duplicate, too_long, nothing_to_learn, unknown_source, empty"
    )
    message: str


class BinOut(ResponseBody):
    up_to_tokens: int
    rows: int


class ReportOut(ResponseBody):
    rows: int
    refusals: int = Field(description="Rows that teach to say that the passages do not hold the answer.")
    documents: int
    tokens: int = Field(description="Of all rows with their prompts.")
    computed_tokens: int | None = Field(None, description="Of these, as rows that begin alike share it.")
    longest_row_tokens: int
    median_row_tokens: int
    histogram: list[BinOut]
    problem_count: int = Field(description="Of the lines that were checked.")
    stopped_at: int | None = Field(
        None, description="The line at which the check stopped after 100 problems: more may follow. Null: it did not."
    )
    problems: list[ProblemOut]
    previews: list[str] = Field(description="Rows as the model reads them, in the prompt that production uses.")


class FromDocumentsIn(RequestBody):
    name: Annotated[Text, Field(min_length=1, max_length=64, description="Of the dataset.", json_schema_extra=NAMED)]
    rows: int = Field(200, ge=1, le=500, description="At most.")
    passages: int = Field(3, ge=1, le=8, description="In a row, at most: one that holds the answer, and distractors.")
    refusals: float = Field(0.2, ge=0, le=0.9, description="Share of rows whose passages do not hold the answer.")
    collections: Annotated[list[ShownName], Field(max_length=20)] = []
    seed: int = Field(0, ge=0, le=2**31 - 1)

    model_config = {"json_schema_extra": {"examples": [{"name": "handbook", "rows": 100}]}}

    def request(self) -> RowsFromDocuments:
        return RowsFromDocuments(self.rows, self.passages, self.refusals, tuple(self.collections), self.seed)


class FromFeedbackIn(RequestBody):
    name: Annotated[Text, Field(min_length=1, max_length=64, description="Of the dataset.", json_schema_extra=NAMED)]

    model_config = {"json_schema_extra": {"examples": [{"name": "corrections"}]}}


class DatasetOut(ResponseBody):
    id: str
    object: Literal["dataset"] = "dataset"
    name: str
    version: int
    origin: DatasetOrigin
    bytes: int
    sha256: str
    report: ReportOut
    details: dict[str, Any] = Field(description="How it was made.")
    sources: list[SourceOut] = Field(description="Documents that its rows were made from.")
    base_fingerprint: str = Field(description="Of the base model whose prompt it was validated with.")
    created_at: Timestamp
