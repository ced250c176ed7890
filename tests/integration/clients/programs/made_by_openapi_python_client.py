"""Uploads, asks, streams and trains with the client that openapi-python-client made; prints what it saw as JSON."""

import io
import json
import os

from made import AuthenticatedClient
from made.api.chat import chat
from made.api.documents import get_document, upload_document
from made.api.training import cancel_training, create_training, estimate_training, upload_dataset
from made.models import BodyUploadDataset, BodyUploadDocument, ChatIn, TrainingIn
from made.types import File

client = AuthenticatedClient(os.environ["LORACLE_URL"], os.environ["LORACLE_API_KEY"])
QUESTION = "When does the museum open?"


def file(name: str, content: bytes) -> File:
    return File(io.BytesIO(content), file_name=name)


document = upload_document.sync(
    client=client, body=BodyUploadDocument(file=file("made.txt", b"The pool opens at nine."))
)
found = get_document.sync(document.id, client=client)
answer = chat.sync(client=client, body=ChatIn(message=QUESTION))
asked = chat._get_kwargs(body=ChatIn(message=QUESTION, stream=True))
stream = client.get_httpx_client().request(**asked)  # it reads every answer as JSON by itself
rows = b'{"prompt": "When?", "completion": "At ten."}\n'
dataset = upload_dataset.sync(client=client, body=BodyUploadDataset(file=file("rows.jsonl", rows), name="made-rows"))
wanted = TrainingIn(adapter="made", dataset=dataset.id)
estimate = estimate_training.sync(client=client, body=wanted)
training = create_training.sync(client=client, body=wanted)
cancel_training.sync(training.id, client=client)
refused = chat.sync_detailed(client=client, body=ChatIn(message=QUESTION, k=0))
print(
    json.dumps(
        {
            "filename": found.filename,
            "answer": answer.answer,
            "quotes": [citation.quote for citation in answer.citations],
            "stream": stream.text,
            "estimated": type(estimate).__name__,
            "training": training.status,
            "refused": [refused.status_code, refused.parsed.error.param],
        }
    )
)
