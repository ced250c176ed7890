"""The tables of the vectors that pgvector searches: on PostgreSQL alone.

They are derived from the vectors of `chunks` and `chunk_vectors` and can be rebuilt. `vector_indexes` has a row for
each tenant and embedding model. The rows of small indexes share the partition 0 of `indexed_vectors`; a large one has a
partition of its own, whose number is the index's, with an HNSW index.
"""

from __future__ import annotations

SHARED = 0  # the partition of all small indexes

VECTOR_INDEXES = """
CREATE TABLE vector_indexes (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id varchar(64) NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    fingerprint varchar(64) NOT NULL,
    dimension integer NOT NULL,
    vectors bigint NOT NULL DEFAULT 0,
    partition integer NOT NULL DEFAULT 0,
    UNIQUE (tenant_id, fingerprint)
)
"""
# The key begins with what a search asks for: the vectors of a small tenant are one range of it.
INDEXED_VECTORS = """
CREATE TABLE indexed_vectors (
    partition integer NOT NULL,
    index_id integer NOT NULL,
    chunk_id bigint NOT NULL,
    vector halfvec NOT NULL,
    PRIMARY KEY (partition, index_id, chunk_id)
) PARTITION BY LIST (partition)
"""
SHARED_PARTITION = "CREATE TABLE indexed_vectors_0 PARTITION OF indexed_vectors FOR VALUES IN (0)"
# A vector of 1,024 dimensions or more stays in its row, instead of a TOAST table beside it.
INLINE = "ALTER TABLE indexed_vectors ALTER COLUMN vector SET STORAGE MAIN"
# A trigger and no foreign key: attaching a partition would check every row of it against one.
DELETE_FUNCTION = """
CREATE FUNCTION delete_indexed_vectors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM indexed_vectors WHERE partition = OLD.partition AND index_id = OLD.id;
    RETURN NULL;
END
$$
"""
DELETE_TRIGGER = """
CREATE TRIGGER delete_indexed_vectors AFTER DELETE ON vector_indexes
FOR EACH ROW EXECUTE FUNCTION delete_indexed_vectors()
"""
STATEMENTS = (VECTOR_INDEXES, INDEXED_VECTORS, SHARED_PARTITION, INLINE, DELETE_FUNCTION, DELETE_TRIGGER)
