"""What people read, as frozen values: prompts in packs, longer texts, crisis lines by country, measures.

Every field is spelled in TOML as it is here, except that a list of tables has a singular name there
(`[[prompt]]`, `[[line]]`). What a single field may hold is said by its type; what fields have to do
with each other is checked in `loading`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from kapjournal.content.measures import Measure, Version, plain_id

Phase = Literal[
    "pre_course",
    "prep",
    "pre_session",
    "same_day",
    "days_1_3",
    "week_1",
    "month_1",
    "between",
    "hard",
    "flat",
]
Domain = Literal["mind", "body", "spirit", "relationships", "lifestyle", "nature", "any"]
SomePhases = Annotated[tuple[Phase, ...], Meta(min_length=1)]
Process = Literal["acceptance", "defusion", "present", "self-as-context", "values", "action"]
Confidence = Literal["high", "medium", "low"]

PackId = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9_-]+(\.[a-z0-9_-]+)*$",
        description="must be of small letters, digits, - and _, such as northclinic",
    ),
]
PromptId = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9_-]+(\.[a-z0-9_-]+)+$",
        description="must be words of small letters, digits, - and _ with dots between, such as northclinic.tea",
    ),
]
Number = Annotated[str, Meta(pattern=r"^\+?[0-9]{2,15}$")]
Grouped = Annotated[str, Meta(pattern=r"^\+?[0-9() -]+$")]
Link = Annotated[str, Meta(pattern=r"^https://[a-z0-9.-]+(/[A-Za-z0-9._~/-]*)?$")]


class Prompt(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One guiding question."""

    id: PromptId
    version: Version
    phase: Phase | SomePhases | None = None
    """What it is for where that is not the phase of its pack; see `Pack.phases_of`."""
    text: str
    hint: str | None = None
    domain: Domain
    process: Process
    interpretive: bool = False
    """Whether it asks what something means; at most one such prompt a day is offered."""
    source: str


class Pack(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The prompts of one file, in the order they are offered."""

    id: PackId
    title: str
    version: Version
    phase: Phase
    origin: str | None = None
    """Whose pack it is, such as `North Clinic`; None for ours."""
    first: bool = False
    """Whether its prompts come before ours."""
    source: str | None = None
    """What the pack as a whole rests on."""
    prompts: tuple[Prompt, ...] = field(name="prompt")

    def phases_of(self, prompt: Prompt) -> tuple[Phase, ...]:
        """The phases a prompt of this pack is for: its own, else the pack's."""
        if prompt.phase is None:
            return (self.phase,)
        return (prompt.phase,) if isinstance(prompt.phase, str) else prompt.phase


class Text(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A longer text of a page: paragraphs first, then the items of a list, if any."""

    title: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...] = ()
    source: str


class Texts(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The longer texts a language must have, no more and no fewer."""

    privacy: Text
    privacy_therapist: Text
    not_for: Text
    after_session: Text
    help_now: Text
    prepare: Text
    capture: Text
    safety_card: Text
    steady: Text
    breath: Text
    senses: Text
    body_scan: Text
    not_alone: Text
    sharing: Text


class Emergency(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An emergency number and what answers there."""

    number: Number
    label: str


class Line(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A crisis line: at least one of telephone, text message, chat and web."""

    name: str
    phone: Number | None = None
    """The digits to dial."""
    phone_display: Grouped | None = None
    """The same digits in the groups people know."""
    sms: Number | None = None
    sms_text: str | None = None
    """The word to send, where the line asks for one."""
    chat: Link | None = None
    web: Link | None = None
    hours: str
    """`24 h`, or plain words that say so where the hours are not certain."""
    languages: tuple[str, ...] = ()
    confidence: Confidence
    """How sure we are of the telephone number."""
    source: str
    last_verified: date


class Country(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whom to call in one country; `country` is the ISO 3166 code, `ZZ` stands for anywhere else."""

    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
    name: str
    emergency: tuple[Emergency, ...] = ()
    lines: tuple[Line, ...] = field(name="line")


class Content(Struct, frozen=True, kw_only=True):
    """Everything of one language, checked. Equal inputs give equal contents in equal order."""

    language: str
    packs: tuple[Pack, ...]
    measures: tuple[Measure, ...]
    """Of a measure that has changed, also the earlier versions."""
    texts: Mapping[str, Text]
    countries: tuple[Country, ...]
    """By name, without `elsewhere`."""
    elsewhere: Country

    def prompts(self, phase: str) -> tuple[Prompt, ...]:
        """The prompts for a phase in the order they are offered; none for a phase without prompts.

        Packs that ask to be first, then ours, then the others; of each the packs made for the phase first.
        """
        packs = sorted(self.packs, key=lambda pack: (not pack.first, bool(pack.origin), pack.phase != phase))
        return tuple(prompt for pack in packs for prompt in pack.prompts if phase in pack.phases_of(prompt))

    def prompt(self, id: str) -> Prompt | None:
        """The prompt with this id; None when it is no longer shipped."""
        return next((prompt for pack in self.packs for prompt in pack.prompts if prompt.id == id), None)

    def pack_of(self, id: str) -> Pack | None:
        """The pack that holds the prompt with this id; None when it is no longer shipped."""
        return next((pack for pack in self.packs if any(prompt.id == id for prompt in pack.prompts)), None)

    def measure(self, id: str, version: int | None = None) -> Measure | None:
        """The measure with this id, with or without hyphens and in any case: this version of it, or the newest one."""
        found = [it for it in self.measures if plain_id(it.id) == plain_id(id)]
        if version is not None:
            found = [it for it in found if it.version == version]
        return max(found, key=lambda it: it.version, default=None)

    def crisis(self, country: str | None) -> Country:
        """Whom to call in a country (ISO code, any case); `elsewhere` when we do not know it."""
        code = (country or "").upper()
        return next((known for known in self.countries if known.country == code), self.elsewhere)
