"""The whole service in this process, over the shipped fakes, with clients for two tenants and an operator."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import httpx
from fastapi import FastAPI

from app.bootstrap.runtime import Runtime


@dataclass
class Service:
    """The service over fakes, in this process, with two tenants and an operator."""

    app: FastAPI
    runtime: Runtime
    acme: httpx.AsyncClient
    other: httpx.AsyncClient
    operator: httpx.AsyncClient
    nobody: httpx.AsyncClient
    acme_id: str
    other_id: str

    async def ready(self, client: httpx.AsyncClient, document_id: str) -> dict:
        """Wait until a document is ready, failed or cancelled."""
        for _ in range(600):
            body = (await client.get(f"/api/v1/documents/{document_id}")).json()
            if body["status"] in {"ready", "failed", "cancelled"}:
                return body
            await asyncio.sleep(0.05)
        raise AssertionError(f"not done after 30 s: {body}")

    async def upload(self, client: httpx.AsyncClient, name: str, content: bytes, **fields: str) -> httpx.Response:
        return await client.post("/api/v1/documents", files={"file": (name, content)}, data=fields)

    async def take_in(self, client: httpx.AsyncClient, name: str, content: bytes, **fields: str) -> dict:
        response = await self.upload(client, name, content, **fields)
        assert response.status_code in {200, 202}, response.text
        return await self.ready(client, response.json()["id"])
