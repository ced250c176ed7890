"""Images of others are pinned by digests, which `make pin-images` asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.images.digests import digest_of, pinned, unpinned

OLD, NEW = "sha256:" + "0" * 64, "sha256:" + "1" * 64
TEXT = f"""\
ARG PYTHON=3.11.13-slim@{OLD}
ARG OTHER=1
services:
  a:
    image: caddy:2.10.2-alpine
  b:
    image: loracle:local
"""


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the program, which writes down what it was asked for."""
    program = tmp_path / "docker"
    program.write_text(f'#!/bin/sh\necho "$4" >> {tmp_path}/asked\necho {NEW}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    digest_of.cache_clear()
    yield program
    digest_of.cache_clear()


def test_digests_are_written_behind_the_tags(docker: Path) -> None:
    text = pinned(TEXT)
    assert f"ARG PYTHON=3.11.13-slim@{NEW}\n" in text
    assert f"    image: caddy:2.10.2-alpine@{NEW}\n" in text
    assert "    image: loracle:local\n" in text
    assert "ARG OTHER=1\n" in text
    asked = (docker.parent / "asked").read_text().split()
    assert asked == ["python:3.11.13-slim", "caddy:2.10.2-alpine"]
    assert (unpinned(TEXT), unpinned(text)) == (["caddy:2.10.2-alpine"], [])


def test_without_an_answer_nothing_is_pinned(docker: Path) -> None:
    docker.write_text("#!/bin/sh\necho no such image >&2\nexit 1\n")
    with pytest.raises(SystemExit, match=r"python:3.11.13-slim: no digest: no such image"):
        pinned(TEXT)
