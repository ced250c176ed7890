"""Full text over chunks: SQLite's FTS5. Triggers of the first migration keep it in step, in the same transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

MOST_TERMS = 64
WORD = re.compile(r"\w+")

# Words that say nothing about the subject: left out of queries, where they only cost time.
STOP_WORDS = frozenset(
    """a an and are as at be by do does did for from has have how in is it its of on or that the their there this to
    was were what when where which who whom whose why will with
    ao aos com como da das de dos e em essa esse esta este eu foi foram mais na nas no nos o onde os ou para
    pela pelas pelo pelos por qual quais quando quanto quantos que quem se sem ser seu sua são um uma é
    """.split()
)

SEARCH = """
SELECT f.rowid, -bm25(chunk_fulltext, 0.0, 1.0, 1.0) AS score
FROM chunk_fulltext f{join}
WHERE chunk_fulltext MATCH :match{where}
ORDER BY score DESC, f.rowid
LIMIT :k
"""
IN_COLLECTIONS = (
    " JOIN chunks c ON c.id = f.rowid JOIN documents d ON d.id = c.document_id",
    " AND d.collection IN :collections",
)


def search_terms(query: str) -> list[str]:
    """The words of `query` that are worth searching for, lower case, each once; all of them if none is."""
    words = list(dict.fromkeys(word.lower() for word in WORD.findall(query)))
    return ([word for word in words if word not in STOP_WORDS] or words)[:MOST_TERMS]


def search_fulltext(
    session: Session, tenant_id: str, query: str, k: int, collections: Sequence[str] | None = None
) -> list[tuple[int, float]]:
    """(chunk id, BM25 score, higher is better) of the tenant's best `k` chunks with any word of `query`.

    Every word is quoted: nothing in `query` is read as query syntax.
    """
    terms = search_terms(query)
    if not terms or k <= 0:
        return []
    any_term = " OR ".join(f'"{term}"' for term in terms)
    parameters = {"match": f'tenant_id : "{tenant_id}" AND {{heading text}} : ({any_term})', "k": k}
    join, where = IN_COLLECTIONS if collections else ("", "")
    statement = text(SEARCH.format(join=join, where=where))
    if collections:
        statement = statement.bindparams(bindparam("collections", expanding=True))
        parameters["collections"] = list(collections)
    return [(int(row[0]), float(row[1])) for row in session.execute(statement, parameters)]
