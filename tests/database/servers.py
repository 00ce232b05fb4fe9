"""Connections to PostgreSQL beside those of the program."""

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url


def plain_engine(address: str) -> Engine:
    """An engine as SQLAlchemy makes one, without transactions: reflection does not read binary results."""
    url = make_url(address).set(drivername="postgresql+psycopg")
    return create_engine(url, isolation_level="AUTOCOMMIT")
