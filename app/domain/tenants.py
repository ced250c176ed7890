"""Tenants and their API keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TenantStatus(StrEnum):
    ACTIVE = "active"  # its keys work
    SUSPENDED = "suspended"  # its keys fail everywhere


class Scope(StrEnum):
    READ = "read"  # search, chat, list
    WRITE = "write"  # upload, train, activate, delete
    KEYS = "keys"  # list, make and revoke the tenant's own keys
    ADMIN = "admin"  # the operator: tenants and keys


@dataclass(frozen=True, slots=True)
class Tenant:
    """A customer of the service: it sees its own documents and nothing else."""

    id: str  # "ten_..."
    name: str
    status: TenantStatus
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ApiKey:
    id: str  # "key_..."
    tenant_id: str
    label: str
    prefix: str  # first 7 characters of the key, to recognise it by
    scopes: frozenset[str]
    created_at: datetime
    revoked_at: datetime | None
    expires_at: datetime | None  # of a key that was replaced: it fails from then on; None: it does not end by itself
    last_used_at: datetime | None  # about; None: not yet, or not since a version that notes it


@dataclass(frozen=True, slots=True)
class CreatedTenant(Tenant):
    key: str  # the secret of its first key, which is not stored


@dataclass(frozen=True, slots=True)
class CreatedKey(ApiKey):
    key: str  # the secret, which is not stored


@dataclass(frozen=True, slots=True)
class RotatedKey(CreatedKey):
    replaced: ApiKey  # the old key, which works until it expires
