"""Tables, queries and repositories in SQLAlchemy."""
