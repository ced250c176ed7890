"""The nouns of the service as frozen values, each with its states as enums. No database, no HTTP."""
