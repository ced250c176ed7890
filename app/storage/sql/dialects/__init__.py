"""What SQLite and PostgreSQL write differently in SQL: constructs that each dialect compiles in its own way."""
