"""Exceptions that end a running job early although it has not failed."""

from __future__ import annotations


class JobCancelled(Exception):
    """A user asked for the job to stop, or deleted what it was for."""


class JobYielded(Exception):
    """Jobs of other tenants wait: the job is released, and goes on where it stands when its turn comes again."""


class JobInterrupted(Exception):
    """The service is stopping: the job is released and continues later. `code` and `message`: what is recorded."""

    code = "service_stopped"
    message = "The service was stopped; the job goes on when it runs again."


class JobSuspended(JobInterrupted):
    """Its tenant is suspended."""

    code = "tenant_suspended"
    message = "The tenant is suspended; the job goes on when it is active again."
