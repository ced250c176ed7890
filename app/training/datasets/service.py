"""The rules about datasets: validated as a whole before they are stored, versioned, exported, deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from app.adapters.names import check_name
from app.chat.settings.service import ChatSettingsService
from app.deadline import check_deadline
from app.domain.pagination import NamedSort, Order, Page
from app.domain.quotas import Quota
from app.domain.training import Dataset, DatasetFile, DatasetOrigin, NewDataset
from app.errors import InvalidRequest, PayloadTooLarge
from app.metering.meter import take_upload
from app.metering.quotas import NO_QUOTAS, TenantQuotas
from app.metering.upload_room import UploadNeeds, UploadRoom
from app.storage.blobs.base import BlobStore, StagedBlob, open_blob
from app.storage.database import Database
from app.storage.streams import copy_limited, read_pieces
from app.text.lines import lines_of
from app.training.dataset import MAX_LISTED_PROBLEMS, DatasetReport, validate
from app.training.examples import RowRules
from app.training.row_files import first_line, is_jsonl, jsonl_lines, read_lines, read_text
from app.training.rows import Problem, Row
from app.training.synthetic_data import GeneratedRows, RowsFromDocuments, SyntheticDataGenerator

QUOTAS = (Quota.STORED_BYTES, Quota.DATASETS)
UPLOAD = UploadNeeds(QUOTAS)
PREAMBLE_DIGEST = "preamble_sha256"  # in a stored report: the preamble that its tokens were counted with


class DatasetService:
    """Datasets of all tenants. A tenant's rows are rendered with its preamble, as chat renders its prompts."""

    def __init__(
        self,
        db: Database,
        blobs: BlobStore,
        rules: RowRules,
        chat_settings: ChatSettingsService,
        generator: SyntheticDataGenerator,
        *,
        max_bytes: int,
        quotas: TenantQuotas = NO_QUOTAS,
    ) -> None:
        self._db = db
        self._blobs = blobs
        self._rules = rules
        self._chat_settings = chat_settings
        self._generator = generator
        self._max_bytes = max_bytes
        self._quotas = quotas

    def upload(self, tenant_id: str, name: str, file: BinaryIO) -> Dataset:
        """Store a file of rows as the next version of `name`: JSONL, a JSON array or CSV, of which JSONL is made.

        Raises InvalidRequest naming the lines that are wrong, PayloadTooLarge, RateLimited and QuotaExceeded; then
        nothing is stored.
        """
        check_name(name)
        room = self._room(tenant_id)
        room.check(1)
        take_upload()
        return self._create(tenant_id, name, self._stage(room.counted(read_pieces(file))), DatasetOrigin.UPLOAD, {})

    def validate(self, tenant_id: str, file: BinaryIO) -> DatasetReport:
        """Describe a file of rows and its problems; nothing is stored. Raises PayloadTooLarge, InvalidRequest."""
        staged = self._stage(read_pieces(file))
        try:
            return self._validate(tenant_id, staged)[0]
        finally:
            self._blobs.delete(staged.name)

    def create_from_documents(self, tenant_id: str, name: str, request: RowsFromDocuments) -> Dataset:
        """Store cloze questions about its documents. Raises QuotaExceeded, InvalidRequest if there are none."""
        check_name(name)
        self._room(tenant_id).check(1)
        return self._create_generated(tenant_id, name, self._generator.from_documents(tenant_id, request))

    def create_from_feedback(self, tenant_id: str, name: str) -> Dataset:
        """Store corrected and liked answers. Raises QuotaExceeded, InvalidRequest if there are none."""
        check_name(name)
        self._room(tenant_id).check(1)
        return self._create_generated(tenant_id, name, self._generator.from_feedback(tenant_id))

    def list(
        self,
        tenant_id: str,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Dataset]:
        """`q`: words of the name."""
        with self._db.read_tenant(tenant_id) as store:
            return store.datasets.page(q=q, sort=sort, limit=limit, after=after, order=order)

    def get(self, tenant_id: str, dataset_id: str) -> Dataset:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.datasets.get(dataset_id)

    def export(self, tenant_id: str, dataset_id: str) -> DatasetFile:
        """The rows as JSONL, in the shapes in which they were uploaded. Raises NotFound, also if the file is gone."""
        dataset = self.get(tenant_id, dataset_id)
        return DatasetFile(f"{dataset.name}-{dataset.version}.jsonl", self._content(dataset))

    def delete(self, tenant_id: str, dataset_id: str) -> None:
        """Delete a dataset with its rows. Trainings that need them fail; trained adapters stay. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            blobs = store.datasets.delete(dataset_id)
        for blob in blobs:
            self._blobs.delete(blob)

    def current_report(self, tenant_id: str, dataset_id: str) -> dict[str, Any]:
        """The report of a dataset for the base model and the preamble in use now.

        Raises NotFound, and InvalidRequest if rows are no longer valid.
        """
        dataset = self.get(tenant_id, dataset_id)
        preamble = self._chat_settings.get(tenant_id).preamble
        other_base = dataset.base_fingerprint != self._rules.base_fingerprint
        if not other_base and dataset.report.get(PREAMBLE_DIGEST, _digest("")) == _digest(preamble):
            return dataset.report
        report = self._report(lines_of(self._content(dataset).decode("utf-8-sig")), preamble)
        if report.problem_count and other_base:
            raise InvalidRequest(
                f"The dataset was made for another base model: {report.error_summary()}", code="dataset_of_another_base"
            )
        if report.problem_count:
            raise InvalidRequest(
                f"The dataset was made for another preamble: {report.error_summary()}", code="dataset_invalid"
            )
        return report.describe()

    def _room(self, tenant_id: str) -> UploadRoom:
        """What one more dataset may have."""
        with self._db.read_tenant(tenant_id) as store:
            return self._quotas.room(store, UPLOAD, self._max_bytes)

    def _create_generated(self, tenant_id: str, name: str, generated: GeneratedRows) -> Dataset:
        staged = self._stage(f"{line}\n".encode() for line in generated.lines)
        return self._create(tenant_id, name, staged, generated.origin, generated.details)

    def _stage(self, pieces: Iterator[bytes]) -> StagedBlob:
        writer = self._blobs.writer(self._max_bytes)
        too_large = PayloadTooLarge(f"A dataset may have at most {self._max_bytes:,} bytes; split it.", param="file")
        try:
            copy_limited(pieces, writer.write, self._max_bytes, too_large)
        except BaseException:
            writer.abort()
            raise
        return writer.commit()

    def _create(
        self, tenant_id: str, name: str, staged: StagedBlob, origin: DatasetOrigin, details: dict[str, Any]
    ) -> Dataset:
        """Validate and record a staged file, as JSONL. The file is deleted if that fails."""
        try:
            report, preamble, sources = self._validate(tenant_id, staged)
            if report.problem_count:
                raise InvalidRequest(report.error_summary(), param="file", code="dataset_invalid")
            staged = self._as_jsonl(staged)
            new = NewDataset(
                name=name,
                origin=origin,
                blob=staged.name,
                sha256=staged.sha256,
                size_bytes=staged.size_bytes,
                report={**report.describe(), PREAMBLE_DIGEST: _digest(preamble)},
                base_fingerprint=self._rules.base_fingerprint,
                details=details,
                sources=sources,
            )
            with self._db.write_tenant(tenant_id) as store, self._quotas.keep(store, *QUOTAS):
                return store.datasets.create(new)
        except BaseException:
            self._blobs.delete(staged.name)
            raise

    def _validate(self, tenant_id: str, staged: StagedBlob) -> tuple[DatasetReport, str, dict[str, str]]:
        """(report, preamble that the rows were rendered with, filenames of the rows' source documents by id)."""
        preamble = self._chat_settings.get(tenant_id).preamble
        sources = RowSources(self._db, tenant_id)
        with self._blobs.hold(staged.name) as path:
            report = self._report(_rows_of(path), preamble, sources.problem)
        return report, preamble, sources.filenames

    def _report(
        self, lines: Iterable[str], preamble: str, row_problem: Callable[[Row], Problem | None] = lambda _: None
    ) -> DatasetReport:
        # Any end token counts one: which one it is does not matter here.
        rules = self._rules
        report, _ = validate(
            _while_asked_for(lines),
            rules.tokenizer,
            end_id=0,
            max_tokens=rules.max_tokens,
            preamble=preamble,
            row_problem=row_problem,
            most_problems=MAX_LISTED_PROBLEMS,
        )
        return report

    def _as_jsonl(self, staged: StagedBlob) -> StagedBlob:
        """A file of the same rows as JSONL, in place of one of another form."""
        with self._blobs.hold(staged.name) as path:
            if is_jsonl(first_line(read_lines(path))):
                return staged
            written = self._stage(f"{row}\n".encode() for row in _while_asked_for(_rows_of(path)))
        self._blobs.delete(staged.name)
        return written

    def _content(self, dataset: Dataset) -> bytes:
        with open_blob(self._blobs, dataset.blob) as file:
            return file.read()


def _digest(preamble: str) -> str:
    return hashlib.sha256(preamble.encode()).hexdigest()


def _rows_of(path: Path) -> Iterator[str]:
    """The rows of a file as lines of JSONL, one at a time. Raises InvalidRequest if it is of no known form."""
    if is_jsonl(first_line(read_lines(path))):
        return read_lines(path)
    return jsonl_lines(read_text(path))


def _while_asked_for(lines: Iterable[str]) -> Iterator[str]:
    """The lines, until the request for them ends: RequestTimedOut, ClientGone."""
    for line in lines:
        if line:
            check_deadline()
        yield line


class RowSources:
    """The documents that rows name as sources."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self.filenames: dict[str, str] = {}  # by id, of those that are there
        self._db = db
        self._tenant_id = tenant_id

    def problem(self, row: Row) -> Problem | None:
        """What is wrong if a document is not there."""
        new = [one for one in dict.fromkeys(row.sources) if one not in self.filenames]
        if not new:
            return None
        with self._db.read_tenant(self._tenant_id) as store:
            there = store.documents.known(new)
            self.filenames |= {one: store.documents.get(one).filename for one in new if one in there}
        missing = next((one for one in new if one not in there), None)
        if missing is None:
            return None
        message = f"It names the document {missing[:64]} as a source, which is not here; leave it out."
        return Problem(row.line, "unknown_source", message)
