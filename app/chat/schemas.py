"""Request and response bodies of the chat, and the data of its server-sent events."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from app.domain.conversations import Doubt, FinishReason, RefusalReason, Route, Support, TurnStatus
from app.http.schemas import PassageOut, QuestionText, QuoteBoxOut, RequestBody, ResponseBody, ShownName, Text
from app.search.schemas import MAX_QUESTION_CHARACTERS, CollectionNames, DocumentIds, MetadataFilters
from app.text.language import LanguageField

LARGEST_SEED = 9_223_372_036_854_775_000  # below 2**63; the bounds of OpenAPI are floats, which write it so
Seconds = Annotated[float, AfterValidator(lambda seconds: round(seconds, 4))]


Message = Annotated[QuestionText, Field(min_length=1, max_length=MAX_QUESTION_CHARACTERS, description="The question.")]


class AnswerOptions(RequestBody):
    """How an answer is to be found, written and sent."""

    adapter: str | None = Field(
        None,
        max_length=100,
        description='"name", "name@version" or "base"; your active adapter if left out, which is the starter at first.',
    )
    collections: CollectionNames = []
    documents: DocumentIds = []
    filters: MetadataFilters = {}
    k: int | None = Field(None, ge=1, le=50, description="Passages to look for.")
    stream: bool = Field(False, description="Answer as server-sent events.")
    language: LanguageField | None = Field(None, description="Of the answer; the question's if left out.")
    max_tokens: int | None = Field(
        None, ge=1, le=4096, description="Longest answer, in tokens; as long as the message needs if left out."
    )
    temperature: float = Field(0.0, ge=0, le=2, description="0 is deterministic.")
    top_p: float = Field(1.0, gt=0, le=1)
    seed: int | None = Field(None, ge=0, le=LARGEST_SEED, description="Repeats a sampled answer.")
    boxes: bool = Field(
        False,
        description="Give the places of the quotes on the pages of PDFs and pictures. It may take seconds; "
        "`GET /api/v1/documents/{document_id}/quote-boxes` gives them later.",
    )
    stop: list[Text] = Field([], max_length=4, description="End the answer before any of these.")


class ChatIn(AnswerOptions):
    message: Message
    conversation_id: str | None = Field(None, max_length=64, description="Go on with this conversation.")
    user: ShownName | None = Field(
        None,
        description="For keys: the end user who asks, by any name of yours. The conversation belongs to this user, and "
        "one of another user is not found. A token acts for its own user.",
    )

    model_config = {"json_schema_extra": {"examples": [{"message": "When does the museum open?"}]}}


class RegenerateIn(AnswerOptions):
    """What is left out is as in the request before, but the temperature: 0.7, so that the answer may differ."""

    model_config = {"json_schema_extra": {"examples": [{"stream": False}]}}


class EditIn(AnswerOptions):
    """What is left out is as in the request before."""

    message: Message

    model_config = {"json_schema_extra": {"examples": [{"message": "When does the museum open on Sundays?"}]}}


class ConflictOut(ResponseBody):
    document_id: str
    filename: str
    quote: str = Field(description="A sentence that gives another figure than the citation's quote.")


class CitationOut(ResponseBody):
    index: int = Field(
        description="The quote's number, from 1. One citation a sentence; the same quote, the same number."
    )
    chunk_id: str
    document_id: str
    filename: str
    version: int
    quote: str = Field(description="Verbatim: the document's text[char_start:char_end].")
    start: int = Field(description="The sentence of `answer` that rests on the quote, in Unicode code points.")
    end: int
    start_utf16: int = Field(description="The same in UTF-16 code units, as JavaScript and Java count.")
    end_utf16: int
    page_start: int | None = Field(description="Of the quote, from 1; of its passage where that is not known closer.")
    page_end: int | None
    page_label: str | None = Field(
        None, description='What the file calls the first page ("iv", "A-3"), if that is not its number.'
    )
    char_start: int
    char_end: int
    char_start_utf16: int = Field(description="`char_start` in UTF-16 code units.")
    char_end_utf16: int
    score: float
    verified: bool = Field(description='`support` is "verified".')
    support: Support = Field(
        description='"verified": the quote holds every number, date, name and the sense of the sentence, and what the '
        'question asks about. "supported": it is near, and `reason` says what it does not confirm.'
    )
    reason: Doubt | None = Field(description="Why it is not verified; null if it is.")
    conflicts: list[ConflictOut] = Field(description="Other documents of the answer that give another figure.")
    boxes: list[QuoteBoxOut] | None = Field(
        None,
        description="With `boxes` in the request: around each line of the quote, in points of the page as it is shown, "
        "from its upper left corner. Empty if it was not found on a page; null if it was not looked for.",
    )


class SpanOut(ResponseBody):
    start: int
    end: int
    start_utf16: int
    end_utf16: int
    reason: Doubt | None = Field(description="Why no passage supports the sentence.")


class AdapterUsedOut(ResponseBody):
    name: str
    version: str


class ContextOut(ResponseBody):
    retrieved: int
    used: int
    dropped: int


class UsageOut(ResponseBody):
    prompt_tokens: int
    completion_tokens: int
    context: ContextOut


class StepTraceOut(ResponseBody):
    name: str
    version: Literal["rule", "model"]
    seconds: Seconds
    detail: dict[str, Any]


class ChatOut(ResponseBody):
    id: str
    conversation_id: str
    question: str = Field(description="As it was searched for: a follow-up is made to stand alone.")
    answer: str
    citations: list[CitationOut]
    unsupported: list[SpanOut] = Field(description="Sentences of the answer that no passage supports.")
    refused: bool
    refusal_reason: RefusalReason | None
    closest: list[PassageOut] = Field(description="On a refusal: what came nearest.")
    adapter: AdapterUsedOut | None = Field(description="The adapter version that answered; null for the base model.")
    usage: UsageOut
    route: Route = Field(Route.QUESTION, description="What the message was taken for, and so what answered it.")
    timings: dict[str, Seconds] = Field(
        description="Seconds: embed_s, retrieve_s, judge_s, queue_s, prefill_s, ttft_s, ..."
    )
    finish_reason: FinishReason = Field(
        "stop",
        description="Why the answer ended: `length`: cut at max_tokens; `repetition`: it went in a circle; `stopped`: "
        "see `status`.",
    )
    trace: list[StepTraceOut] = Field([], description="What each step did, in order.")
    status: TurnStatus = Field(
        TurnStatus.COMPLETED,
        description="`stopped`, `failed`: the stream was cut short, and `answer` is what was shown of it.",
    )


class RetrievalOut(ResponseBody):
    """The data of a `retrieval` event, the first one."""

    turn_id: str = Field(description="The `id` that the answer will have; names it in calls to resume and stop it.")
    conversation_id: str
    request_id: str
    route: Route
    adapter: AdapterUsedOut | None
    passages: list[PassageOut]


class ProgressOut(ResponseBody):
    """The data of a `progress` event."""

    done: int = Field(description="Parts of the documents that are read, of `total`.")
    total: int


class TokenOut(ResponseBody):
    """The data of a `token` event."""

    text: str
