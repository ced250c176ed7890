"""Alembic's migrations, packaged so that an installed Loracle can upgrade its database."""
