"""What must hold after processes were killed: by what the tenants were told, what they find, and the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import case, func, select

from app.domain.change_log import ChangeKind
from app.domain.jobs import UNFINISHED_JOB, JobStatus
from app.storage.database import open_database
from app.storage.sql.tables import ChangeRow, ChunkRow, DocumentVersionRow, EvaluationResultRow, EvaluationRow, JobRow
from tests.reliability.process_kill_clients import TenantClient


def violations(database_url: str, folder: Path, clients: Sequence[TenantClient]) -> Iterator[str]:
    """Each in a sentence."""
    for client in clients:
        yield from client.wrong
        yield from _of_tenant(client)
    yield from _of_database(database_url, folder)
    if any(client.shows_adapter for client in clients):
        yield from _of_evaluations(database_url, folder)


def _of_tenant(client: TenantClient) -> Iterator[str]:
    for document_id, sentence in client.documents.items():
        found = client.found(sentence)
        if foreign := [text for text in found if client.name not in text]:
            yield f"{client.name} finds {foreign[0]!r}"
        if document_id in client.deleted:
            if client.status_of(document_id) != 404 or any(sentence in text for text in found):
                yield f"{document_id} was deleted and is there"
        elif not found or sentence not in found[0]:
            yield f"{document_id} is ready and is not found"
        elif client.file_of(document_id) != sentence:
            yield f"{document_id} has lost its file"


def _of_database(url: str, folder: Path) -> Iterator[str]:
    db = open_database(folder, url)
    with db.read() as session:
        # A kill between the save and the end of a job has it done again: its chunks then replace the first ones.
        added = func.sum(case((ChangeRow.kind == ChangeKind.ADD, 1), else_=-1))
        for version_id, times in session.execute(
            select(ChangeRow.version_id, added).group_by(ChangeRow.version_id).having(added.not_in((0, 1)))
        ):
            yield f"version {version_id} was made searchable {times} times more than it was removed"
        made = select(func.count()).where(ChunkRow.version_id == DocumentVersionRow.id).scalar_subquery()
        for version_id, wanted, there in session.execute(
            select(DocumentVersionRow.id, DocumentVersionRow.chunks, made).where(DocumentVersionRow.chunks != made)
        ):
            yield f"version {version_id} has {there} chunks of {wanted}"
        asked = EvaluationResultRow.evaluation_id, EvaluationResultRow.part, EvaluationResultRow.case_id
        for evaluation_id, part, case_id in session.execute(select(*asked).group_by(*asked).having(func.count() > 1)):
            yield f"{evaluation_id} has several results of {part} {case_id}"
        for status in UNFINISHED_JOB | {JobStatus.FAILED}:
            for job in session.scalars(select(JobRow).where(JobRow.status == status)):
                yield f"job {job.id} ({job.kind}) is {status}: {job.error_message}"
    db.close()


def _of_evaluations(url: str, folder: Path) -> Iterator[str]:
    """Every answer of an evaluation begins with the version that was evaluated."""
    db = open_database(folder, url)
    with db.read() as session:
        results = select(EvaluationRow.adapter, EvaluationResultRow.figures).join(
            EvaluationRow, EvaluationRow.id == EvaluationResultRow.evaluation_id
        )
        for adapter, figures in session.execute(results):
            version = str(adapter).partition("@")[2]
            for turn in figures.get("turns", []):
                if not turn.get("refused") and not turn.get("answer", version).startswith(version):
                    yield f"{adapter} was evaluated, and the answer is {turn['answer'][:80]!r}"
    db.close()
