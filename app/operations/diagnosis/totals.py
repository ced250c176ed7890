"""Diagnoses what is counted for quotas."""

from __future__ import annotations

from app.operations.diagnosis.finding import Finding
from app.storage.database import Database
from app.storage.sql.totals import wrong_totals


def diagnose_totals(db: Database) -> Finding:
    """Whether what each tenant has is counted as its rows say. Raises Unavailable."""
    with db.read() as session:
        wrong = sorted(wrong_totals(session))
    if not wrong:
        return Finding("quotas", "what tenants have is counted as their rows say", ok=True)
    text = (
        f"what {len(wrong)} tenants have is counted wrong ({', '.join(wrong[:3])}): a worker mends it within the hour"
    )
    return Finding("quotas", text, ok=False)
