"""The tables. Every column in the clear is listed, with what it tells a thief, in docs/threat-model.md.

Ids are 16 random bytes. Primary keys of what people own start with the owner, so that the tables can
be distributed by owner. There are no timestamps on records.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def _owner() -> Column[bytes]:
    return Column("owner", LargeBinary, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False)


facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
"""What the database knows about itself: `check` of the server secret, random `lineage`."""

accounts = Table(
    "accounts",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("role", Text, nullable=False),
    Column("login", LargeBinary, nullable=False, unique=True),
    Column("seq", BigInteger, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
)

wraps = Table(
    "wraps",
    metadata,
    _owner(),
    Column("purpose", Text, nullable=False),
    Column("id", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    PrimaryKeyConstraint("owner", "purpose", "id"),
    Index(None, "purpose", "id"),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    _owner(),
    Column("id", LargeBinary, nullable=False),
    Column("browser", LargeBinary, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("idle", Integer, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("label", LargeBinary, nullable=False),
    PrimaryKeyConstraint("owner", "id"),
)

guesses = Table(
    "guesses",
    metadata,
    Column("login", LargeBinary, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("until", BigInteger, nullable=False),
)

records = Table(
    "records",
    metadata,
    _owner(),
    Column("id", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("gen", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("save_id", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("dek", LargeBinary, nullable=False),
    Column("deleted", Integer, nullable=True),
    PrimaryKeyConstraint("owner", "id"),
    UniqueConstraint("owner", "seq"),
    UniqueConstraint("owner", "save_id"),
    Index(None, "owner", "kind", "seq"),
    Index(None, "deleted"),
)

record_history = Table(
    "record_history",
    metadata,
    _owner(),
    Column("id", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("gen", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("dek", LargeBinary, nullable=False),
    PrimaryKeyConstraint("owner", "id", "version"),
)
