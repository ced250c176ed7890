"""The SQLite database: connections, migrations and backups."""
