"""What a person rates. Every rating is a whole number from 0 to 10; None is not rated."""

from typing import ClassVar

from kapjournal.records import Value
from kapjournal.records.values import Kind


class CheckIn(Value, frozen=True, gc=False, kw_only=True, tag="check-in"):
    """How somebody is at a moment."""

    kind: ClassVar[Kind] = "rating"

    mood: int | None = None
    anxiety: int | None = None
    energy: int | None = None
    pain: int | None = None
    sleep: int | None = None
    connectedness: int | None = None
    hope: int | None = None


class Craving(Value, frozen=True, gc=False, kw_only=True, tag="craving"):
    """How strong craving is at a moment. A record of its own: it is shared, or not, apart."""

    kind: ClassVar[Kind] = "rating"

    craving: int
