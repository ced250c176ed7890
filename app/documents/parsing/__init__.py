"""Parsing: a file becomes text with pages, in a sandboxed child process."""
