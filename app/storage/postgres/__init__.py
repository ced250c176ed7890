"""The PostgreSQL database: connections, locks and migrations."""
