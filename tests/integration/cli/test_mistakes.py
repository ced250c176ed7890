"""Every mistake of an operator is one line that says what to do, and exit status 2; nothing is made or changed."""

from __future__ import annotations

import gc
import os
import resource
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from app.cli import main
from app.settings import Settings
from app.storage.database import migrate
from app.storage.schema import downgrade
from app.storage.sqlite.migrate import connect
from tests.support.paths import ROOT
from tests.support.postgres import PostgresServer

FAKES = {"LORACLE_GENERATOR": "scripted", "LORACLE_EMBEDDING_MODEL": "hashing"}
SMALL_FILE = 100 * 1024  # bytes, less than any database here


class Ended(NamedTuple):
    status: int
    lines: list[str]  # of what was said on stderr, without the log

    @property
    def line(self) -> str:
        (line,) = self.lines
        return line


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Run]:
    """Runs the entry point of `loracle` in this process with these arguments and LORACLE_* of the environment."""
    monkeypatch.chdir(tmp_path)
    for name, value in FAKES.items():
        monkeypatch.setenv(name, value)

    def run_main(*arguments: str, **environment: str) -> Ended:
        for name, value in environment.items():
            monkeypatch.setenv(f"LORACLE_{name}", value)
        monkeypatch.setattr(sys, "argv", ["loracle", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        lines = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("{")]
        return Ended(int(ended.value.code or 0), lines)

    mask = os.umask(0o077)
    yield run_main
    os.umask(mask)
    gc.enable()  # `serve` pauses it until it has started


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """This process writes no file beyond `size` bytes: the error is that of a quota."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "abc", "=abc cannot be used: it must be a whole number from 0 to 65535."),
        ("PORT", "65536", "=65536 cannot be used: it must be a whole number from 0 to 65535."),
        ("PORT", "", "= cannot be used: it must be a whole number from 0 to 65535."),
        ("THREADS", "-1", "=-1 cannot be used: it must be a whole number of at least 0."),
        ("DRAIN_S", "soon", "=soon cannot be used: it must be a number of at least 1."),
        ("REQUEST_TIMEOUT_S", "0", "=0 cannot be used: it must be a number above 0."),
        ("REQUEST_TIMEOUT_S", "inf", "=inf cannot be used: it must be a number above 0."),
        ("TENANT_SHARE", "2", "=2 cannot be used: it must be a number above 0 and of at most 1."),
        ("TRUSTED_PROXIES", "proxy.local", "=proxy.local cannot be used: it must be addresses and networks between"),
        ("TRUSTED_PROXIES", "10.0.0.1/8", "=10.0.0.1/8 cannot be used: it must be addresses and networks between"),
        ("KEEP_IN_BF16", '{"a"', '={"a" cannot be used: it must be auto or words between commas, or a JSON list'),
        ("REFUSAL_THRESHOLD", "nan", "=nan cannot be used: it must be a number from 0 to 1."),
        ("QUANTIZATION", "nf5", "=nf5 cannot be used: it must be one of nf4, fp4, int8, none."),
        ("QUANTIZATION_BLOCK_SIZE", "33", "=33 cannot be used: it must be one of auto, 32, 64, 128, 256, 512."),
        ("WEBHOOKS", "perhaps", "=perhaps cannot be used: it must be true or false."),
        ("CORS_ORIGINS", "[http://x.org", "=[http://x.org cannot be used: it must be words between commas"),
        ("KEEP_IN_BF16", "[x", "=[x cannot be used: it must be auto or words between commas"),
        ("OIDC_ACCESS_GROUPS", "board", "=board cannot be used: it must be a JSON object"),
        ("OCR_LANGUAGES", "eng,por", "=eng,por cannot be used: it must be text that matches"),
        ("NODE_NAME", "x" * 201, f"={'x' * 40}... cannot be used: it must be text of at most 200 characters."),
        ("PORTT", "8000", " is no setting: did you mean LORACLE_PORT?"),
        ("COLOUR", "red", " is no setting: delete it; .env.example lists all settings."),
    ],
)
def test_wrong_setting_is_named_with_what_is_allowed(run: Run, name: str, value: str, said: str) -> None:
    ended = run("tenants", "list", "--data-dir", "data", **{name: value})
    assert ended.status == 2
    assert ended.line.startswith(f"loracle: LORACLE_{name}{said}")
    assert not Path("data").exists()


def test_each_of_several_faults_has_its_line_and_says_where_it_stands(run: Run) -> None:
    Path(".env").write_text("LORACLE_PORT=abc\nLORACLE_TOPK=3\nLORACLE_VLLM_KEY=s3cret\nOTHER=1\n")
    ended = run("tenants", "list", QUANTIZATION="nf5")
    assert ended.status == 2
    assert ended.lines == [
        "loracle: LORACLE_TOPK in .env is no setting: did you mean LORACLE_TOP_K?",
        "loracle: LORACLE_PORT=abc in .env cannot be used: it must be a whole number from 0 to 65535.",
        "loracle: LORACLE_QUANTIZATION=nf5 cannot be used: it must be one of nf4, fp4, int8, none.",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"LORACLE_PORT=8000\n'\n", "Line 2 of .env is no NAME=value"), (b"LORACLE_NODE_NAME=\xff\n", "is not UTF-8")],
)
def test_file_of_settings_that_cannot_be_read_is_told(run: Run, content: bytes, said: str) -> None:
    Path(".env").write_bytes(content)
    ended = run("tenants", "list")
    assert ended.status == 2
    assert said in ended.line


def test_variables_of_clients_and_of_other_programs_are_known(run: Run, tmp_path: Path) -> None:
    others = dict.fromkeys(("API_KEY", "KEY", "URL", "NO_NATIVE_KERNELS", "DATABASE_PASSWORD", "VLLM_BASE"), "x")
    assert run("migrate", "--data-dir", str(tmp_path / "data"), **others, ADAPTERS_FROM="x", TEST_VLLM="x").status == 0


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("file", "a part of this path is a file"),
        ("file/below", "a part of this path is a file"),
        ("/proc/none", "it cannot be made"),
    ],
)
def test_data_folder_that_cannot_be_made_is_told(run: Run, folder: str, said: str) -> None:
    Path("file").touch()
    ended = run("migrate", "--data-dir", folder)
    assert ended.status == 2
    assert said in ended.line
    assert "LORACLE_DATA_DIR" in ended.line


def test_data_folder_of_another_user_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_arguments, **_options: False)  # root may write everywhere
    assert "this user may not write in it" in run("migrate", "--data-dir", "data").line


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://a:s3cret@127.0.0.1/b", "it must be sqlite:///FILE or postgresql://"),
        ("postgresql://a:s3cret@127.0.0.1:port/b", "it must be sqlite:///FILE or postgresql://"),
        ("nonsense", "it must be sqlite:///FILE or postgresql://"),
        ("sqlite+aiosqlite:///x.db", "it must be sqlite:///FILE or postgresql://"),
        ("sqlite://", "needs the path of a file"),
        ("sqlite:////proc/none/x.db", "cannot be opened for writing"),
        ("sqlite:///.env", "is no database or is damaged"),
        ("postgresql://a:s3cret@127.0.0.1:1/b", "cannot be reached"),
        ("postgresql://a:s3cret@127.0.0.1:1/b?speed=high", 'invalid connection option "speed"'),
    ],
)
def test_database_that_cannot_be_used_is_told_without_its_password(run: Run, url: str, said: str) -> None:
    Path(".env").write_text("# no database, although it is a file with some text in it\n" * 20)
    ended = run("migrate", "--data-dir", "data", DATABASE_URL=url)
    assert ended.status == 2
    assert said in ended.line
    assert "s3cret" not in ended.line


def test_postgresql_that_refuses_is_told(run: Run, postgres: PostgresServer) -> None:
    hba = postgres.data / "pg_hba.conf"
    if "mistaken" not in hba.read_text():
        hba.write_text("host all mistaken 127.0.0.1/32 scram-sha-256\n" + hba.read_text())
        postgres.execute("SELECT pg_reload_conf()")
        postgres.execute("CREATE ROLE mistaken LOGIN PASSWORD 'right'")
        postgres.execute("CREATE ROLE unprivileged LOGIN")
    wrong = run("migrate", "--data-dir", "data", DATABASE_URL=postgres.url("postgres", "mistaken", "s3cret"))
    missing = run("migrate", "--data-dir", "data", DATABASE_URL=postgres.url("postgres", "unprivileged"))
    unmade = run("migrate", "--data-dir", "data", DATABASE_URL=postgres.url("nothing"))
    assert [wrong.status, missing.status, unmade.status] == [2, 2, 2]
    assert "does not exist" in unmade.line
    assert "refuses the password" in wrong.line
    assert "pgvector is missing" in missing.line
    assert "s3cret" not in wrong.line


def test_newer_schema_is_told_and_left_alone(run: Run, settings: Settings) -> None:
    migrate(settings.data_dir)
    with sqlite3.connect(settings.data_dir / "loracle.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    ended = run("tenants", "list", "--data-dir", str(settings.data_dir))
    assert ended.status == 2
    assert "schema 9999, which this version does not know" in ended.line


READING = [
    ("tenants", "list"),
    ("keys", "create", "acme"),
    ("audit",),
    ("processes",),
    ("queue", "status"),
    ("index", "verify"),
    ("backup", "saved"),
    ("copy", "--to", "sqlite:///other.db"),
    ("calibrate", "acme", "cases.jsonl"),
]


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_wrong_data_folder_is_told_and_nothing_is_made(run: Run, command: tuple[str, ...]) -> None:
    Path("cases.jsonl").write_text('{"question": "When?", "answers": ["Now."]}\n')
    ended = run(*command, "--data-dir", "nowhere")
    assert ended.status == 2
    assert "nowhere/loracle.db" in ended.line
    assert "LORACLE_DATA_DIR" in ended.line
    assert [path.name for path in Path().iterdir()] == ["cases.jsonl"]


def test_empty_postgresql_is_told_and_left_empty(run: Run, postgres: PostgresServer) -> None:
    with postgres.database() as url:
        ended = run("backup", "saved", "--data-dir", "data", DATABASE_URL=url)
        assert (ended.status, Path("saved").exists()) == (2, False)
        assert "is empty" in ended.line
        assert run("migrate", "--data-dir", "data").status == 0


@pytest.mark.parametrize("command", [*READING[:6], ("tenants", "create", "other")], ids=lambda command: command[0])
def test_older_database_is_upgraded_only_by_what_says_so(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    data = _older(tmp_path / "data")
    ended = run(*command, "--data-dir", str(data))
    assert ended.status == 2
    assert "schema 0030" in ended.line
    assert "`loracle migrate`" in ended.line
    with sqlite3.connect(data / "loracle.db") as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == ("0030",)


def test_older_database_can_be_backed_up_before_its_upgrade(run: Run, tmp_path: Path) -> None:
    assert run("backup", str(tmp_path / "saved"), "--data-dir", str(_older(tmp_path / "data"))).status == 0
    with sqlite3.connect(tmp_path / "saved" / "loracle.db") as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == ("0030",)


def _older(data_dir: Path) -> Path:
    """A data folder with the database of an earlier version."""
    migrate(data_dir)
    with connect(f"sqlite:///{data_dir}/loracle.db", begin="BEGIN IMMEDIATE") as connection:
        downgrade(connection, "0030")
    return data_dir


def test_unknown_tenant_is_told_with_the_folder_that_was_looked_at(run: Run, tmp_path: Path) -> None:
    migrate(tmp_path / "data")
    ended = run("keys", "create", "acme", "--data-dir", "data")
    assert ended.line == f"loracle: No tenant is named 'acme' in {tmp_path / 'data'}."


def test_missing_driver_of_postgresql_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("app.storage.postgres") or name == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "app.storage.notifications.listening", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as where it is not installed
    for command in (("migrate",), ("tenants", "list")):
        ended = run(*command, "--data-dir", "data", DATABASE_URL="postgresql://a@127.0.0.1:1/b")
        assert ended.status == 2
        assert "pip install 'loracle[postgres]'" in ended.line


@pytest.mark.parametrize("command", [("ask", "Who?"), ("ingest", "x"), ("watch", "."), ("reparse", "doc_1")])
def test_missing_key_is_told_with_what_makes_one(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    for name in ("LORACLE_API_KEY", "LORACLE_KEY"):
        monkeypatch.delenv(name, raising=False)
    ended = run(*command)
    assert ended.status == 2
    assert "LORACLE_API_KEY" in ended.line
    assert "loracle tenants create" in ended.line


@pytest.mark.parametrize("command", ["serve", "worker", "trainer"])
@pytest.mark.parametrize(
    ("folder", "url", "said"),
    [
        ("file/below", "", "a part of this path is a file"),
        ("data", "postgresql://a:s3cret@127.0.0.1:1/b", "cannot be reached"),
        ("newer", "", "schema 9999, which this version does not know"),
    ],
)
def test_data_that_cannot_be_used_is_told_before_the_models_are_looked_for(
    run: Run, command: str, folder: str, url: str, said: str
) -> None:
    Path("file").touch()
    migrate(Path("newer"))
    with sqlite3.connect("newer/loracle.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    port = ("--port", "0") if command == "serve" else ()
    models = {"MODELS_DIR": "none", "EMBEDDING_MODEL": "multilingual-e5-small-en-pt"}
    ended = run(command, *port, "--data-dir", folder, DATABASE_URL=url, **models)
    assert ended.status == 2
    assert said in ended.line  # not that the model is missing, which is looked for next
    assert not Path("data").exists()


@pytest.mark.parametrize("at", [None, "0030"], ids=["new", "older"])
def test_full_disk_while_migrating_leaves_what_was_there(run: Run, tmp_path: Path, at: str | None) -> None:
    data_dir = tmp_path / "data"
    if at is not None:
        migrate(data_dir)
        with connect(f"sqlite:///{data_dir}/loracle.db", begin="BEGIN IMMEDIATE") as connection:
            downgrade(connection, at)
    with largest_file(SMALL_FILE):
        ended = run("migrate", "--data-dir", str(data_dir))
    assert (ended.status, ended.line) == (
        2,
        "loracle: The disk or the database is full; nothing was saved. Free some space and try again.",
    )
    assert not list(data_dir.glob("backups/*"))
    migrate(data_dir)


def test_two_versions_started_at_once_migrate_one_after_the_other(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app.cli", "migrate", "--data-dir", str(tmp_path / "data")]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(2)]
    logs = [one.communicate()[1].decode().splitlines() for one in both]
    assert [one.returncode for one in both] == [0, 0]
    (made,) = [line for log in logs for line in log]  # by one of them
    assert '"event": "schema_created"' in made


@pytest.mark.parametrize("command", ["serve", "worker", "trainer"])
def test_port_in_use_is_told_before_anything_is_made(run: Run, tmp_path: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        option = "--port" if command == "serve" else "--health-port"
        ended = run(command, option, str(port), "--data-dir", str(tmp_path / "data"))
    assert ended.status == 2
    assert ended.line.startswith(f"loracle: 127.0.0.1:{port} cannot be opened")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", ["serve", "worker", "trainer"])
def test_models_that_are_not_here_are_told(run: Run, tmp_path: Path, command: str) -> None:
    models = {"MODELS_DIR": str(tmp_path / "none"), "EMBEDDING_MODEL": "multilingual-e5-small-en-pt"}
    port = ("--port", "0") if command == "serve" else ()
    ended = run(command, *port, "--data-dir", str(tmp_path / "data"), **models)
    assert ended.status == 2
    assert "run `loracle models pull multilingual-e5-small-en-pt`" in ended.line
    assert not (tmp_path / "data").exists()
