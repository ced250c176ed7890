"""What an operator should know about active adapters after the base, its engine or its quantisation has changed."""

from __future__ import annotations

from app.domain.adapters import OTHER_BASE


def base_warnings(other: int, elsewhere: int) -> tuple[str, ...]:
    """The warnings about active adapters: of `other` tenants they do not fit the base, of `elsewhere` tenants they were
    evaluated on another engine."""
    texts = other_base_warning(other) if other else "", judged_elsewhere_warning(elsewhere) if elsewhere else ""
    return tuple(text for text in texts if text)


def other_base_warning(tenants: int) -> str:
    """What to do about tenants whose active adapter does not fit the base that is served."""
    return (
        f"{tenants} {'tenant has' if tenants == 1 else 'tenants have'} an adapter active that does not answer: "
        f"{OTHER_BASE}. Until then the starter adapter answers, or the plain base model."
    )


def newer_starter_warning(tenants: int, shipped: str) -> str:
    """What to do about tenants that an earlier version of the starter adapter answers. `shipped`: name@version."""
    who = "tenant is" if tenants == 1 else "tenants are"
    return (
        f"{tenants} {who} answered by an earlier version of the starter adapter "
        f"than this release ships ({shipped}): upload, evaluate and activate the new one "
        "(docs/how-to/activate-an-adapter.md)."
    )


def judged_elsewhere_warning(tenants: int) -> str:
    """What to do about tenants whose active adapter was evaluated on another engine than the one that answers."""
    return (
        f"{tenants} {'tenant has' if tenants == 1 else 'tenants have'} an adapter active that was evaluated on another "
        "engine or quantisation than answers now: evaluate it again."
    )
