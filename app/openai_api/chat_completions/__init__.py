"""Chat completions: answers of the chat in OpenAI's form."""
