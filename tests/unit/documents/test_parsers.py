"""Every family of formats keeps its text, its headings and its tables; files are made here."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
from email.message import EmailMessage

import docx
import pytest
from docx.oxml import parse_xml
from PIL import Image, ImageDraw, ImageFont

from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse
from app.documents.parsing.media_types import detect
from app.errors import DocumentFailure, UnsupportedMedia
from tests.support.files import docx_bytes, pdf_bytes
from tests.support.office import zipped

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is optional")
ODF = 'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:b" xmlns:draw="urn:d" xmlns:presentation="urn:p"'
SLIDE = (
    '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:sp><p:nvPr><p:ph type="title"/></p:nvPr>'
    "<a:p><a:r><a:t>{title}</a:t></a:r></a:p></p:sp><p:sp><a:p><a:r><a:t>{body}</a:t></a:r></a:p></p:sp></p:sld>"
)


def read(name: str, data: bytes, **limits: int) -> ParsedDocument:
    return parse(data, detect(io.BytesIO(data), name), ParserLimits(**limits))


def failure(name: str, data: bytes, **limits: int) -> str:
    with pytest.raises(DocumentFailure) as caught:
        read(name, data, **limits)
    return caught.value.code


def kinds(parsed: ParsedDocument) -> list[tuple[str, str]]:
    return [(block.kind, parsed.text[block.char_start : block.char_end]) for block in parsed.blocks]


def odt(body: str, mimetype: str = "application/vnd.oasis.opendocument.text", **more: str) -> bytes:
    content = f"<office:document-content {ODF}><office:body>{body}</office:body></office:document-content>"
    return zipped({"content.xml": content, **more}, mimetype)


def pptx(*slides: tuple[str, str]) -> bytes:
    names = [f"ppt/slides/slide{i}.xml" for i in range(len(slides), 0, -1)]  # numbers that contradict the order
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(f'<R Id="r{i}" Type="{r}/slide" Target="/{name}"/>' for i, name in enumerate(names))
    listed = "".join(f'<p:sldId id="{256 + i}" r:id="r{i}"/>' for i in range(len(names)))
    main = f'<p:p xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{r}">{listed}</p:p>'
    parts = {n: SLIDE.format(title=t, body=b) for n, (t, b) in zip(names, slides, strict=True)}
    return zipped({"ppt/presentation.xml": main, "ppt/_rels/presentation.xml.rels": f"<Rs>{relations}</Rs>", **parts})


def xlsx(rows: list[list[str | int]]) -> bytes:
    lines = "".join(
        "<row>" + "".join(
            f"<c><v>{cell}</v></c>" if isinstance(cell, int) else f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
            for cell in row
        ) + "</row>"
        for row in rows
    )  # fmt: skip
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{r}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{r}"><sheets>'
            '<sheet name="Prices" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
            f'Type="{r}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
        }
    )


def mail(*attachments: tuple[str, bytes], html: str = "") -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Férias de julho", "ana@example.org", "rui@example.org"
    message.set_content("As férias começam a 7 de julho.")
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_docx_keeps_text_boxes_footnotes_merged_cells_and_tracked_changes_once() -> None:
    document = docx.Document()
    document.add_heading("Rules", 1)
    paragraph = document.add_paragraph("Before the box. ")
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph._p.append(
        parse_xml(f"<w:r {w}><w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></w:r>")
    )
    paragraph._p.append(parse_xml(f"<w:del {w}><w:r><w:delText>taken out</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {w}><w:r><w:t>put in</w:t></w:r></w:ins>"))
    table = document.add_table(rows=3, cols=2)
    for cell, text in zip(table._cells, ["Grade", "Salary", "Junior", "3000", "", "3500"], strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.sections[0].footer.paragraphs[0].text = "Page foot"
    buffer = io.BytesIO()
    document.save(buffer)
    parsed = read("rules.docx", buffer.getvalue())
    assert kinds(parsed) == [
        ("heading", "Rules"),
        ("paragraph", "Before the box. put in"),
        ("paragraph", "In the box."),
        ("table", "Grade: Junior | Salary: 3000\nGrade: Junior | Salary: 3500"),
        ("paragraph", "Page foot"),
    ]


def test_slides_are_pages_in_the_order_shown() -> None:
    parsed = read("talk.pptx", pptx(("First", "One"), ("Second", "Two")))
    assert kinds(parsed) == [
        ("heading", "First"),
        ("paragraph", "One"),
        ("heading", "Second"),
        ("paragraph", "Two"),
    ]
    assert [span.page for span in parsed.pages] == [1, 2]
    assert parsed.text[parsed.pages[1].char_start :].strip().startswith("Second")


def test_sheet_rows_carry_their_header_under_captions() -> None:
    parsed = read("p.xlsx", xlsx([["Prices of 2026", ""], ["Ticket", "Price"], ["Adult", 12], ["Child", 7]]))
    assert kinds(parsed) == [
        ("heading", "Prices"),
        ("paragraph", "Prices of 2026"),
        ("table", "Ticket: Adult | Price: 12\nTicket: Child | Price: 7"),
    ]


def test_opendocument_text_keeps_spaces_lists_tables_and_levels() -> None:
    body = (
        '<text:h text:outline-level="2">Loans</text:h><text:p>Two<text:s text:c="2"/>books<text:tab/>only</text:p>'
        "<text:list><text:list-item><text:p>Ask first</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Day</text:p></table:table-cell><table:table-cell>"
        "<text:p>Hour</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Monday"
        "</text:p></table:table-cell><table:table-cell><text:p>ten</text:p></table:table-cell></table:table-row>"
        "</table:table>"
    )
    parsed = read("rules.odt", odt(body))
    assert kinds(parsed) == [
        ("heading", "Loans"),
        ("paragraph", "Two  books\tonly"),
        ("list_item", "Ask first"),
        ("table", "Day: Monday | Hour: ten"),
    ]
    assert parsed.blocks[0].level == 2


def test_encrypted_opendocument_says_so() -> None:
    manifest = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    assert failure("s.odt", odt("", **{"META-INF/manifest.xml": manifest})) == "encrypted"


@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_delimited_rows_carry_their_header(delimiter: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([["Name", "Note"], ["Ana", 'says "a, b; c"'], ["Rui", ""]])
    parsed = read("people.csv", buffer.getvalue().encode())
    assert parsed.text == 'Name: Ana | Note: says "a, b; c"\nName: Rui'


def test_names_of_empty_columns_are_not_lost() -> None:
    assert read("a.csv", b"Name,Phone\nAna,\nRui,\n").text == "Name | Phone\nName: Ana\nName: Rui"


def test_json_objects_are_lines_under_their_path() -> None:
    data = {"museum": {"name": "Harbour", "tags": ["sea", "ships"], "rooms": [{"id": 1, "open": True}, {"id": 2}]}}
    assert read("a.json", json.dumps(data).encode()).text.split("\n\n") == [
        "museum | name: Harbour | tags: sea, ships",
        "museum.rooms | museum.name: Harbour | id: 1 | open: true",
        "museum.rooms | museum.name: Harbour | id: 2",
    ]
    assert read("a.jsonl", b'{"a": 1}\n\n{"a": "x"}\n').text == "a: 1\n\na: x"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("deep.json", b"[" * 200_000 + b"]" * 200_000, "nested_too_deeply"),
        ("cut.json", b'{"a": ', "truncated"),
        ("cut.jsonl", b'{"a": 1}\n{"a": ', "truncated"),
        ("empty.xml", b"<?xml version='1.0'?>", "truncated"),
        ("cut.zip", zipped({"a.txt": "Text."})[:60], "truncated"),
        ("cut.gz", gzip.compress(b"text" * 1000)[:20], "truncated"),
        ("cut.odt", odt("<text:p>Text.</text:p>")[:200], "truncated"),
        ("cut.xlsx", xlsx([["a", "b"]])[:300], "truncated"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", "truncated"),
    ],
)
def test_damaged_file_fails_with_a_reason(name: str, data: bytes, code: str) -> None:
    assert failure(name, data) == code


def test_xml_entities_are_neither_expanded_nor_fetched() -> None:
    secret = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "boom">]>'
    parsed = read("a.xml", f"<?xml version='1.0'?>{secret}<a><b>Kept text</b><c>&x;&y;</c></a>".encode())
    assert "Kept text" in parsed.text
    assert "root:" not in parsed.text
    assert "boom" not in parsed.text


def test_xml_records_become_rows() -> None:
    parsed = read("a.xml", b"<?xml version='1.0'?><all><book><title>Sea</title><year>1999</year></book></all>")
    assert parsed.text == "title: Sea | year: 1999"


def test_rtf_keeps_accents() -> None:
    assert "Olá mundo" in read("a.rtf", rb"{\rtf1\ansi\ansicpg1252 Ol\'e1 mundo\par Fim.}").text


def test_epub_chapters_come_in_reading_order() -> None:
    opf = (
        '<package xmlns:dc="urn:dc"><dc:title>Sea tales</dc:title><manifest>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    parsed = read(
        "tales.epub",
        zipped(
            {
                "META-INF/container.xml": '<c><rootfile full-path="O/c.opf"/></c>',
                "O/c.opf": opf,
                "O/b.xhtml": "<html><body><h1>Two</h1><p>After.</p></body></html>",
                "O/a.xhtml": "<html><body><h1>One</h1><p>Before.</p></body></html>",
            },
            "application/epub+zip",
        ),
    )
    assert (parsed.title, parsed.text) == ("Sea tales", "One\n\nBefore.\n\nTwo\n\nAfter.")


def test_mail_holds_headers_text_and_attachments_under_their_names() -> None:
    parsed = read("a.eml", mail(("rules.docx", docx_bytes()), ("broken.docx", b"PK\3\4cut")))
    assert parsed.title == "Férias de julho"
    assert "começam a 7 de julho" in parsed.text
    assert ("heading", "rules.docx") in kinds(parsed)
    assert "Grade: Junior | Salary: 3000 euros" in parsed.text
    assert ("heading", "broken.docx") in kinds(parsed)


def test_mail_text_that_html_repeats_comes_once() -> None:
    parsed = read("a.eml", mail(html="<p>As férias <b>começam</b> a 7 de julho.</p>"))
    assert parsed.text.count("a 7 de julho") == 1


def test_mbox_holds_every_message() -> None:
    box = b"From x Mon\nSubject: One\n\nFirst text.\n\nFrom y Tue\nSubject: Two\n\nSecond text.\n"
    assert kinds(read("a.mbox", box)) == [
        ("heading", "One"),
        ("paragraph", "First text."),
        ("heading", "Two"),
        ("paragraph", "Second text."),
    ]


def test_archive_members_are_read_by_their_own_parsers() -> None:
    parsed = read("a.zip", zipped({"x/notes.txt": "Plain notes.", "y.pdf": pdf_bytes("In a PDF."), "z.bin": b"\0\1\2"}))
    assert parsed.text == "x/notes.txt\n\nPlain notes.\n\ny.pdf\n\nIn a PDF.\n\nz.bin"
    assert not parsed.pages


def test_archive_with_nothing_readable_fails_with_the_first_reason() -> None:
    assert failure("a.zip", zipped({"z.bin": b"\0\1\2\3" * 9})) == "unsupported_media_type"


def test_gzip_is_read_as_what_is_in_it() -> None:
    buffer = io.BytesIO()
    with gzip.GzipFile("people.csv", "wb", fileobj=buffer) as file:
        file.write(b"Name,Age\nAna,40\n")
    assert "Name: Ana | Age: 40" in read("people.csv.gz", buffer.getvalue()).text


def test_bombs_are_refused_by_what_comes_out_of_them() -> None:
    bomb = zipped({"a.txt": b" " * 3_000_000})
    assert failure("a.zip", bomb, max_unpacked_bytes=2_000_000) == "parser_memory"
    assert failure("a.zip", zipped({"b.zip": bomb}), max_unpacked_bytes=2_000_000) == "parser_memory"
    assert failure("a.gz", gzip.compress(b" " * 3_000_000), max_unpacked_bytes=2_000_000) == "parser_memory"


def test_archives_in_archives_end_somewhere() -> None:
    data = zipped({"a.txt": "Deep."})
    for _ in range(6):
        data = zipped({"a.zip": data})
    assert failure("a.zip", data) == "nested_too_deeply"


def test_members_and_cells_are_counted() -> None:
    assert failure("a.zip", zipped({f"{i}.txt": "x" for i in range(9)}), max_members=5) == "too_many_members"
    assert failure("a.csv", b"a,b,c\n" * 100, max_cells=200) == "too_many_cells"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Ação e reação — “aspas”"),
        ("cp1252", "Ação e reação — “aspas” não são opção, disse o avô à irmã."),
        ("utf-16", "Ação e reação"),
        ("utf-16-le", "Plain words without a mark"),
        ("utf-32", "Ação e reação"),
        ("koi8-r", "Библиотека открывается в десять часов утра и закрывается в шесть часов вечера каждый день."),
        ("shift_jis", "図書館は午前十時に開館し、午後六時に閉館します。本は三週間以内に返却してください。"),
    ],
)
def test_text_in_any_encoding(encoding: str, text: str) -> None:
    assert read("a.txt", text.encode(encoding)).text == text


def test_pdf_headings_are_set_larger_or_bold() -> None:
    stream = "BT /F1 20 Tf 50 780 Td (Opening hours) Tj /F1 11 Tf 0 -30 Td (The museum opens at ten.) Tj ET"
    plain = pdf_bytes("X")
    old = plain[plain.index(b"stream\n") + 7 : plain.index(b"\nendstream")]
    data = plain.replace(old, stream.encode()).replace(b"/Length %d" % len(old), b"/Length %d" % len(stream))
    assert kinds(read("a.pdf", data)) == [("heading", "Opening hours"), ("paragraph", "The museum opens at ten.")]


def picture(text: str, kind: str = "PNG") -> bytes:
    image = Image.new("RGB", (1400, 200), "white")
    ImageDraw.Draw(image).text((40, 60), text, fill="black", font=ImageFont.load_default(56))
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


@needs_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "PDF"])
def test_pictures_of_text_are_read(kind: str) -> None:
    parsed = read(f"scan.{kind.lower()}", picture("Happy New Year 2003", kind))
    assert "Happy New Year 2003" in parsed.text
    assert [span.page for span in parsed.pages] == [1]


@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_pictures_say_what_is_missing_where_text_cannot_be_recognised(kind: str) -> None:
    data = picture("Text", kind)
    with pytest.raises(DocumentFailure) as caught:
        parse(data, detect(io.BytesIO(data), "a"), ParserLimits(ocr_languages=""))
    assert caught.value.code == "ocr_unavailable"


@needs_tesseract
def test_vast_pictures_are_refused_unread() -> None:
    assert failure("a.png", picture("Text"), max_pixels=100_000) == "too_many_pixels"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"{\\rtf1 text}", types.RTF),
        ("a.docx", pdf_bytes("x"), types.PDF),
        ("a.bin", mail(), types.EML),
        ("a.txt", mail(), types.TEXT),
        ("a.unknown", b"just text", types.TEXT),
        ("a.zip", docx_bytes(), types.DOCX),
        ("a.xml", b"<?xml version='1.0'?><html><body/></html>", types.HTML),
    ],
)
def test_bytes_say_more_than_names(name: str, data: bytes, expected: str) -> None:
    assert detect(io.BytesIO(data), name) == expected


def test_text_keeps_indentation_and_loses_what_a_terminal_does_not_print() -> None:
    text = "def load():\n    a = 1\n  \n\n    return a\n\n\x1b[1;31mNA\x08AM\x08ME\x1b[0m\x0cNext page"
    assert read("a.txt", text.encode()).text == "def load():\n    a = 1\n\n    return a\n\nNAME\nNext page"


def test_zeros_in_text_are_taken_out() -> None:
    assert read("a.txt", b"Plain\0 words\0 here.").text == "Plain words here."
    with pytest.raises(UnsupportedMedia):
        detect(io.BytesIO(b"Plain\0 words\0 here."), "a.bin")


def test_protected_office_file_is_refused_at_once() -> None:
    data = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    with pytest.raises(UnsupportedMedia, match="password"):
        detect(io.BytesIO(data), "a.xlsx")
