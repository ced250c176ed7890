"""Request body of documents that a caller keeps under its own keys."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from app.documents.by_key.service import KeyedText
from app.documents.incoming_files import MAX_FILENAME_CHARS
from app.documents.schemas import AccessIn, CollectionName, plain_name
from app.http.schemas import Metadata, RequestBody, Text

MAX_KEY_CHARS = 500


class KeyedTextIn(RequestBody):
    text: Annotated[Text, Field(min_length=1, description="The whole text. Other text than before: a new version.")]
    filename: Annotated[str, Field(min_length=1, max_length=MAX_FILENAME_CHARS), AfterValidator(plain_name)] | None = (
        Field(
            None,
            description="Its ending says how the text is read: .md, .txt, .html, .csv, .json and other text formats. "
            "Left out: as before; of a new document the key, as Markdown unless the key has such an ending.",
        )
    )
    collection: CollectionName | None = Field(None, description='Left out: as before, or "default".')
    metadata: Metadata = Field({}, description="Empty: as before.")
    access: AccessIn | None = Field(None, description="Who sees the document; left out: as before, else everybody.")

    model_config = {
        "json_schema_extra": {
            "examples": [{"text": "# Opening hours\n\nWe open at ten.", "metadata": {"source": "handbook"}}]
        }
    }

    def keyed_text(self) -> KeyedText:
        access = None if self.access is None else self.access.access()
        return KeyedText(self.text, self.filename, self.collection, self.metadata, access)
