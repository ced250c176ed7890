"""What routers share: authentication, errors, idempotency, schemas, server-sent events, services by class."""
