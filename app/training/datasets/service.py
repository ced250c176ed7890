"""A tenant's datasets: validated whole before they are kept, versioned, exported, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.adapters.registry import check_name
from app.domain.pagination import Order, Page
from app.domain.training import Dataset, DatasetOrigin
from app.errors import InvalidRequest, NotFound
from app.llm.base import PromptTokenizer
from app.storage.blobs import Blobs, StagedBlob
from app.storage.sql.tenant_store import TenantStore
from app.storage.sqlite.database import Database
from app.training.dataset import DatasetReport, validate
from app.training.rows import Problem, Row, read_rows


@dataclass(frozen=True, slots=True)
class RowRules:
    """What rows are checked against: the base's prompt template and how long a row may be."""

    tokenizer: PromptTokenizer
    base_fingerprint: str
    most_tokens: int  # of a row
    usual_tokens: int = 1024  # of a row that is made here: what recipes allow unless told otherwise


@dataclass(frozen=True, slots=True)
class Made:
    """Rows made here, as JSON lines."""

    origin: DatasetOrigin
    lines: tuple[str, ...]
    details: dict[str, Any] = field(default_factory=dict)


class DatasetLibrary:
    """All tenants' datasets; every call names its tenant."""

    def __init__(self, db: Database, blobs: Blobs, rules: RowRules, *, max_bytes: int) -> None:
        self._db = db
        self._blobs = blobs
        self._rules = rules
        self.max_bytes = max_bytes

    def check(self, tenant_id: str, staged: StagedBlob) -> DatasetReport:
        """What is in a file and what is wrong with it; the file is deleted, nothing is kept."""
        try:
            return self._validated(tenant_id, staged)[0]
        finally:
            self._blobs.delete(staged.name)

    def keep(
        self,
        tenant_id: str,
        name: str,
        staged: StagedBlob,
        origin: DatasetOrigin = DatasetOrigin.UPLOAD,
        **details: Any,
    ) -> Dataset:
        """The file as the next version of `name`. Raises InvalidRequest naming lines; then nothing is kept."""
        try:
            check_name(name)
            report, sources = self._validated(tenant_id, staged)
            if report.problem_count:
                raise InvalidRequest(report.error_summary(), param="file", code="dataset_invalid")
            with self._db.write_tenant(tenant_id) as store:
                return store.datasets.add(
                    name,
                    origin=origin,
                    blob=staged.name,
                    sha256=staged.sha256,
                    size_bytes=staged.size_bytes,
                    report=report.describe(),
                    details=details,
                    sources=sources,
                    base_fingerprint=self._rules.base_fingerprint,
                )
        except BaseException:
            self._blobs.delete(staged.name)
            raise

    def keep_made(self, tenant_id: str, name: str, made: Made) -> Dataset:
        """Rows made here, under the same checks."""
        check_name(name)
        writer = self._blobs.writer(self.max_bytes)
        for line in made.lines:
            writer.write(f"{line}\n".encode())
        return self.keep(tenant_id, name, writer.commit(), made.origin, **made.details)

    def get(self, tenant_id: str, dataset_id: str) -> Dataset:
        with self._db.read_tenant(tenant_id) as store:
            return store.datasets.get(dataset_id)

    def page(self, tenant_id: str, *, limit: int, after: str | None, order: Order) -> Page[Dataset]:
        with self._db.read_tenant(tenant_id) as store:
            return store.datasets.page(limit=limit, after=after, order=order)

    def content(self, dataset: Dataset) -> bytes:
        """The rows as they were given. Raises NotFound if the file is gone."""
        with self._blobs.open(dataset.blob) as file:
            return file.read()

    def delete(self, tenant_id: str, dataset_id: str) -> None:
        """Rows and all. A training that needs them ends as failed, dataset_deleted; adapters made of them stay."""
        with self._db.write_tenant(tenant_id) as store:
            blob = store.datasets.delete(dataset_id)
        self._blobs.delete(blob)

    def check_trainable(self, dataset: Dataset, max_tokens: int) -> None:
        """Raises InvalidRequest if rows do not fit the recipe or the base that serves now."""
        longest = dataset.report["longest_row_tokens"]
        if dataset.base_fingerprint != self._rules.base_fingerprint:
            lines = self.content(dataset).decode("utf-8-sig").split("\n")
            report = self._report(lines)
            if report.problem_count:
                raise InvalidRequest(
                    f"The dataset was made for another base model: {report.error_summary()}",
                    code="dataset_of_another_base",
                )
            longest = report.longest
        if longest > max_tokens:
            raise InvalidRequest(
                f"The longest row has {longest} tokens with its prompt; max_tokens is {max_tokens}. Raise it or "
                "shorten the row.",
                param="hyperparameters.max_tokens",
            )

    def _validated(self, tenant_id: str, staged: StagedBlob) -> tuple[DatasetReport, dict[str, str]]:
        """(report, filenames of the rows' source documents by id)."""
        lines = self._lines(staged)
        with self._db.read_tenant(tenant_id) as store:
            sources, strangers = _sources(store, read_rows(lines))
        return self._report(lines, strangers), sources

    def _report(self, lines: list[str], more: Iterable[Problem] = ()) -> DatasetReport:
        # Any end token counts one: which one it is does not matter here.
        report, _ = validate(
            lines, self._rules.tokenizer, end_id=0, max_tokens=self._rules.most_tokens, extra_problems=more
        )
        return report

    def _lines(self, staged: StagedBlob) -> list[str]:
        try:
            return self._blobs.path(staged.name).read_text(encoding="utf-8-sig").split("\n")
        except UnicodeDecodeError as fault:
            raise InvalidRequest(f"The file must be UTF-8 text; byte {fault.start} is not.", param="file") from None


def _sources(store: TenantStore, rows: Iterator[Row | Problem]) -> tuple[dict[str, str], list[Problem]]:
    """Filenames of the documents that rows name as their sources; rows that name unknown ones are problems."""
    known: dict[str, str | None] = {}
    strangers: list[Problem] = []
    for row in rows:
        for source in row.sources if isinstance(row, Row) else ():
            if source not in known:
                known[source] = _filename(store, source)
            if known[source] is None:
                message = f"It names the document {source[:64]} as a source, which is not here; leave it out."
                strangers.append(Problem(row.line, "unknown_source", message))
    return {source: name for source, name in known.items() if name is not None}, strangers


def _filename(store: TenantStore, document_id: str) -> str | None:
    try:
        return store.documents.get(document_id).filename
    except NotFound:
        return None
