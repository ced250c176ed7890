"""Mail as its reader sees it: text once, invitations, attachments that can be read; and calendars and address cards."""

from __future__ import annotations

import io
from email.message import EmailMessage

import pytest

from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse
from app.documents.parsing.media_types import detect
from app.domain.documents import DocumentWarning
from app.errors import DocumentFailure

INVITATION = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Rome\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
    "SUMMARY:Tasting of oils\r\nDTSTART;TZID=Europe/Rome:20260512T180000\r\nDTEND;TZID=Europe/Rome:20260512T193000\r\n"
    'ORGANIZER;CN="Neri, Ada":mailto:ada@example.org\r\nATTENDEE;CN=Ugo;ROLE=REQ-PARTICIPANT:mailto:ugo@example.org\r\n'
    "LOCATION:Cellar\\, second\r\n  door\r\nDESCRIPTION:Bring bread.\\n\\nNo cars.\r\nSTATUS:CONFIRMED\r\n"
    "BEGIN:VALARM\r\nDESCRIPTION:Reminder\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
PEOPLE = "Organizer: Neri, Ada <ada@example.org>\nAttendees: Ugo <ugo@example.org>"
ROUND = "SUMMARY:Round\nDTSTART:20260105T080000Z\nDURATION:PT1H30M\nRRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=6"


def read(name: str, data: bytes | str) -> ParsedDocument:
    data = data.encode() if isinstance(data, str) else data
    return parse(data, detect(io.BytesIO(data), name), ParserLimits(ocr_languages=""))


def mail(text: str = "The press opens in May.", subject: str = "Oil") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "ada@example.org"
    message.set_content(text)
    return message


def body(message: EmailMessage | str) -> list[str]:
    """The blocks below the headers."""
    data = message if isinstance(message, str) else message.as_bytes()
    return read("a.eml", data).text.split("\n\n")[2:]


def test_invitation_says_when_and_where() -> None:
    message = mail("You are invited.")
    message.add_alternative(INVITATION.encode(), maintype="text", subtype="calendar")
    message.add_attachment(INVITATION.encode(), maintype="application", subtype="ics", filename="invite.ics")
    assert body(message) == [
        "You are invited.",
        "Tasting of oils",
        "When: 2026-05-12 18:00 to 19:30 (Europe/Rome)\nWhere: Cellar, second door\n" + PEOPLE,
        "Bring bread.",
        "No cars.",
    ]


def test_summary_that_is_the_subject_comes_once() -> None:
    message = mail("You are invited.", subject="Invitation: Tasting of oils")
    message.add_alternative(INVITATION.encode(), maintype="text", subtype="calendar")
    assert read("a.eml", message.as_bytes()).text.count("Tasting of oils") == 1


@pytest.mark.parametrize(
    ("plain", "html", "expected"),
    [
        ("Your program cannot show HTML.", "<p>The press opens in May.</p>", ["The press opens in May."]),
        ("Open this message in a browser.", "<p>The press opens in May, and on Fridays.</p>", None),
        ("The press opens in May. <https://example.org>", "<p>The <b>press</b> opens in May.</p>", None),
        ("The press opens in May.", "<img src='cid:1'>", ["The press opens in May."]),
        ("word " * 50 + "The press opens in May.", "<p>Picture of the day</p>", ["*", "Picture of the day"]),
    ],
)
def test_plain_text_stands_beside_html_only_if_it_says_more(plain: str, html: str, expected: list[str] | None) -> None:
    message = mail(plain)
    message.add_alternative(html, subtype="html")
    found = body(message)
    assert len(found) == len(expected or [""])
    assert found[-1].startswith((expected or ["The press opens in May"])[-1])


def test_parts_between_attachments_are_text_of_the_mail() -> None:
    message = mail("First.")
    message.add_attachment(b"Attached.", maintype="application", subtype="octet-stream", filename="note.txt")
    message.attach(_part("text", "plain", b"Second."))
    assert body(message) == ["First.", "Second.", "note.txt", "Attached."]


def test_attachments_within_an_alternative_are_read() -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Oil", "ada@example.org"
    message.set_content("Plain.")
    message.make_alternative()
    inner = EmailMessage()
    inner.set_content("<p>Rich words.</p>", subtype="html")
    inner.add_attachment(b"Attached.", maintype="text", subtype="plain", filename="note.txt")
    message.attach(inner)
    assert body(message) == ["Rich words.", "note.txt", "Attached."]


def test_attachment_that_cannot_be_read_does_not_fail_its_mail() -> None:
    message = mail()
    message.add_attachment(b"\0\1\2\3", maintype="application", subtype="octet-stream", filename="tank.bin")
    parsed = read("a.eml", message.as_bytes())
    assert "The press opens in May." in parsed.text
    assert parsed.warnings == (
        DocumentWarning(
            "attachment_skipped",
            "tank.bin: It is not read: 'tank.bin' cannot be read: it is a binary file of no known type.",
        ),
    )


def test_mail_of_nothing_but_unreadable_attachments_fails() -> None:
    message = mail("")
    message.add_attachment(b"\0\1\2\3", maintype="application", subtype="octet-stream", filename="tank.bin")
    with pytest.raises(DocumentFailure) as caught:
        read("a.eml", message.as_bytes())
    assert caught.value.code == "unsupported_media_type"


def test_signatures_and_small_pictures_of_the_text_are_no_attachments() -> None:
    message = mail()
    message.add_alternative("<p>The press opens in May.</p><img src='cid:logo'>", subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<logo>", filename="logo.png")
    message.make_mixed()
    message.attach(_part("application", "pgp-signature", b"-----BEGIN PGP SIGNATURE-----", "signature.asc"))
    assert body(message) == ["The press opens in May."]


def test_saved_page_is_the_page_without_what_it_is_drawn_with() -> None:
    page = (
        "From: <Saved by a browser>\nSnapshot-Content-Location: https://example.org/oil\nSubject: Oil\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="M"\n\n'
        "--M\nContent-Type: text/html\nContent-Location: https://example.org/oil\n\n<p>The press opens in May.</p>\n"
        "--M\nContent-Type: text/css\nContent-Location: https://example.org/a.css\n\np { color: red }\n"
        "--M\nContent-Type: image/png\nContent-Location: https://example.org/a.png\n\nnothing\n"
        "--M\nContent-Type: text/html\nContent-Location: cid:frame\n\n<p>In a frame.</p>\n--M--\n"
    )
    parsed = read("oil.mhtml", page)
    assert parsed.text.split("\n\n")[1:] == [
        "Snapshot-Content-Location: https://example.org/oil",
        "The press opens in May.",
        "In a frame.",
    ]
    assert not parsed.warnings


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Type: multipart/mixed; boundary=none",
        "Content-Type: ;;;\nContent-Disposition: ===",
        'Content-Type: text/plain; charset="no-such"',
        "Content-Type: multipart/alternative",
    ],
)
def test_malformed_headers_lose_no_text(headers: str) -> None:
    assert "The press opens in May." in read("a.eml", f"Subject: Oil\n{headers}\n\nThe press opens in May.\n").text


def test_deeply_nested_mail_ends_somewhere() -> None:
    depth = 300
    opening = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    parsed = read("a.eml", f"Subject: Oil\n{opening}Content-Type: text/plain\n\nAt the bottom.\n")
    assert "At the bottom." in parsed.text


def test_calendar_entries_of_other_forms() -> None:
    entries = [
        "SUMMARY:Harvest\nDTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261004\nSTATUS:CANCELLED",
        f"{ROUND}\nEXDATE:20260202T080000Z",
        "SUMMARY:Odd\nDTSTART:soon\nDTEND;TZID=X:20269999\nDURATION:P",
    ]
    source = "BEGIN:VCALENDAR\n" + "".join(f"BEGIN:VEVENT\n{entry}\nEND:VEVENT\n" for entry in entries)
    assert read("farm.ics", source).text.split("\n\n") == [
        "Harvest",
        "When: 2026-10-01 to 2026-10-03\nStatus: Cancelled",
        "Round",
        "When: 2026-01-05 08:00 UTC for 1 h 30 min\nRepeats: monthly, on 1. Mon, 6 times\nExcept: 2026-02-02 08:00 UTC",
        "Odd",
        "When: soon to 20269999",
    ]


def test_address_cards_are_lines_of_fields() -> None:
    cards = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Neri\nORG:Mill;Press\nitem1.TEL;TYPE=WORK,VOICE:+39 06 55\n"
        "ADR;TYPE=HOME:;;Via Lunga 4;Rome;;;\nPHOTO;ENCODING=b:aGVsbG8=\nEND:VCARD\n"
        "BEGIN:VCARD\nN:Neri;Ugo;;;\nEMAIL;TYPE=INTERNET:ugo@example.org\nEND:VCARD\n"
    )
    assert read("people.vcf", cards).text.split("\n\n") == [
        "Name: Ada Neri | Organisation: Mill, Press | Telephone (work): +39 06 55 | Address (home): Via Lunga 4, Rome",
        "Name: Ugo Neri | Email: ugo@example.org",
    ]


@pytest.mark.parametrize(("name", "data"), [("a.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR"), ("a.vcf", "nothing")])
def test_empty_calendars_and_cards_fail_with_a_reason(name: str, data: str) -> None:
    with pytest.raises(DocumentFailure) as caught:
        read(name, data)
    assert caught.value.code == "no_text"


def _part(maintype: str, subtype: str, content: bytes, filename: str = "") -> EmailMessage:
    part = EmailMessage()
    part.set_content(content, maintype, subtype, **({"filename": filename} if filename else {}))
    del part["MIME-Version"]
    if maintype == "text":
        del part["Content-Disposition"]
    return part
