"""The summary as a value: what one link shares, on one page. Equal shares give equal values and equal bytes.

Days are local days of the patient (YYYY-MM-DD), walls local times (YYYY-MM-DDTHH:MM), ids are hexadecimal. Text is as
the patient typed it. None and "" are for what is not there; whether it is shared at all is told by `categories`.
"""

import msgspec

from kapjournal.insights.mood import MoodSeries
from kapjournal.journal.values import Outcome, Route
from kapjournal.measures.values import Effect, RedFlag, ReportDay
from kapjournal.sharing.values import Category


class Sitting(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A shared session, done or planned; ranges as in `Session`. `days` is how many days ago it was."""

    wall: str
    route: Route
    place: str = ""
    escort: str = ""
    bring: str = ""
    days: int = 0
    minutes: int | None = None
    intensity: int | None = None
    challenge: int | None = None
    relief: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    dose: str = ""


class Excerpt(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The beginning of a shared entry. `prompt` is the id of what was asked, "" on a blank page; `asked` its text."""

    id: str
    day: str
    prompt: str
    asked: str
    text: str


class Recording(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A shared voice note."""

    id: str
    day: str
    prompt: str
    asked: str
    seconds: int


class Thread(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One session in the patient's words: intention, then what was captured in at most three lines, then what stays."""

    intention: Excerpt | None = None
    captured: tuple[str, ...] = ()
    captured_on: str = ""
    stays: Excerpt | None = None


class BeforeAfter(msgspec.Struct, frozen=True, gc=False):
    """A rating on both sides of the session: means of 0 to 10."""

    rating: str
    before: float
    after: float


class ScoreLine(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A measure as far as it is shared: the last total, and the first one of the same version if there are two.

    `name` is what the totals are of: the measure's title, or `PHQ-8` where item 9 is not shared; then `without` is the
    title of the full measure, and there is no band, no cut point and no threshold. `points` is last minus first; it
    `counts` from `threshold` on, whose published name and source are `words` and `citation`. `flags` are the measure's
    words on single answers, `cuts` those on cut points that the total reaches, with their sources; `apart` are the
    last answers to items that are kept apart, as (item, answer), as far as they are shared.
    """

    measure: str
    name: str
    without: str = ""
    highest: int
    total: int
    day: str
    band: str = ""
    flags: tuple[str, ...] = ()
    cuts: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    first: int | None = None
    first_day: str = ""
    points: int | None = None
    counts: bool = False
    words: str = ""
    threshold: int = 0
    citation: str = ""


class Report(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What was unpleasant after the session, as reported for one day."""

    when: ReportDay
    effects: tuple[Effect, ...]
    flags: tuple[RedFlag, ...]


class Wish(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """How strong the wish for more was, 0 to 3, as reported for one day after the session."""

    when: ReportDay
    strength: int


class Month(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The latest monthly check; answers as in `MonthlyCheck`."""

    day: str
    urinary_pain: int | None
    urinary_frequency: int | None
    blood_in_urine: bool | None
    memory: int | None


class Use(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The latest monthly answers about craving and other substances, 0 to 3."""

    day: str
    craving: int | None
    others: int | None


class Cravings(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Craving ratings of the days that the mood line shows, 0 to 10."""

    count: int
    low: int
    high: int
    last: int
    day: str


class Planned(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A step, and what was said of it last."""

    day: str
    action: str
    cue: str
    clock: str
    obstacle: str
    outcome: Outcome


class Quality(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What can be known of the data from what is shared.

    `ratings` are those of mood that the mood line shows, on `rated_days` days; the longest stretch without one is
    `gap_days` long, from `gap_from`. `later` entries were finished more than a day after the day they stand under.
    `imported` records come from another journal; `damaged` ones do not open.
    """

    ratings: int = 0
    rated_days: int = 0
    gap_days: int = 0
    gap_from: str = ""
    entries: int = 0
    later: int = 0
    imported: int = 0
    damaged: int = 0


class Summary(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One page about what a link shares; `day` is the day it is of, on which the days since are counted.

    `ends_on` "" is without an end, `since` "" without a beginning. `session` is the latest shared one that took place,
    of `sessions` shared ones that did; `coming` is the next planned one, and `unmarked` the start of a later one whose
    planned end has passed without a word on whether it took place. `mood` is None if no check-in is shared.
    """

    language: str
    name: str
    purpose: str
    attention: str
    day: str
    shared_on: str
    ends_on: str
    since: str
    goes_on: bool
    categories: tuple[Category, ...]
    session: Sitting | None
    sessions: int
    coming: Sitting | None
    unmarked: str
    thread: Thread
    mood: MoodSeries | None
    sides: tuple[BeforeAfter, ...]
    scores: tuple[ScoreLine, ...]
    reports: tuple[Report, ...]
    month: Month | None
    use: Use | None
    cravings: Cravings | None
    wishes: tuple[Wish, ...]
    domains: tuple[tuple[str, int], ...]
    steps: tuple[Planned, ...]
    wanted: Excerpt | None
    excerpts: tuple[Excerpt, ...]
    recordings: tuple[Recording, ...]
    recordings_shared: int
    quality: Quality
    v: int = 1

    def shares(self, category: Category) -> bool:
        """Whether a whole category is shared."""
        return category in self.categories
