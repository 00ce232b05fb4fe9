"""The sealed, versioned state of everything a person owns: append, sync, history, snapshots.

`records` knows no domain: a value is whatever `Value` the decoder that it was given knows. Verbs get a
`Work` and a `SignedIn`; no database row leaves this package.
"""

from sqlalchemy import Connection

from kapjournal.records.putting import Put, Saved
from kapjournal.records.signed_in import SignedIn
from kapjournal.records.snapshots import Record, Snapshot
from kapjournal.records.store import Store
from kapjournal.records.values import Value
from kapjournal.records.work import Work

__all__ = ["Connection", "Put", "Record", "Saved", "SignedIn", "Snapshot", "Store", "Value", "Work"]
