"""The tools: each is one call of a service of the HTTP surface, by the principal behind the key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from pydantic import BaseModel

from app.chat.service import ChatService, Question
from app.documents.collections.service import CollectionService
from app.documents.service import DocumentService
from app.http.auth import Principal
from app.http.middleware.concurrency import ConcurrencyLimits, Work
from app.mcp_server.schemas import (
    AskArguments,
    AskResult,
    CollectionsResult,
    DocumentResult,
    ListCollectionsArguments,
    ReadDocumentArguments,
    SearchArguments,
    SearchResult,
)
from app.observability import request_id_var
from app.search.filters import read_restriction
from app.search.service import SearchService

MOST_COLLECTIONS = 1000  # that are named


@dataclass(frozen=True, slots=True)
class Tool:
    """`run` gets arguments of the class `arguments`; it raises AppError for what the caller can mend."""

    name: str
    title: str
    description: str  # for the model that chooses among tools
    arguments: type[BaseModel]
    result: type[BaseModel]
    run: Callable[[Principal, Any], Awaitable[BaseModel]]
    read_only: bool = True


class DocumentTools:
    """What a principal can do with its documents as an assistant's tools."""

    def __init__(
        self,
        search: SearchService,
        chat: ChatService,
        collections: CollectionService,
        documents: DocumentService,
        concurrency: ConcurrencyLimits,
    ) -> None:
        self._search = search
        self._chat = chat
        self._collections = collections
        self._documents = documents
        self._concurrency = concurrency

    def all(self) -> tuple[Tool, ...]:
        return (
            Tool(
                "search",
                "Search the documents",
                "Finds the passages of the documents that are nearest to a question or to key words, best first. Each "
                "names its document, its page and its place in the text. Use it to quote, or to answer by yourself.",
                SearchArguments,
                SearchResult,
                self.search,
            ),
            Tool(
                "ask",
                "Ask the documents",
                "Answers a question from the documents alone, and cites the passage that each sentence rests on; it "
                "says so if they do not hold the answer. Show the citations with the answer.",
                AskArguments,
                AskResult,
                self.ask,
                read_only=False,  # the turn is saved
            ),
            Tool(
                "list_collections",
                "List the collections",
                "Names the collections of documents, to which `search` and `ask` can be restricted.",
                ListCollectionsArguments,
                CollectionsResult,
                self.list_collections,
            ),
            Tool(
                "read_document",
                "Read a document",
                "The text of a document from a place on, such as what stands around a passage that `search` found.",
                ReadDocumentArguments,
                DocumentResult,
                self.read_document,
            ),
        )

    async def search(self, principal: Principal, wanted: SearchArguments) -> SearchResult:
        restriction = read_restriction(wanted.collections, wanted.filters)
        search = partial(self._search.search, principal.tenant_id, wanted.query, k=wanted.k, restriction=restriction)
        async with self._concurrency.place(Work.SEARCH, principal):
            passages = await run_sync(search)
        return SearchResult.model_validate({"passages": passages})

    async def ask(self, principal: Principal, wanted: AskArguments) -> AskResult:
        question = Question(
            message=wanted.question,
            request_id=request_id_var.get(),
            conversation_id=wanted.conversation_id,
            restriction=read_restriction(wanted.collections, wanted.filters),
            user=principal.user,
        )
        return AskResult.model_validate(await self._chat.answer(principal.tenant_id, question))

    async def list_collections(self, principal: Principal, wanted: ListCollectionsArguments) -> CollectionsResult:
        page = partial(self._collections.list, q=wanted.q, limit=MOST_COLLECTIONS, after=wanted.after)
        return CollectionsResult.model_validate(await run_sync(page, principal.tenant_id))

    async def read_document(self, principal: Principal, wanted: ReadDocumentArguments) -> DocumentResult:
        document = await run_sync(self._documents.get, principal.tenant_id, wanted.document_id)
        text = (await run_sync(self._documents.content, principal.tenant_id, wanted.document_id)).text
        start = min(wanted.start, len(text))
        end = min(start + wanted.length, len(text))
        return DocumentResult(
            document_id=document.id,
            filename=document.filename,
            text=text[start:end],
            start=start,
            end=end,
            characters=len(text),
        )
