"""Conversations: their answers, turns and feedback, and a tenant's chat settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from app.domain.offsets import utf16_length
from app.domain.pages import QuoteBox
from app.domain.passages import Passage

# Why an answer ended: by itself, cut, going in a circle, or before it was whole
FinishReason = Literal["stop", "length", "repetition", "stopped"]


class Rating(StrEnum):
    UP = "up"  # a good answer
    DOWN = "down"  # a bad answer


class TurnStatus(StrEnum):
    COMPLETED = "completed"  # the answer is whole
    STOPPED = "stopped"  # the user stopped it, or was away too long: it holds what was shown
    FAILED = "failed"  # it ended with an error: it holds what was shown


Branches = Literal["current", "all"]  # turns of the branch that goes on, or also those that others replaced
ConversationSort = Literal["updated_at", "created_at", "title"]


class RefusalReason(StrEnum):
    NO_DOCUMENTS = "no_documents"  # the search finds nothing
    NOT_READY = "not_ready"  # the search finds nothing, but documents are still being read
    NOTHING_RELEVANT = "nothing_relevant"  # the passages do not hold the answer
    UNSUPPORTED = "unsupported"  # no passage supports what the model wrote


class Support(StrEnum):
    VERIFIED = "verified"  # the quote says it: its words, numbers, dates, names and sense
    SUPPORTED = "supported"  # the quote is near, but something of the sentence is not confirmed by it


class Doubt(StrEnum):
    """What of a sentence its source does not confirm."""

    NUMBER = "number_not_in_source"  # a figure of the sentence
    UNIT = "unit_not_in_source"  # the figure stands there, with another unit
    DATE = "date_not_in_source"  # a date, a month, a weekday or a time
    YEAR = "year_differs"  # the source is of another year than the one asked about
    NAME = "name_not_in_source"  # a name or a code
    NEGATION = "negation_differs"  # one says yes, the other says no
    SUBJECT = "subject_not_in_source"  # the source is about something else than the question
    CONFLICT = "sources_disagree"  # another document gives another figure
    LANGUAGE = "other_language"  # the source is in another language, and no number or date ties the two
    REVIEW = "review_disagrees"  # the model, reading its answer again, does not find it right
    WEAK = "weak_support"  # too few of its words are in the source
    NOTHING = "no_source"  # no passage says anything like it
    QUESTION = "question"  # it asks and claims nothing


class Route(StrEnum):
    """What a message asks for, and so which steps answer it."""

    SMALL_TALK = "small_talk"  # a greeting, thanks, "who are you"
    COLLECTION = "collection"  # which documents there are, what can be asked
    PREVIOUS_ANSWER = "previous_answer"  # the last answer shorter, as a list, in another language
    DOCUMENT = "document"  # whole documents: summary, outline, comparison
    QUESTION = "question"  # everything else: answered from passages


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A range of an answer's text, in Unicode code points, end exclusive."""

    start: int
    end: int
    reason: Doubt | None = None  # of a sentence that no passage supports: why
    start_utf16: int = field(default=0, compare=False)  # the same in UTF-16 code units; see `in_text`
    end_utf16: int = field(default=0, compare=False)

    def in_text(self, answer: str) -> TextSpan:
        """With the offsets in UTF-16 code units; `answer` is the text, at least up to `end`."""
        start = utf16_length(answer[: self.start])
        end = start + utf16_length(answer[self.start : self.end])
        return replace(self, start_utf16=start, end_utf16=end)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A sentence of another document that gives another figure than the quote of a citation."""

    document_id: str
    filename: str
    quote: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence of an answer (`start` to `end` in it) and the text of a passage that supports it, verbatim."""

    index: int  # from 1, in the order of the answer; sentences that rest on one quote share it
    chunk_id: str
    document_id: str
    filename: str
    version: int
    quote: str  # the document's text[char_start:char_end]
    start: int
    end: int
    page_start: int | None
    page_end: int | None
    char_start: int
    char_end: int
    score: float  # support, 0 to 1
    verified: bool  # `support` is VERIFIED
    support: Support = Support.SUPPORTED
    reason: Doubt | None = None  # why it is not verified
    conflicts: tuple[Conflict, ...] = ()
    page_label: str | None = None  # what the file calls the first page, if that is not its number
    boxes: tuple[QuoteBox, ...] | None = None  # around the quote on its pages; None: not looked for
    start_utf16: int = field(default=0, compare=False)  # the offsets in UTF-16 code units
    end_utf16: int = field(default=0, compare=False)
    char_start_utf16: int = field(default=0, compare=False)
    char_end_utf16: int = field(default=0, compare=False)

    def moved_to(self, span: TextSpan) -> Citation:
        """The citation of another sentence that rests on the same quote."""
        return replace(self, start=span.start, end=span.end, start_utf16=span.start_utf16, end_utf16=span.end_utf16)


@dataclass(frozen=True, slots=True)
class AdapterUsed:
    """The adapter version that wrote an answer."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class ContextUsage:
    """Counts of passages: found, put into the prompt, and dropped (score too low, or no room)."""

    retrieved: int
    used: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens and passages that an answer took."""

    prompt_tokens: int
    completion_tokens: int
    context: ContextUsage


@dataclass(frozen=True, slots=True)
class StepTrace:
    """What one step of an answer did."""

    name: str
    version: Literal["rule", "model"]
    seconds: float
    detail: Mapping[str, Any] = field(default_factory=dict)  # what it decided


@dataclass(frozen=True, slots=True)
class TokenLogprob:
    """Natural logarithm of a token's probability: of the model's own distribution, without temperature."""

    token: str  # its text, which may be a part of a character
    logprob: float
    top: tuple[tuple[str, float], ...] = ()  # the likeliest tokens in its place, likeliest first


@dataclass(frozen=True, slots=True)
class ChatAnswer:
    """A whole answer of the chat, as it is sent and saved."""

    id: str  # "turn_..."
    conversation_id: str
    question: str  # as it was searched for: a follow-up is rewritten to stand alone
    answer: str
    citations: list[Citation]
    unsupported: list[TextSpan]  # sentences of the answer that no passage supports
    refused: bool
    refusal_reason: RefusalReason | None
    closest: list[Passage]  # the passages found, if the answer is a refusal
    adapter: AdapterUsed | None  # None: the base model
    usage: Usage
    timings: Mapping[str, float]  # seconds
    finish_reason: FinishReason = "stop"
    trace: Sequence[StepTrace] = ()
    route: Route = Route.QUESTION
    status: TurnStatus = TurnStatus.COMPLETED
    logprobs: Sequence[TokenLogprob] = ()  # of the tokens that the model wrote, if asked for; not saved


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of questions and answers."""

    id: str  # "conv_..."
    tenant_id: str
    title: str
    created_at: datetime
    updated_at: datetime
    user: str | None = None  # the end user it belongs to; None: none was named
    pinned: bool = False  # first in the list
    archived: bool = False  # in the list of those put away
    current_turn_id: str | None = None  # the last turn of the branch that goes on; None: it has no turns
    last_question: str | None = None  # of that turn
    labels: dict[str, str] = field(default_factory=dict)  # what OpenAI's clients say of it as `metadata`


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation with its answer."""

    id: str  # "turn_..."; also the `id` of the chat answer
    conversation_id: str
    question: str
    answer: str
    result: dict[str, Any] = field(default_factory=dict)  # the whole chat answer as it was sent
    created_at: datetime | None = None
    status: TurnStatus = TurnStatus.COMPLETED
    parent_id: str | None = None  # the turn before it; None: it is the first
    options: dict[str, Any] = field(default_factory=dict)  # of its request, which another version of it goes by
    versions: tuple[str, ...] = ()  # ids of the turns after the same one, itself among them, oldest first
    feedback: tuple[Feedback, ...] = ()


@dataclass(frozen=True, slots=True)
class Fork:
    """Where a further version of a turn begins: after the turn before it, in a branch of its own."""

    parent_id: str | None  # the turn before it; None: it is the first


@dataclass(frozen=True, slots=True)
class ConversationChanges:
    """What of a conversation changes; None: it stays."""

    title: str | None = None
    pinned: bool | None = None
    archived: bool | None = None
    current_turn_id: str | None = None  # a turn whose branch is to go on


@dataclass(frozen=True, slots=True)
class Feedback:
    """A user's rating of an answer."""

    id: str  # "fb_..."
    turn_id: str
    rating: Rating
    corrected_answer: str | None
    comment: str | None
    created_at: datetime
    user: str | None = None  # who rated; None: none was named


Judging = Literal["model", "rules"]


@dataclass(frozen=True, slots=True)
class TenantChatSettings:
    """A tenant's chat settings."""

    preamble: str  # role and tone, in every prompt
    refusal_threshold: float | None  # None: the service's
    calibration: dict[str, Any]  # how the threshold scored when it was fitted
    fingerprint: str  # of the embeddings that the threshold was fitted on; it applies to no others
    representation: str = "hybrid"  # the name of the search profile
    judging: Judging = "model"  # who judges passages and answers: the model where its base can, or rules alone
    answerable_threshold: float | None = None  # of the model's judgement; None: the one of the judging adapter
    judged_by: str = ""  # the adapter version that the threshold was fitted on; it applies to no other
    questions: tuple[str, ...] = ()  # to propose where nothing is asked yet


@dataclass(frozen=True, slots=True)
class RefusalPolicy:
    """A tenant's threshold of confidence: fitted by `loracle calibrate`, else the service's setting."""

    threshold: float = 0.32
    doubt: float = 0.08  # this far above the threshold an answer is shown only if a passage supports it
    answerable: float = 0.5  # likewise a threshold, of the model's judgement where the model judges
    sure: float = 0.0  # of the model's judgement: below it an answer is shown only if the model finds it right
