"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _owner() -> sa.Column[bytes]:
    return sa.Column("owner", sa.LargeBinary, nullable=False)


def _belongs(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["owner"], ["accounts.id"], name=f"fk_{table}_owner", ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.LargeBinary, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("login", sa.LargeBinary, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("login", name="uq_accounts_login"),
    )
    op.create_table(
        "wraps",
        _owner(),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("id", sa.LargeBinary, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("parameters", sa.Text, nullable=False),
        sa.Column("blob", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("owner", "purpose", "id", name="pk_wraps"),
        _belongs("wraps"),
    )
    op.create_index("ix_wraps_purpose_id", "wraps", ["purpose", "id"])
    op.create_table(
        "sign_ins",
        _owner(),
        sa.Column("id", sa.LargeBinary, nullable=False),
        sa.Column("browser", sa.LargeBinary, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("idle", sa.Integer, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.Column("label", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_sign_ins"),
        _belongs("sign_ins"),
    )
    op.create_table(
        "guesses",
        sa.Column("login", sa.LargeBinary, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("login", name="pk_guesses"),
    )
    op.create_table(
        "records",
        _owner(),
        sa.Column("id", sa.LargeBinary, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("gen", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("save_id", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("dek", sa.LargeBinary, nullable=False),
        sa.Column("deleted", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_records"),
        sa.UniqueConstraint("owner", "seq", name="uq_records_owner_seq"),
        sa.UniqueConstraint("owner", "save_id", name="uq_records_owner_save_id"),
        _belongs("records"),
    )
    op.create_index("ix_records_owner_kind_seq", "records", ["owner", "kind", "seq"])
    op.create_index("ix_records_deleted", "records", ["deleted"])
    op.create_table(
        "record_history",
        _owner(),
        sa.Column("id", sa.LargeBinary, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("gen", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("dek", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", "version", name="pk_record_history"),
        _belongs("record_history"),
    )
