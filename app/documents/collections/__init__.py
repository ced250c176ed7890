"""Collections: names that group documents, with settings of their own."""
