"""Windows over lists that are ordered by ids: in memory and in the database they are the same."""

from __future__ import annotations

import itertools

from sqlalchemy import select

from app.domain.files import IdWindow
from app.storage.database import Database
from app.storage.sql.id_windows import rows_in_window
from app.storage.sql.tables import FileRow

IDS = [f"file-{letter}" for letter in "abcde"]
POINTS = (None, "file-a", "file-c", "file-cc", "file-z")  # the last two are of no file: deleted ones


def test_window_in_memory_is_that_of_the_database(db: Database, tenant_id: str) -> None:
    with db.write_tenant(tenant_id) as store:
        for file_id in IDS:
            store.session.add(
                FileRow(
                    id=file_id,
                    tenant_id=tenant_id,
                    filename="a.txt",
                    purpose="assistants",
                    size_bytes=1,
                    sha256="s",
                    media_type="text/plain",
                )
            )
        store.session.flush()
        for order, after, before, limit in itertools.product(("asc", "desc"), POINTS, POINTS, (1, 3)):
            window = IdWindow(limit, order, after, before)
            rows, has_more = rows_in_window(store.session, select(FileRow), FileRow.id, window)
            assert ([row.id for row in rows], has_more) == window.of(IDS), window


def test_pages_follow_each_other_over_deleted_ids() -> None:
    assert IdWindow(2, "asc").of(IDS) == (IDS[:2], True)
    left = [one for one in IDS if one != "file-b"]
    assert IdWindow(2, "asc", after="file-b").of(left) == (["file-c", "file-d"], True)
    assert IdWindow(2, "desc", after="file-b").of(left) == (["file-a"], False)
    assert IdWindow(2, "asc", before="file-d").of(IDS) == (["file-b", "file-c"], True)
