"""Chat: answers to questions from a tenant's documents, with citations, or a refusal if they do not hold one."""
