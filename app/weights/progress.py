"""Shows how a pull goes on: one line for each step, and one bar for all bytes of a download."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BAR_INTERVAL_S = 0.25
LINE_INTERVAL_S = 15.0  # where no terminal shows a bar


class PullProgress:
    """Writes to standard error: a bar on a terminal, elsewhere a line now and then."""

    def __init__(self, *, line_interval_s: float = LINE_INTERVAL_S) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._line_interval_s = line_interval_s

    def say(self, text: str) -> None:
        """One line."""
        self._console.print(text, markup=False)

    @contextmanager
    def watch(self, name: str, folder: Path, total: int) -> Iterator[None]:
        """Show the bytes below `folder` as the progress of a download of `total` bytes, until the block ends."""
        if self._console.is_terminal:
            with self._bar(name, folder, total):
                yield
        else:
            with _repeated(self._line_interval_s, lambda: self._print_line(name, folder, total)):
                yield

    @contextmanager
    def _bar(self, name: str, folder: Path, total: int) -> Iterator[None]:
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

        columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
        with Progress(*columns, console=self._console) as progress:
            task = progress.add_task(name, total=total)

            def update() -> None:
                progress.update(task, completed=min(folder_bytes(folder), total))

            with _repeated(BAR_INTERVAL_S, update):
                yield
            update()

    def _print_line(self, name: str, folder: Path, total: int) -> None:
        done = min(folder_bytes(folder), total)
        self.say(f"{name}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB")


def folder_bytes(folder: Path) -> int:
    """Bytes of all files below `folder`; 0 if it does not exist."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # a file that a download has just renamed
            total += path.stat().st_size if path.is_file() else 0
    return total


@contextmanager
def _repeated(seconds: float, action: Callable[[], None]) -> Iterator[None]:
    """Call `action` every so many seconds in a thread, until the block ends."""
    ended = threading.Event()

    def repeat() -> None:
        while not ended.wait(seconds):
            action()

    thread = threading.Thread(target=repeat, name="pull-progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
