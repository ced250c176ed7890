"""Imported by the fork server only: brings every parser into memory before any child is forked."""

from app.ingestion.child import preload

preload()
