"""Tables, engines for SQLite and PostgreSQL, migrations."""
