from collections.abc import Iterator
from itertools import count

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

_number = count()


@pytest.fixture
def empty_address(postgres_address: str) -> Iterator[str]:
    """The address of a database of its own on the PostgreSQL server, without any table."""
    name = f"{make_url(postgres_address).database}_{next(_number)}"
    server = plain_engine(postgres_address)
    with server.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    yield make_url(postgres_address).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    server.dispose()


def plain_engine(address: str) -> Engine:
    """An engine as SQLAlchemy makes one: reflection does not read binary results."""
    url = make_url(address).set(drivername="postgresql+psycopg")
    return create_engine(url, isolation_level="AUTOCOMMIT")
