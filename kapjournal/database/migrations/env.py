"""Alembic's entry: runs on the connection, and inside the transaction, that `migrate` opened."""

from alembic import context

from kapjournal.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
