"""Settings of a service over the shipped fakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.settings import Settings


def fake_settings(data_dir: Path, **more: Any) -> Settings:
    """Settings with the shipped fakes, and more of them."""
    return Settings(
        _env_file=None,
        data_dir=data_dir,
        generator="scripted",
        embedding_model="hashing",
        refusal_threshold=0.05,  # the fake's cosines are lower than a model's
        job_lease_s=5,
        job_heartbeat_s=1,
        **more,
    )
