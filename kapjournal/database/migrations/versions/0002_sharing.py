"""Sharing, the access log and the second factor."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_accounts = sa.table(
    "accounts",
    sa.column("id", sa.LargeBinary),
    sa.column("role", sa.Text),
    sa.column("public_key", sa.LargeBinary),
    sa.column("code", sa.LargeBinary),
)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=False)


def _belongs(table: str, column: str = "owner") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["accounts.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")


def upgrade() -> None:
    # No table is rebuilt: on SQLite, dropping the old accounts would take everything of everybody with it.
    op.add_column("accounts", sa.Column("code", sa.LargeBinary, nullable=True))
    op.add_column("accounts", sa.Column("card", sa.LargeBinary, nullable=True))
    op.create_index("ix_accounts_code", "accounts", ["code"], unique=True)
    op.add_column("sign_ins", sa.Column("confirmed", sa.BigInteger, nullable=False, server_default="0"))
    op.create_table(
        "factors",
        _bytes("owner"),
        _bytes("secret"),
        sa.Column("used", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_factors"),
        _belongs("factors"),
    )
    op.create_table(
        "backup_codes",
        _bytes("owner"),
        _bytes("id"),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_backup_codes"),
        _belongs("backup_codes"),
    )
    op.create_table(
        "links",
        _bytes("owner"),
        _bytes("id"),
        _bytes("therapist"),
        _bytes("offer"),
        sa.Column("answer", sa.LargeBinary, nullable=True),
        _bytes("digest"),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("ends", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_links"),
        _belongs("links"),
        _belongs("links", "therapist"),
    )
    op.create_index("ix_links_therapist", "links", ["therapist"])
    op.create_table(
        "grants",
        _bytes("owner"),
        _bytes("link"),
        _bytes("record"),
        _bytes("sealed"),
        sa.PrimaryKeyConstraint("owner", "link", "record", name="pk_grants"),
        sa.ForeignKeyConstraint(
            ["owner", "link"], ["links.owner", "links.id"], name="fk_grants_owner_link", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_grants_owner_record", "grants", ["owner", "record"])
    op.create_table(
        "rekeys",
        _bytes("owner"),
        _bytes("id"),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_rekeys"),
        _belongs("rekeys"),
    )
    op.create_table(
        "access_log",
        _bytes("owner"),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        _bytes("mark"),
        sa.Column("times", sa.Integer, nullable=False),
        _bytes("body"),
        sa.PrimaryKeyConstraint("owner", "n", name="pk_access_log"),
        sa.UniqueConstraint("owner", "mark", name="uq_access_log_owner_mark"),
        _belongs("access_log"),
    )
    _give_codes()


def _give_codes() -> None:
    """Therapists who were there before get what their code is found by, as `vault.codes.therapist_mark` makes it."""
    connection = op.get_bind()
    known = sa.select(_accounts.c.id, _accounts.c.public_key).where(_accounts.c.role == "therapist")
    for row in connection.execute(known).all():
        digest = hashlib.sha256(b"kj code" + bytes(row.id) + bytes(row.public_key)).digest()
        mark = (int.from_bytes(digest[:12]) >> 1).to_bytes(12)
        connection.execute(sa.update(_accounts).where(_accounts.c.id == row.id).values(code=mark))
