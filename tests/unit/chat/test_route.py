"""The route step: certain rules for small talk, the collection, the answer before and whole documents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from app.chat.steps.route import RoutedQuestion, route
from app.domain.conversations import Turn
from app.domain.documents import DocumentOverview

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def document(number: int, filename: str, title: str = "") -> DocumentOverview:
    return DocumentOverview(f"doc_{number}", filename, title or filename, "", "text/plain", 1, NOW, NOW)


RULES = document(1, "allotment-rules.docx", "Rules of the Willow Lane allotments")
MINUTES = document(2, "2025-06-03-committee-minutes.pdf", "Minutes of the committee")
PRICES = document(3, "seed-prices.csv")
MANUAL = document(4, "greenhouse_manual_GH20.pdf", "GH20 greenhouse: assembly and care")
MAIL = document(5, "2025-09-10-water-mail.eml", "Water shut-off in October")
CONTRACT = document(6, "contrato-academia.pdf", "Contrato de adesão")
POOL = document(7, "regulamento-piscina.md", "Regulamento da piscina")
ENGLISH, PORTUGUESE = (RULES, MINUTES, PRICES, MANUAL, MAIL), (CONTRACT, MINUTES, POOL)


def turn(question: str, answer: str, **result: Any) -> Turn:
    return Turn("turn_1", "conv_1", question, answer, {"route": "question", "citations": [], **result})


WATER = turn("When is the water shut off?", "In October.", citations=[{"document_id": "doc_5"}])
FEE = turn("Quanto custa a matrícula?", "A matrícula custa 90 reais.", citations=[{"document_id": "doc_6"}])


def routed(message: str, previous: Turn | None = None, documents: Any = ENGLISH) -> RoutedQuestion:
    return route(message, previous, lambda: documents)


def taken_for(message: str, previous: Turn | None = None, documents: Any = ENGLISH) -> str:
    found = routed(message, previous, documents)
    return f"{found.route} {found.kind} {found.language or ''}".strip()


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("hi", "greeting en"),
        ("Hello there!", "greeting en"),
        ("HEYYY", "greeting en"),
        ("helo", "greeting en"),
        ("thx", "thanks en"),
        ("thnaks a lot!!", "thanks en"),
        ("ok thanks, bye", "farewell en"),
        ("thank you so much, that was really helpful", "thanks en"),
        ("How are you today?", "courtesy en"),
        ("who are you?", "identity en"),
        ("are you a robot?", "identity en"),
        ("👍", "agreement en"),
        ("obrigada!", "thanks pt"),
        ("bom dia", "greeting pt"),
        ("Boa tarde, tudo bem?", "courtesy pt"),
        ("tchau", "farewell pt"),
        ("Quem é você?", "identity pt"),
    ],
)
def test_small_talk(message: str, expected: str) -> None:
    assert taken_for(message) == f"small_talk {expected}"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("what can you do?", "abilities en"),
        ("Could you help me please?", "abilities en"),
        ("o que vc faz?", "abilities pt"),
        ("which documents do you have?", "list en"),
        ("hi, which docs do you have?", "list en"),
        ("waht documnets do you have", "list en"),
        ("List my files please", "list en"),
        ("que documentos você tem?", "list pt"),
        ("how many documents are there?", "count en"),
        ("Quantos arquivos tem aí?", "count pt"),
        ("what is the newest file?", "newest en"),
        ("When was the greenhouse manual uploaded?", "uploaded en"),
        ("do you have a document about composting?", "about en"),
    ],
)
def test_questions_about_the_collection(message: str, expected: str) -> None:
    assert taken_for(message) == f"collection {expected}"


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("shorter", "shorter"),
        ("can you make that shorter please?", "shorter"),
        ("summarise it", "shorter"),
        ("as a list please", "bullets"),
        ("explain it simpler", "simpler"),
        ("I don't understand", "simpler"),
        ("tell me more", "longer"),
        ("repeat that", "repeat"),
        ("mais curto por favor", "shorter"),
        ("em tópicos", "bullets"),
        ("não entendi", "simpler"),
    ],
)
def test_requests_about_the_answer_before(message: str, kind: str) -> None:
    found = routed(message, WATER)
    assert (found.route, found.kind) == ("previous_answer", kind)


@pytest.mark.parametrize(
    ("message", "target"),
    [
        ("in Portuguese, please", "pt"),
        ("translate that to German", "de"),
        ("and in French?", "fr"),
        ("em inglês por favor", "en"),
        ("pode traduzir para o espanhol?", "es"),
        ("português", "pt"),
    ],
)
def test_language_asked_for(message: str, target: str) -> None:
    found = routed(message, WATER)
    assert (found.route, found.kind, found.target) == ("previous_answer", "translate", target)


@pytest.mark.parametrize(
    ("message", "kind", "meant"),
    [
        ("summarise the allotment rules", "summary", [RULES]),
        ("sumarise the alotment ruels", "summary", [RULES]),
        ("Could you sum up the water mail from September for me, please?", "summary", [MAIL]),
        ("what is the greenhouse manual about?", "summary", [MANUAL]),
        ("what are the main points of the June minutes?", "summary", [MINUTES]),
        ("resume a ata", "summary", [MINUTES]),
        ("resumo das regras", "summary", [RULES]),
        ("list the topics of the manual", "outline", [MANUAL]),
        ("compare the rules and the manual", "compare", [RULES, MANUAL]),
        ("what do the minutes and the rules each say about bonfires?", "compare", [MINUTES, RULES]),
    ],
)
def test_whole_documents_are_found_by_name_kind_and_date(
    message: str, kind: str, meant: list[DocumentOverview]
) -> None:
    found = routed(message)
    assert (found.route, found.kind) == ("document", kind)
    assert [list(one.documents) for one in found.documents] == [[one] for one in meant]


def test_document_named_in_another_language_is_found() -> None:
    assert routed("summarise the minutes", documents=PORTUGUESE).documents[0].documents == [MINUTES]
    assert routed("sum up the contract", documents=PORTUGUESE).documents[0].documents == [CONTRACT]
    assert routed("resume o contrato pra mim", documents=PORTUGUESE).documents[0].documents == [CONTRACT]


def test_document_without_a_name_is_the_only_one_or_the_cited_one_or_asked_for() -> None:
    assert routed("Summarise this document.", documents=(POOL,)).documents[0].documents == (POOL,)
    assert routed("what is this document about?", WATER).documents[0].documents == [MAIL]
    unclear = routed("summarise the document").unclear
    assert unclear is not None
    assert len(unclear.documents) == len(ENGLISH)


def test_answer_to_the_question_which_document_resolves_it() -> None:
    asked = turn("list the topics of the document", "Which document do you mean: a or b?", route="document")
    found = routed("the manual please", asked)
    assert (found.route, found.kind, found.documents[0].documents) == ("document", "outline", [MANUAL])


@pytest.mark.parametrize(
    "message",
    [
        "hi, what are the core hours?",
        "thanks, and for part-timers?",
        "is it ok?",
        "which documents do you have to hand in?",
        "how many documents must I submit?",
        "what documents do I need to apply?",
        "list all documents required for the scholarship",
        "what can you do if the pump leaks?",
        "how does it work?",
        "When was the pump uploaded to the new site?",
        "what is the deposit about?",
        "what does the warranty cover?",
        "Summarise the French revolution",
        "compare apples and pears",
        "more than two dogs?",
        "is English spoken at the meetings?",
        "how do I translate a document?",
        "who made the rules?",
        "write me a poem",
        "in the garden",
        "???",
    ],
)
def test_near_misses_stay_questions(message: str) -> None:
    assert routed(message, WATER).route == "question"


@pytest.mark.parametrize(
    "message",
    [
        "que documentos preciso entregar?",
        "lista de documentos para matrícula",
        "quem é o síndico?",
        "como funciona a matrícula?",
        "e para crianças?",
        "mais de uma pessoa?",
        "o que diz o artigo 5?",
        "posso ir de bermuda",
    ],
)
def test_portuguese_near_misses_stay_questions(message: str) -> None:
    assert routed(message, FEE, PORTUGUESE).route == "question"


def test_language_that_was_asked_about_is_a_subject_and_no_request() -> None:
    available = turn("Is the manual available in English?", "Yes.")
    assert routed("and in French?", available).route == "question"


def test_single_words_need_an_answer_to_refer_to() -> None:
    assert routed("shorter").route == "question"
    assert routed("make it shorter").route == "previous_answer"


def test_documents_are_not_read_for_a_question() -> None:
    def unread() -> list[DocumentOverview]:
        raise AssertionError("no rule needs the documents")

    assert route("When is the water shut off?", None, unread).route == "question"
