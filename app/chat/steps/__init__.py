"""The steps of an answer, in order: route, rewrite, retrieve, refuse, generate (over a prompt), cite.

What is no question for the passages is answered by reply, rephrase or digest in the place of those between.
"""
