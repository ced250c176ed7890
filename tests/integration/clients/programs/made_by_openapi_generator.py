"""Uploads, asks, streams and trains with the client that OpenAPI Generator made; prints what it saw as JSON."""

import json
import os

import made

QUESTION = "When does the museum open?"
configuration = made.Configuration(host=os.environ["LORACLE_URL"], access_token=os.environ["LORACLE_API_KEY"])
with made.ApiClient(configuration) as client:
    documents, chat, training = made.DocumentsApi(client), made.ChatApi(client), made.TrainingApi(client)
    document = documents.upload_document(file=("made.txt", b"The pool opens at nine."))
    answer = chat.chat(made.ChatIn(message=QUESTION))
    stream = chat.chat_without_preload_content(made.ChatIn(message=QUESTION, stream=True))
    rows = ("rows.jsonl", b'{"prompt": "When?", "completion": "At ten."}\n')
    dataset = training.upload_dataset(file=rows, name="made-rows")
    wanted = made.TrainingIn(adapter="made", dataset=dataset.id)
    estimate = training.estimate_training(wanted)
    job = training.create_training(wanted)
    training.cancel_training_without_preload_content(job.id)
    try:
        chat.chat(made.ChatIn(message=QUESTION, adapter="missing"))
    except made.ApiException as fault:
        refused = [fault.status, json.loads(fault.body)["error"]["code"]]
    seen = {
        "filename": documents.get_document(document.id).filename,
        "answer": answer.answer,
        "quotes": [citation.quote for citation in answer.citations],
        "stream": stream.data.decode(),
        "estimated": type(estimate).__name__,
        "training": job.status,
        "refused": refused,
    }
print(json.dumps(seen))
