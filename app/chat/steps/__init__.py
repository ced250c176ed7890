"""The steps of an answer, in order: rewrite, retrieve, refuse, generate (over a prompt), cite."""
