"""A stage for somebody who writes to the database, and for a therapist who does."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from kapjournal.database.tables import grants, links, records
from kapjournal.errors import KapjournalError
from kapjournal.sharing import accepting, linking
from kapjournal.sharing.reading import shared_entry, summary
from kapjournal.vault.sealing import open_sealed, seal
from tests.cast import Cast, content
from tests.journal.desk import written
from tests.sharing.desk import linked, opened
from tests.sharing.test_grants import kinds, rated

SECRET_WORDS = "Zimtstern"


class Scene:
    """Alice shares an entry and a check-in with Bob, another entry with Charlie, and has one that nobody sees."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.shown = written(cast, cast.alice, "shown").id
        self.charlies = written(cast, cast.alice, f"{SECRET_WORDS} for Charlie").id
        self.hidden = written(cast, cast.alice, f"{SECRET_WORDS} for nobody").id
        self.check_in = rated(cast)
        self.bobs = linked(cast, "check_ins", entries=(self.shown,))
        self.theirs = linked(cast, to=cast.charlie, entries=(self.charlies,))
        self.doras = linked(cast, by=cast.dora, entries=(written(cast, cast.dora, f"{SECRET_WORDS} D").id,))
        self.key = linking.my_link(cast.work(), by=cast.alice, link=self.bobs).value.key
        self.deks = {id: self.dek(id) for id in (self.shown, self.check_in)}

    def run(self, attack: Callable[["Scene", Connection], object]) -> None:
        with self.cast.engine.begin() as connection:
            attack(self, connection)
        self.cast.store.snapshots.clear()

    # What a writer does

    def row(self, connection: Connection, table: Any, **where: Any) -> Any:
        return connection.execute(_where(select(table), table, where)).one()

    def change(self, connection: Connection, table: Any, where: dict[str, Any], **values: Any) -> None:
        connection.execute(_where(update(table), table, where).values(**values))

    def link(self, connection: Connection, id: bytes) -> Any:
        return self.row(connection, links, id=id)

    def change_link(self, connection: Connection, id: bytes, **values: Any) -> None:
        self.change(connection, links, {"id": id}, **values)

    def grant(self, connection: Connection, link: bytes, record: bytes) -> Any:
        return self.row(connection, grants, link=link, record=record)

    def put_grant(
        self,
        connection: Connection,
        sealed: bytes,
        *,
        record: bytes = b"",
        link: bytes = b"",
        owner: bytes = b"",
    ) -> None:
        it = {
            "owner": owner or self.cast.alice.account,
            "link": link or self.bobs,
            "record": record or self.shown,
        }
        connection.execute(_where(delete(grants), grants, it))
        connection.execute(insert(grants), it | {"sealed": sealed})

    # What Bob, who holds keys, does

    def dek(self, record: bytes) -> bytes:
        """The key that a grant has given to Bob."""
        with self.cast.engine.connect() as connection:
            it = self.row(connection, records, id=record)
            sealed = self.grant(connection, self.bobs, record).sealed
        gen = it.gen
        opens = open_sealed(self.key, sealed, "grant", it.owner, self.bobs, record, gen)
        return opens[:32]

    def seal_own_grant(
        self, connection: Connection, record: bytes, dek: bytes, body: bytes | None = None
    ) -> bytes:
        """A grant as Alice would make it, made by Bob."""
        it = self.row(connection, records, id=record)
        opens = dek + it.version.to_bytes(8) + sha256(it.body if body is None else body).digest()
        return seal(self.key, opens, "grant", it.owner, self.bobs, record, it.gen)

    # What may be seen

    def bob_sees(self) -> dict[str, int]:
        return kinds(opened(self.cast, self.bobs))

    def nothing_secret(self) -> None:
        """Whatever Bob does, he reads no word that is not for him."""
        cast = self.cast
        for ask in (
            lambda: repr(accepting.patients(cast.work(), by=cast.bob)),
            lambda: repr(
                summary(cast.work(), by=cast.bob, link=self.bobs, content=content(), now=cast.now())
            ),
            lambda: repr(shared_entry(cast.work(), by=cast.bob, link=self.bobs, entry=self.hidden)),
            lambda: repr(shared_entry(cast.work(), by=cast.bob, link=self.bobs, entry=self.charlies)),
            lambda: repr(shared_entry(cast.work(), by=cast.bob, link=self.theirs, entry=self.charlies)),
        ):
            try:
                assert SECRET_WORDS not in ask()
            except KapjournalError:
                continue


def _where(statement: Any, table: Any, where: dict[str, Any]) -> Any:
    return statement.where(*(table.c[name] == value for name, value in where.items()))
