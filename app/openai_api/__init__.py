"""The calls of OpenAI's clients under `/v1`, over the same services as the calls under `/api/v1`."""
