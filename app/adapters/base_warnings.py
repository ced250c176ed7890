"""What an operator should know about active adapters after the base, its engine or its quantisation has changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.adapters.base_spec import BaseSpec
from app.domain.adapters import OTHER_BASE
from app.storage.sql.repositories.deployments import count_judged_elsewhere, count_of_another_base


def base_warnings(session: Session, base: BaseSpec) -> tuple[str, ...]:
    """The warnings about all tenants' active adapters; none if each was evaluated on what answers."""
    other = count_of_another_base(session, base.fitting)
    elsewhere = count_judged_elsewhere(session, base.fingerprint)
    texts = other_base_warning(other) if other else "", judged_elsewhere_warning(elsewhere) if elsewhere else ""
    return tuple(text for text in texts if text)


def other_base_warning(tenants: int) -> str:
    """What to do about tenants whose active adapter does not fit the base that is served."""
    return (
        f"{tenants} {'tenant has' if tenants == 1 else 'tenants have'} an adapter active that does not answer: "
        f"{OTHER_BASE}. Until then the starter adapter answers, or the plain base model."
    )


def judged_elsewhere_warning(tenants: int) -> str:
    """What to do about tenants whose active adapter was evaluated on another engine than the one that answers."""
    return (
        f"{tenants} {'tenant has' if tenants == 1 else 'tenants have'} an adapter active that was evaluated on another "
        "engine or quantisation than answers now: evaluate it again."
    )
