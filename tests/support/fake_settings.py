"""Settings of a service over the shipped fakes."""

from __future__ import annotations

from pathlib import Path

from app.settings import Settings


def fake_settings(data_dir: Path) -> Settings:
    """Settings with the shipped fakes."""
    return Settings(
        _env_file=None,
        data_dir=data_dir,
        generator="scripted",
        embedding_model="hashing",
        refusal_threshold=0.05,  # the fake's cosines are lower than a model's
        job_lease_s=5,
        job_heartbeat_s=1,
    )
