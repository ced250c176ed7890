"""The documents as an external knowledge base of Dify."""
