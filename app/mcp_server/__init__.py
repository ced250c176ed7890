"""The documents as tools of the Model Context Protocol, at `/mcp`: for assistants and agents that speak it."""
