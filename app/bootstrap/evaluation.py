"""Builds the chat that everyday questions are asked of: the whole service over the documents of one pack."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from app.adapters.base_spec import BaseSpec
from app.bootstrap.runtime import Runtime, assemble, build_runtime
from app.bootstrap.services import build_uploads
from app.bootstrap.storage import open_storage
from app.bootstrap.workers import worker_timing
from app.chat.steps.answer_request import AnswerRequest
from app.documents.handler import DocumentJobs
from app.documents.incoming_files import IncomingFile
from app.documents.service import DocumentService
from app.domain.documents import DocumentStatus
from app.embeddings.base import Embedder
from app.embeddings.model_set import EmbeddingModelSet
from app.errors import AppError
from app.evaluations.calibrate import Sure
from app.evaluations.everyday.conversation_runner import Asker, DocumentsNotReady
from app.evaluations.everyday.packs import pack_documents
from app.jobs.worker import Worker
from app.llm.base import Generator
from app.observability import StepTimer
from app.search.retriever import Retrieval
from app.settings import Settings
from app.storage.sql.repositories.tenants import Tenants
from app.text.language import detect_language

COLLECTION = "default"
MOST_DOCUMENTS = 1000  # of a pack


def pack_opener(
    settings: Settings, embedder: Embedder, generator: Generator, base: BaseSpec
) -> Callable[[Path | None], AbstractContextManager[Asker]]:
    """Opens packs in temporary data folders, all with the same loaded models."""
    return partial(open_pack, settings, embedder, generator, base)


@contextmanager
def judging(settings: Settings) -> Iterator[tuple[Runtime, Callable[[str], tuple[str, Sure] | None]]]:
    """The service over its data folder, and who judges a tenant's passages: label and judgement; None: rules alone."""
    runtime = build_runtime(settings)
    with asyncio.Runner() as runner:

        def judge_of(tenant_id: str) -> tuple[str, Sure] | None:
            profile = runtime.chat_settings.profile(tenant_id)
            if profile.judge is None:
                return None

            def sure(question: str, found: Retrieval) -> float:
                request = AnswerRequest(profile, "calibration", question, detect_language(question))
                return runner.run(runtime.generate_step.judge(request, found)).answerable

            return profile.judge.label, sure

        try:
            yield runtime, judge_of
        finally:
            runner.run(runtime.close())


@contextmanager
def open_pack(
    settings: Settings, embedder: Embedder, generator: Generator, base: BaseSpec, pack: Path | None
) -> Iterator[Asker]:
    """A tenant whose documents are those of the pack, deleted at the end. Raises DocumentsNotReady."""
    if pack is None:
        raise DocumentsNotReady("The questions have no folder of documents.")
    with tempfile.TemporaryDirectory(prefix="loracle-pack-", ignore_cleanup_errors=True) as folder:
        storage = open_storage(settings.model_copy(update={"data_dir": Path(folder), "database_url": ""}))
        try:
            runtime = assemble(storage, EmbeddingModelSet(embedder), generator, base, StepTimer())
            with storage.db.write() as session:
                tenant_id = Tenants(session).create("evaluation").id
            _ingest(runtime, tenant_id, pack_documents(pack))
            yield Asker(runtime.chat, storage.db, tenant_id)
        finally:
            storage.db.close()


def _ingest(runtime: Runtime, tenant_id: str, files: Sequence[Path]) -> None:
    """Upload the files and run their jobs, as a service does. Raises DocumentsNotReady naming each that failed."""
    storage = runtime.storage
    uploads = build_uploads(runtime)
    problems = []
    for path in files:
        try:
            with path.open("rb") as file:
                uploads.upload(tenant_id, IncomingFile.of(path.name, file), COLLECTION, {})
        except AppError as fault:
            problems.append(f"{path.name}: {fault.message}")
    jobs = DocumentJobs(storage.db, storage.blobs, runtime.ingestor, runtime.reindexing)
    worker = Worker(storage.db, jobs.by_kind(), worker_timing(storage.settings), sweeps=False)
    while worker.run_once():
        pass
    problems += [
        f"{document.filename}: {document.latest.error_message or document.latest.status}"
        for document in DocumentService(storage.db, storage.blobs).list(tenant_id, limit=MOST_DOCUMENTS).data
        if document.latest.status != DocumentStatus.READY
    ]
    if problems:
        raise DocumentsNotReady(f"Documents could not be ingested: {'; '.join(problems)}")
