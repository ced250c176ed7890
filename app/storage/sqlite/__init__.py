"""The SQLite database: connections, migrations and copies of its file."""
