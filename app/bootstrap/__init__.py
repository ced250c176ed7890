"""Builds every part of the service from the settings. No other package below the entry points reads them.

`limits` has the small values, `models` the models, `storage` the data folder, `retrieval` the search indexes,
`ingestion` what a document worker needs, `runtime` the whole service, `workers` its background threads.
"""
