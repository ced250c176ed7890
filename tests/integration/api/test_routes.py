"""Messages that are no questions: small talk, the collection, the answer before, whole documents."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from app.text.locales import get_locale
from app.text.refusals import refusal_text
from tests.support.service import Service

RULES = b"""# Rules of the boat club

## Fees

Members pay 120 euros a year. The fee must be paid by 31 January.

## Boats

Boats may be taken out from April to October only. Every boat must be back before sunset.

## Guests

A guest may join a trip twice a season. Guests under 12 must wear a life jacket.
"""
MAIL = b"The clubhouse is closed from 3 to 9 May. New keys cost 15 euros and are handed out by the caretaker."


@pytest.fixture
async def club(service: Service) -> Service:
    assert (await service.take_in(service.acme, "club-rules.md", RULES))["status"] == "ready"
    assert (await service.take_in(service.acme, "may-mail.txt", MAIL, collection="mails"))["status"] == "ready"
    return service


async def say(client: httpx.AsyncClient, message: str, **more: Any) -> dict[str, Any]:
    response = await client.post("/api/v1/chat", json={"message": message, **more})
    assert response.status_code == 200, response.text
    return response.json()


async def assert_verbatim(service: Service, answer: dict[str, Any]) -> None:
    for citation in answer["citations"]:
        content = (await service.acme.get(f"/api/v1/documents/{citation['document_id']}/content")).json()
        assert content["text"][citation["char_start"] : citation["char_end"]] == citation["quote"]
        shown = answer["answer"][citation["start"] : citation["end"]]
        assert shown.split()[0] in citation["quote"]


@pytest.mark.parametrize(("message", "language"), [("hi", "en"), ("Bom dia!", "pt"), ("thx", "en"), ("tchau", "pt")])
async def test_small_talk_is_answered_in_its_language_and_cites_nothing(
    club: Service, message: str, language: str
) -> None:
    answer = await say(club.acme, message)
    assert (answer["route"], answer["refused"], answer["citations"]) == ("small_talk", False, [])
    assert answer["usage"]["completion_tokens"] == 0
    opening = answer["answer"].split()[0]
    assert any(text.startswith(opening) for text in get_locale(language).dialogue.replies.values())


async def test_documents_are_listed_newest_first_and_only_within_the_restriction(club: Service) -> None:
    everything = await say(club.acme, "which documents do you have?")
    assert everything["route"] == "collection"
    assert everything["answer"].index("may-mail.txt") < everything["answer"].index("club-rules.md")
    mails = await say(club.acme, "which documents do you have?", collections=["mails"])
    assert "may-mail.txt" in mails["answer"]
    assert "club-rules.md" not in mails["answer"]


async def test_other_tenants_documents_are_not_named(club: Service) -> None:
    answer = await say(club.other, "which documents do you have?")
    assert not answer["refused"]
    assert "/api/v1/documents" in answer["answer"]  # how to upload one
    assert "club" not in answer["answer"]


async def test_time_of_an_upload_and_number_of_documents_are_told(club: Service) -> None:
    listed = (await club.acme.get("/api/v1/documents")).json()["data"]
    year = next(one["created_at"][:4] for one in listed if one["filename"] == "may-mail.txt")
    told = await say(club.acme, "When was the May mail uploaded?")
    assert "may-mail.txt" in told["answer"]
    assert year in told["answer"]
    assert "2 documents" in (await say(club.acme, "how many documents are there?"))["answer"]


async def test_documents_about_a_topic_are_those_that_speak_of_it(club: Service) -> None:
    found = await say(club.acme, "do you have a document about life jackets?")
    assert "club-rules.md" in found["answer"]
    assert "may-mail.txt" not in found["answer"]
    none = await say(club.acme, "which documents mention volcanoes?")
    assert none["answer"].startswith("I find no document about volcanoes.")


@pytest.mark.parametrize(
    "more", [{"conversation_id": "conv_none"}, {"adapter": "none-such"}, {"collections": ["none-such"]}]
)
async def test_small_talk_passes_the_checks_of_a_question(club: Service, more: dict[str, Any]) -> None:
    assert (await club.acme.post("/api/v1/chat", json={"message": "hi", **more})).status_code == 404


async def test_summary_is_in_the_documents_own_words_and_cited(club: Service) -> None:
    answer = await say(club.acme, "Please sum up the club rules for me")
    assert (answer["route"], answer["refused"]) == ("document", False)
    assert len(answer["citations"]) >= 3
    assert {citation["filename"] for citation in answer["citations"]} == {"club-rules.md"}
    assert "120 euros" in answer["answer"]
    await assert_verbatim(club, answer)


async def test_events_of_a_summary_tell_its_progress_and_end_with_the_whole_answer(club: Service) -> None:
    response = await club.acme.post("/api/v1/chat", json={"message": "summarise the club rules", "stream": True})
    blocks = [block.split("\n") for block in response.text.strip().split("\n\n") if not block.startswith(":")]
    found = [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for _, name, data in blocks]
    names = [name for name, _ in found]
    assert names[:3] == ["retrieval", "progress", "token"]
    done = found[-1][1]
    assert "".join(data["text"] for name, data in found if name == "token") == done["answer"]
    assert [data for name, data in found if name == "citation"] == done["citations"]
    turns = (await club.acme.get(f"/api/v1/conversations/{done['conversation_id']}/turns")).json()["data"]
    assert [turn["result"] for turn in turns] == [done]


async def test_outline_has_the_headings_in_order(club: Service) -> None:
    answer = await say(club.acme, "list the topics of the club rules")
    places = [answer["answer"].index(heading) for heading in ("Fees", "Boats", "Guests")]
    assert places == sorted(places)


async def test_documents_are_compared_on_a_topic(club: Service) -> None:
    answer = await say(club.acme, "what do the club rules and the May mail each say about euros?")
    assert {citation["filename"] for citation in answer["citations"]} == {"club-rules.md", "may-mail.txt"}
    assert "120 euros" in answer["answer"]
    assert "15 euros" in answer["answer"]


async def test_unclear_document_is_asked_back_about(club: Service) -> None:
    asked = await say(club.acme, "summarise the document")
    assert (asked["route"], asked["citations"]) == ("document", [])
    assert asked["answer"].startswith("Which document do you mean")
    clear = await say(club.acme, "the mail please", conversation_id=asked["conversation_id"])
    assert {citation["filename"] for citation in clear["citations"]} == {"may-mail.txt"}


async def test_answer_is_listed_shortened_and_repeated_with_its_citations(club: Service) -> None:
    first = await say(club.acme, "sum up the May mail")
    same = {"conversation_id": first["conversation_id"]}
    repeated = await say(club.acme, "repeat that", **same)
    assert (repeated["route"], repeated["answer"]) == ("previous_answer", first["answer"])
    assert repeated["citations"] == first["citations"]
    shorter = await say(club.acme, "shorter", **same)
    assert 0 < len(shorter["citations"]) < len(first["citations"])
    await assert_verbatim(club, shorter)
    more = await say(club.acme, "tell me more", **same)
    assert not {one["quote"] for one in more["citations"]} & {one["quote"] for one in shorter["citations"]}
    await assert_verbatim(club, more)


async def test_model_that_does_not_translate_is_not_shown(club: Service) -> None:
    first = await say(club.acme, "sum up the May mail")
    answer = await say(club.acme, "in Portuguese please", conversation_id=first["conversation_id"])
    lines, note = answer["answer"].split("\n\n")
    assert note == get_locale("en").dialogue.replies["untranslated"]
    assert lines.split("\n")[0] == "Os pontos principais de may-mail.txt:"  # the service's own words
    assert lines.split("\n")[1:] == first["answer"].split("\n")[1:]
    assert len(answer["citations"]) == len(first["citations"])


async def test_without_an_answer_there_is_nothing_to_change(club: Service) -> None:
    alone = await say(club.acme, "make it shorter")
    assert (alone["route"], alone["refused"], alone["citations"]) == ("previous_answer", False, [])
    assert alone["answer"].startswith("There is no answer of mine")
    greeting = await say(club.acme, "hi")
    after = await say(club.acme, "shorter", conversation_id=greeting["conversation_id"])
    assert after["answer"] == alone["answer"]


async def test_refusal_and_greeting_are_said_in_the_language_asked_for(club: Service) -> None:
    refused = await say(club.acme, "Who painted the ceiling of the Sistine Chapel?")
    again = await say(club.acme, "in Portuguese", conversation_id=refused["conversation_id"])
    assert (again["answer"], again["refused"]) == (refusal_text(refused["refusal_reason"], "pt"), True)
    greeting = await say(club.acme, "hi")
    again = await say(club.acme, "em português", conversation_id=greeting["conversation_id"])
    assert again["answer"].startswith("Olá!")


async def test_deleted_document_is_marked_in_old_turns_and_not_quoted_again(club: Service) -> None:
    first = await say(club.acme, "sum up the May mail")
    await club.acme.delete(f"/api/v1/documents/{first['citations'][0]['document_id']}")
    path = f"/api/v1/conversations/{first['conversation_id']}/turns"
    [turn] = (await club.acme.get(path)).json()["data"]
    assert [citation.pop("gone") for citation in turn["result"]["citations"]] == [True] * len(first["citations"])
    assert turn["result"]["citations"] == first["citations"]
    again = await say(club.acme, "repeat that", conversation_id=first["conversation_id"])
    assert (again["answer"], again["citations"]) == (get_locale("en").dialogue.replies["gone"], [])


async def test_summary_of_a_document_over_http(club: Service) -> None:
    listed = (await club.acme.get("/api/v1/documents")).json()["data"]
    rules = next(one["id"] for one in listed if one["filename"] == "club-rules.md")
    response = await club.acme.post(f"/api/v1/documents/{rules}/summary")
    body = response.json()
    assert response.status_code == 200
    assert (body["document_id"], body["version"], body["language"]) == (rules, 1, "en")
    assert body["sections_read"] == body["sections"] > 0
    assert body["citations"]
    portuguese = await club.acme.post(f"/api/v1/documents/{rules}/summary", json={"language": "pt"})
    assert portuguese.json()["summary"].startswith("Os pontos principais")
    assert (await club.other.post(f"/api/v1/documents/{rules}/summary")).status_code == 404


async def test_document_that_is_not_ready_has_no_summary(service: Service) -> None:
    broken = await service.take_in(service.acme, "broken.pdf", b"%PDF-1.7 nothing")
    assert broken["status"] == "failed"
    response = await service.acme.post(f"/api/v1/documents/{broken['id']}/summary")
    assert response.status_code == 409
