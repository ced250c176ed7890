"""Rows of `indexed_vectors` as PostgreSQL's COPY reads them in its binary format.

Source: PostgreSQL's documentation of COPY, "Binary Format"; pgvector's `halfvec_recv`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import Session

COPY = "COPY indexed_vectors (partition, index_id, chunk_id, vector) FROM STDIN WITH (FORMAT binary)"
SIGNATURE = b"PGCOPY\n\xff\r\n\0"
FLAGS, EXTENSION = bytes(4), bytes(4)
END = b"\xff\xff"


def copy_in(
    session: Session, partition: int, index_id: int, ids: npt.NDArray[np.int64], vectors: npt.NDArray[np.float16]
) -> None:
    """Insert the vectors (n, dimension) of the chunks `ids` (n,) in the session's transaction."""
    connection: Any = session.connection().connection.driver_connection
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.write(binary_rows(partition, index_id, ids, vectors))


def binary_rows(partition: int, index_id: int, ids: npt.NDArray[np.int64], vectors: npt.NDArray[np.float16]) -> bytes:
    """The whole input of COPY: each value after its length, numbers big-endian."""
    count, dimension = vectors.shape
    rows = np.empty(count, _row_type(dimension))
    rows["columns"] = 4
    rows["partition_bytes"] = rows["index_bytes"] = 4
    rows["id_bytes"] = 8
    rows["vector_bytes"] = 4 + 2 * dimension
    rows["partition"], rows["index"], rows["id"] = partition, index_id, ids
    rows["dimension"], rows["unused"], rows["vector"] = dimension, 0, vectors
    return b"".join((SIGNATURE, FLAGS, EXTENSION, rows.tobytes(), END))


def _row_type(dimension: int) -> np.dtype[np.void]:
    return np.dtype(
        [
            ("columns", ">i2"),
            ("partition_bytes", ">i4"),
            ("partition", ">i4"),
            ("index_bytes", ">i4"),
            ("index", ">i4"),
            ("id_bytes", ">i4"),
            ("id", ">i8"),
            ("vector_bytes", ">i4"),
            ("dimension", ">i2"),
            ("unused", ">i2"),
            ("vector", ">f2", (dimension,)),
        ]
    )
