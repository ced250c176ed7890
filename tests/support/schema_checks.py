"""A check for schemathesis: what the schema allows is accepted, but for the rules that no schema can state.

It takes the place of schemathesis's own `positive_data_acceptance`. SCHEMATHESIS_HOOKS names this module.
"""

from __future__ import annotations

from typing import Any

import schemathesis
from schemathesis.specs.openapi.checks import positive_data_acceptance

# Codes of errors that depend on more than the field itself: on what is stored, what a file holds, what is elsewhere.
CODES = frozenset(
    {
        "adapter_invalid",  # the tensors of a file
        "cases_invalid",
        "dataset_invalid",  # the rows of a file
        "bad_form",  # the framing of a form
        "idempotency_mismatch",  # the request before
        "model_not_trained",  # a model that is none of those that are trained
        "not_a_chat_model",  # a model of the service that does something else
        "no_rows",  # no documents or feedback to make rows of
        "prompt_too_long",  # the model's context
        "unknown_cursor",  # no item of this list
        "unsupported_media_type",  # the content of a file
        "unsupported_parameter",  # fields of OpenAI's clients that are known to be refused
        "unsupported_input",  # token ids in place of texts
        "url_not_allowed",
        "url_unreachable",  # another host
    }
)
# Rules about several fields at once, about texts and about files, by their words.
RULES = (
    "may be at most",  # tokens of an answer, by the settings
    "is empty",  # a text of spaces alone
    "is at most half of",  # chunks that overlap
    "send at least one of",  # changes
    "either a rank or a share",
    "send either file_ids or files",
    "send `static` with the type",
    "needs its number",  # a link to a page
    "A token cannot have the scope",
    "The `role` of a message is one of",  # of items that are messages
    "No feedback says",
    "start must be before end",
    "must be a range within the text",
    "must have characters that can be shown",
    "must not end with",  # names of collections, which paths carry
    "must be an origin",
    "none of base, loracle",  # reserved names
    "must be a name without folders",
    "The file must be UTF-8 text",
    "Cases must be UTF-8 text",
    "Expected UploadFile",  # schemathesis sends some files as texts
    "Send at least one file",
    "must not contain NUL",  # in fields that no schema knows; those that it knows say it (test_openapi)
    "must be an integer of at most 64 bits",  # likewise
    "Send a file of questions",
    "must be a JSON object",  # a field of a form
    "The vectors have",  # dimensions of the model
    "needs a letter or digit",  # of a suffix that becomes a name
    "The last message of the user is empty",
    "no message of the user",
    "search.grid",
)
PARAMS = ("filters", "metadata_condition")  # a language of their own, of any depth


@schemathesis.check
def accepts_what_the_schema_allows(ctx: Any, response: Any, case: Any) -> None:
    if response.status_code not in {415, 422} or not _beyond_the_schema(response.json()["error"]):
        positive_data_acceptance(ctx, response, case)


def _beyond_the_schema(error: dict[str, Any]) -> bool:
    said, param = error["message"], (error["param"] or "").partition(".")[0]
    return error["code"] in CODES or param in PARAMS or any(rule in said for rule in RULES)
