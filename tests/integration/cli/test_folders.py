"""`loracle ingest` and `loracle watch` against the service."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from app.cli import app, folders, rereading
from app.cli.folders import FolderWatcher, documents_of
from app.documents.ingestion import pipeline
from app.documents.parsing.document_builder import Block, ParsedDocument
from app.domain.documents import DocumentWarning
from app.http.services import registered_services
from app.main import create_app
from app.settings import Settings
from app.tenants.service import TenantService


@pytest.fixture
def http(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """A client of a running service, which the commands get as well."""
    with TestClient(create_app(settings)) as client:
        key = registered_services(client.app).get(TenantService).create("acme").key  # type: ignore[arg-type]
        client.headers["Authorization"] = f"Bearer {key}"

        @contextmanager
        def connected(_url: str, _key: str) -> Iterator[httpx.Client]:
            yield client

        monkeypatch.setattr(folders, "connected", connected)
        monkeypatch.setattr(rereading, "connected", connected)
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    (made / "sub").mkdir(parents=True)
    (made / "rules.txt").write_text("Lunch is at noon.")
    (made / "sub" / "rules.txt").write_text("Dinner is at eight.")
    (made / ".hidden").write_text("no")
    return made


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*map(str, arguments), "--key", "k"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def touch(path: Path, text: str, moment: int) -> None:
    path.write_text(text)
    os.utime(path, (moment, moment))


def test_ingest_takes_a_folder_with_the_folders_in_it(http: httpx.Client, folder: Path) -> None:
    code, output = run("ingest", folder)
    assert code == 0, output
    assert set(documents_of(http, "default")) == {"rules.txt", "sub/rules.txt"}
    assert output.count("ready") == 2


def test_ingest_goes_on_after_files_it_cannot_take_and_says_so(http: httpx.Client, folder: Path) -> None:
    (folder / "x.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    code, output = run("ingest", folder)
    assert code == 1
    assert "refused   x.bin" in output
    assert "failed    broken.pdf" in output
    assert output.count("ready") == 2


def test_ingest_sends_many_files_in_several_calls(
    http: httpx.Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "FILES_PER_CALL", 3)
    for i in range(7):
        (folder / f"{i}.txt").write_text(f"Number {i}.")
    code, output = run("ingest", folder, "--collection", "many")
    assert code == 0, output
    assert len(documents_of(http, "many")) == 9


def test_watch_takes_what_is_new_or_changed_and_sends_nothing_twice(http: httpx.Client, folder: Path) -> None:
    code, output = run("watch", folder, "--once")
    assert code == 0, output
    before = documents_of(http, "default")
    assert {one["status"] for one in before.values()} == {"ready"}
    assert run("watch", folder, "--once") == (0, "")
    touch(folder / "rules.txt", "Lunch is at one.", 2_000_000_000)
    assert "rules.txt" in run("watch", folder, "--once")[1]
    after = documents_of(http, "default")
    assert (after["rules.txt"]["id"], after["rules.txt"]["version"]) == (before["rules.txt"]["id"], 2)
    assert after["sub/rules.txt"] == before["sub/rules.txt"]


def test_watch_waits_for_a_file_that_is_still_being_written(
    http: httpx.Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    follower = FolderWatcher(http, folder, "default", delete=False)
    follower.scan()
    assert documents_of(http, "default") == {}
    touch(folder / "rules.txt", "Lunch is at noon. More is coming.", 2_000_000_000)
    follower.scan()
    assert set(documents_of(http, "default")) == {"sub/rules.txt"}
    assert capsys.readouterr().out.startswith("found     2 files, 1 of them new or changed\nready     sub/rules.txt")
    follower.scan()
    assert set(documents_of(http, "default")) == {"rules.txt", "sub/rules.txt"}


@pytest.mark.parametrize("delete", [True, False])
def test_watch_deletes_only_if_asked_and_only_what_it_saw(
    http: httpx.Client, folder: Path, capsys: pytest.CaptureFixture[str], delete: bool
) -> None:
    http.post("/api/v1/documents", files={"file": ("elsewhere.txt", b"Not of this folder.")})
    follower = FolderWatcher(http, folder, "default", delete=delete)
    follower.scan(stable_only=False)
    (folder / "rules.txt").unlink()
    follower.scan()
    told = "deleted   rules.txt" if delete else "gone      rules.txt: its document stays (--delete deletes it)"
    assert capsys.readouterr().out.endswith(f"{told}\n")
    left = set(documents_of(http, "default"))
    assert left == {"elsewhere.txt", "sub/rules.txt"} | (set() if delete else {"rules.txt"})


def test_equal_files_are_followed_each_under_its_name(
    http: httpx.Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "copy.txt").write_text("Lunch is at noon.")
    follower = FolderWatcher(http, folder, "default", delete=True)
    follower.scan(stable_only=False)
    assert set(documents_of(http, "default")) == {"rules.txt", "copy.txt", "sub/rules.txt"}
    (folder / "copy.txt").unlink()
    capsys.readouterr()
    follower.scan()
    assert capsys.readouterr().out == "deleted   copy.txt\n"
    left = documents_of(http, "default")
    assert {name: one["status"] for name, one in left.items()} == {"rules.txt": "ready", "sub/rules.txt": "ready"}
    assert run("watch", folder, "--once") == (0, "")
    touch(folder / "sub" / "rules.txt", "Lunch is at noon.", 2_000_000_000)
    assert "sub/rules.txt" in run("watch", folder, "--once")[1]
    changed = http.get(f"/api/v1/documents/{left['sub/rules.txt']['id']}/content").json()
    assert changed["text"] == "Lunch is at noon."


def test_file_with_a_decomposed_name_is_sent_once(http: httpx.Client, folder: Path) -> None:
    (folder / "cafe\u0301.txt").write_text("Coffee is at three.")
    assert "ready" in run("watch", folder, "--once")[1]
    assert "caf\u00e9.txt" in documents_of(http, "default")
    assert run("watch", folder, "--once") == (0, "")


def test_ingest_prints_what_is_missing_of_a_document(
    http: httpx.Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warned = ParsedDocument(
        "Lunch.",
        (Block("paragraph", 0, 6),),
        (),
        "text/plain",
        "",
        (DocumentWarning("hidden_sheet", "One is hidden."),),
    )
    monkeypatch.setattr(pipeline, "parse_sandboxed", lambda *_: warned)
    code, output = run("ingest", folder / "rules.txt")
    assert (code, output) == (0, "ready     rules.txt (1 chunks)\n  warning One is hidden.\n")


def test_documents_and_collections_are_read_again(http: httpx.Client, folder: Path) -> None:
    run("ingest", folder)
    document = documents_of(http, "default")["rules.txt"]
    assert run("reparse", document["id"]) == (0, "ready     rules.txt (1 chunks)\n")
    assert run("reparse", "--collection", "default") == (
        0,
        "2 documents of default are read again in the background.\n",
    )
    assert run("reparse")[0] == 1


def test_missing_paths_are_said(http: httpx.Client, tmp_path: Path) -> None:
    assert run("ingest", tmp_path / "nothing")[0] == 1
    assert run("watch", tmp_path / "nothing")[0] == 1
