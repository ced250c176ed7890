"""`loracle doctor` only reads, and knows what an operator asks: on no folder, an old one, a new one, a running one."""

from __future__ import annotations

import hashlib
import json
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torch

from app.cli import main
from app.documents.parsing import ocr_languages
from app.engine import native
from app.errors import Unavailable
from app.operations.diagnosis.machine import diagnose_machine, diagnose_port
from app.storage.database import Database, migrate, open_read_only
from app.storage.schema import downgrade
from app.storage.sqlite.migrate import connect
from tests.support.postgres import PostgresServer

Doctor = Callable[..., tuple[int, dict[str, dict]]]


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Doctor:
    """Runs `loracle doctor --json` on a folder: the exit status, and the findings by name."""

    def run(folder: Path, **environment: str) -> tuple[int, dict[str, dict]]:
        fakes = {"GENERATOR": "scripted", "EMBEDDING_MODEL": "hashing", "PORT": "0"}
        for name, value in {**fakes, **environment}.items():
            monkeypatch.setenv(f"LORACLE_{name}", value)
        monkeypatch.setattr(sys, "argv", ["loracle", "doctor", "--json", "--data-dir", str(folder)])
        with pytest.raises(SystemExit) as ended:
            main()
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return int(ended.value.code or 0), {one["name"]: one for one in found}

    return run


def state(folder: Path) -> dict[str, tuple[int, str]]:
    """Mode and content of every file and folder."""
    return {
        str(path): (path.stat().st_mode, hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "")
        for path in (folder, *sorted(folder.rglob("*")))
    }


def test_folder_that_is_not_there_is_not_made(doctor: Doctor, tmp_path: Path) -> None:
    status, found = doctor(tmp_path / "below" / "data")
    assert (status, list(tmp_path.iterdir())) == (0, [])
    assert found["data folder"]["text"].endswith("below/data, not there yet: made at the first start")
    assert found["database"]["text"] == "not there yet: the first start makes it"
    assert {"port", "disk", "memory", "kernels", "GPU", "OCR", "parser isolation"} <= set(found)


def test_open_modes_are_told_with_the_command_that_closes_them(doctor: Doctor, tmp_path: Path) -> None:
    folder = tmp_path / "my data"
    migrate(folder)
    subprocess.run(["chmod", "-R", "go-rwx", folder], check=True)
    assert not doctor(folder)[1]["data folder"]["warning"]
    (folder / "loracle.db").chmod(0o644)
    folder.chmod(0o755)
    status, found = doctor(folder)
    told = found["data folder"]
    assert (status, told["warning"]) == (0, True)
    assert f"{folder} (mode 755) and 1 more" in told["text"]
    command = f"chmod -R go-rwx '{folder}'"
    assert f"`{command}`" in told["text"]
    subprocess.run(command, shell=True, check=True)  # noqa: S602 - as it is told
    assert not doctor(folder)[1]["data folder"]["warning"]
    (folder / "loracle.db").chmod(0o640)
    assert not doctor(folder, DATA_GROUP_READS="true")[1]["data folder"]["warning"]
    (folder / "loracle.db").chmod(0o660)
    told = doctor(folder, DATA_GROUP_READS="true")[1]["data folder"]
    assert f"loracle.db (mode 660); `chmod -R g-w,o-rwx '{folder}'`" in told["text"].replace("can reach ", "")


def test_older_schema_is_left_and_its_migrations_are_counted(doctor: Doctor, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    migrate(folder)
    with connect(f"sqlite:///{folder}/loracle.db", begin="BEGIN IMMEDIATE") as connection:
        downgrade(connection, "0030")
    before = state(folder)
    status, found = doctor(folder)
    assert (status, state(folder)) == (0, before)
    assert found["database"]["warning"]
    assert "schema 0030: " in found["database"]["text"]
    assert "migrations are pending" in found["database"]["text"]
    assert "adapters" not in found  # the tables are another version's


def test_newer_schema_and_what_is_no_database_are_wrong(doctor: Doctor, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    migrate(folder)
    with sqlite3.connect(folder / "loracle.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    status, found = doctor(folder)
    assert (status, "schema 9999 is of a newer version" in found["database"]["text"]) == (1, True)
    (folder / "loracle.db").write_bytes(b"no database, although it is as long as one" * 100)
    before = state(folder)
    status, found = doctor(folder)
    assert (status, "no database or is damaged" in found["database"]["text"]) == (1, True)
    assert state(folder) == before


def test_folder_whose_files_others_read_is_warned_of_and_a_file_is_none(doctor: Doctor, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    migrate(folder)
    folder.chmod(0o755)
    status, found = doctor(folder)
    assert (status, found["data folder"]["warning"]) == (0, True)
    assert "mode 755" in found["data folder"]["text"]
    status, found = doctor(folder / "loracle.db")
    assert (status, found["data folder"]["text"]) == (
        1,
        f"{folder}/loracle.db is a file: set LORACLE_DATA_DIR to a folder",
    )


def test_network_file_system_is_wrong_for_sqlite(
    doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.storage.filesystem.filesystem_of", lambda _folder: "nfs4")
    status, found = doctor(tmp_path / "data")
    assert status == 1
    assert "network file system (nfs4)" in found["data folder"]["text"]
    assert "network file system (nfs4)" in found["database"]["text"]


def test_database_in_use_is_read_as_it_is_now(doctor: Doctor, db: Database, tenant_id: str) -> None:
    """What was committed last stands in the write-ahead log, which the service keeps open."""
    status, found = doctor(db.data_dir)
    assert (status, found["database"]["text"].endswith("current and writable")) == (0, True)
    reader = open_read_only(db.data_dir)
    with reader.read() as session:
        assert session.connection().exec_driver_sql("SELECT id FROM tenants").scalars().all() == [tenant_id]
    with pytest.raises(Unavailable, match="reading only"), reader.write():
        pass
    reader.close()


def test_postgresql_without_tables_stays_without(doctor: Doctor, tmp_path: Path, postgres: PostgresServer) -> None:
    with postgres.database() as url:
        status, found = doctor(tmp_path / "data", DATABASE_URL=url)
        assert status == 0
        assert "empty: the first start makes its tables" in found["database"]["text"]
        tables = postgres.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", url.rsplit("/", 1)[1])
        assert tables == []
        assert not (tmp_path / "data").exists()


@pytest.fixture
def healthy() -> Iterator[int]:
    """The port of something that answers as a service does."""

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"status": "ok"}')

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_port_is_free_or_the_services_own_or_taken(healthy: int) -> None:
    own = diagnose_port("127.0.0.1", healthy)
    assert (own.ok, own.text) == (True, f"127.0.0.1:{healthy}: a service answers there")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        silent = diagnose_port("127.0.0.1", port)
        assert (silent.ok, "another process listens there" in silent.text) == (False, True)
    assert diagnose_port("127.0.0.1", port).text == f"127.0.0.1:{port} is free"


@pytest.mark.parametrize(
    ("said", "ok", "warning", "text"),
    [
        (None, True, True, "tesseract is not installed"),
        ("eng osd", False, False, "tesseract lacks por: on Debian `apt install tesseract-ocr tesseract-ocr-por`"),
        ("eng por", True, False, "tesseract with eng, por"),
    ],
)
def test_languages_of_ocr_are_asked_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | None, ok: bool, warning: bool, text: str
) -> None:
    if said is not None:
        program = tmp_path / "tesseract"
        program.write_text(f"#!/bin/sh\necho 'List of available languages (2):'\nprintf '%s\\n' {said}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin" if said is not None else str(tmp_path))
    found = {one.name: one for one in diagnose_machine(device="cpu", ocr_languages="eng+por")}["OCR"]
    assert (found.ok, found.warning) == (ok, warning)
    assert text in found.text
    assert ocr_languages.installed_languages() == (None if said is None else frozenset(said.split()))


def test_missing_kernels_and_a_missing_gpu_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "available", lambda: False)
    monkeypatch.setattr(native, "LIBRARIES", ("_unbuilt",))
    found = {one.name: one for one in diagnose_machine(device="cuda", ocr_languages="")}
    assert (found["kernels"].ok, found["kernels"].warning) == (True, True)
    assert "install a C compiler" in found["kernels"].text
    monkeypatch.setenv(native.DISABLED, "1")
    assert native.reason() == "LORACLE_NO_NATIVE_KERNELS is set"
    if not torch.cuda.is_available():
        assert (found["GPU"].ok, "LORACLE_DEVICE=cuda" in found["GPU"].text) == (False, True)
    assert found["OCR"].text.startswith("off")
