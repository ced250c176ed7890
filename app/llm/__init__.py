"""Text generation: one protocol, implemented by the local engine and by a shipped fake."""
