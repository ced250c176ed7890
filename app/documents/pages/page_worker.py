"""The process that reads pages: confined as a parser is, it does one task and sends its result as bytes."""

from __future__ import annotations

from multiprocessing.connection import Connection

from app.documents.pages.page_task import PageTask
from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.parser_worker import run_confined


def run_page_task(answer: Connection, path: str, media_type: str, task: PageTask, limits: ParserLimits) -> None:
    """Entry of the child process: send the result of the task, or a ParserFailure."""
    from app.documents.pages.page_task_runner import perform  # PDFium and Pillow are loaded in this process only

    run_confined(answer, limits, lambda: perform(path, media_type, task, limits))
