"""Repositories: the queries of one noun each; they return the records of `app.domain`."""
