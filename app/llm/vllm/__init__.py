"""Generation on vLLM: token ids to /v1/completions, adapters loaded before use, requests spread over replicas."""
