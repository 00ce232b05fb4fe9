"""The tables. Every column in the clear is listed, with what it tells a thief, in docs/threat-model.md.

Ids are 16 random bytes. Primary keys of what people own start with the owner, so that the tables can
be distributed by owner. There are no timestamps on records.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
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
"""What the database knows about itself: `check` of the server secret, random `lineage`, the `latest` moment noted."""

accounts = Table(
    "accounts",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("role", Text, nullable=False),
    Column("login", LargeBinary, nullable=False, unique=True),
    Column("seq", BigInteger, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("code", LargeBinary, nullable=True),
    Column("card", LargeBinary, nullable=True),
    Index(None, "code", unique=True),
)
"""`code` and `card` are a therapist's only: what their code is found by, and what they call themselves, sealed."""

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
    Column("confirmed", BigInteger, nullable=False, server_default="0"),
    PrimaryKeyConstraint("owner", "id"),
)
"""`seen` and `confirmed` (the last proof of the passphrase) are UTC minutes, `expires` UTC seconds."""

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

factors = Table(
    "factors",
    metadata,
    _owner(),
    Column("secret", LargeBinary, nullable=False),
    Column("used", BigInteger, nullable=False),
    PrimaryKeyConstraint("owner"),
)
"""Second factors: a sealed secret, and the time step of the last code that was accepted, so that none works twice."""

backup_codes = Table(
    "backup_codes",
    metadata,
    _owner(),
    Column("id", LargeBinary, nullable=False),
    PrimaryKeyConstraint("owner", "id"),
)
"""Codes that stand in for the second factor, each once, as keyed hashes."""

links = Table(
    "links",
    metadata,
    _owner(),
    Column("id", LargeBinary, nullable=False),
    Column("therapist", LargeBinary, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("offer", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=True),
    Column("digest", LargeBinary, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("ends", Integer, nullable=False),
    PrimaryKeyConstraint("owner", "id"),
    Index(None, "therapist"),
)
"""A patient's connection to one therapist, until the UTC day `ends` (days since 1970)."""

grants = Table(
    "grants",
    metadata,
    Column("owner", LargeBinary, nullable=False),
    Column("link", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("owner", "link", "record"),
    ForeignKeyConstraint(["owner", "link"], ["links.owner", "links.id"], ondelete="CASCADE"),
    Index(None, "owner", "record"),
)
"""One record opened to one link."""

rekeys = Table(
    "rekeys",
    metadata,
    _owner(),
    Column("id", LargeBinary, nullable=False),
    PrimaryKeyConstraint("owner", "id"),
)
"""Records that were opened to somebody who may not open them any more, waiting for another key."""

access_log = Table(
    "access_log",
    metadata,
    _owner(),
    Column("n", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),
    Column("mark", LargeBinary, nullable=False),
    Column("times", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("owner", "n"),
    UniqueConstraint("owner", "mark"),
)
"""What happened with somebody's journal, sealed to its owner; `mark` is one look of one sign-in in 15 minutes."""
