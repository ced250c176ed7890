"""Generation on any server with OpenAI's chat completions: llama.cpp, Ollama, hosted ones."""
