"""An invented course of treatment, as values. Pure: the same `Random` gives the same course.

Mood rises after a session and fades over six to twelve days; anxiety and energy go with it, sleep and
craving too. Some days and some whole weeks have no check-in.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from math import exp
from random import Random
from typing import NamedTuple

import msgspec

from kapjournal.clock import Moment, moment, moment_at_wall
from kapjournal.content import Content
from kapjournal.demo import aftermath, forms
from kapjournal.demo.sentences import AMOUNTS, ANYWHERE, BY_PHASE, ESCORTS, INTENTIONS, PLACES, TO_BRING
from kapjournal.journal.phases import HOUR, arc_at
from kapjournal.journal.sessions import READY
from kapjournal.journal.values import INTENTION, Dose, Entry, Phase, Session, Step
from kapjournal.measures.values import (
    CheckIn,
    Craving,
    MonthlyCheck,
    Response,
    SideEffects,
    Substances,
    Urge,
)
from kapjournal.records import Record

ZONE = "Europe/Berlin"
EXTRAS = ("sleep", "craving")
DAYS_A_YEAR = 365
COMING_IN = 5
SINCE_LAST = 9
DAYS_BETWEEN = (7, 7, 9, 12, 14, 14, 21)
BREAK_EVERY, BREAK_DAYS = 12, 60
LONGEST_LEAD = 14
CHECK_IN_HOURS = (8, 12, 17, 21)
ENTRY_HOURS = (8, 19)
FLAT_RELIEF = 3
CHECK_INS_A_DAY = 2
LONGEST, SHORTEST = 900, 60
DAY = 24 * HOUR


class Lift(NamedTuple):
    """What one session does to the mood: from `at` (UTC seconds) by `height` points, fading over `days`."""

    at: int
    height: float
    days: float


class Course:
    """A course of `days` days up to `now`. `canary` stands in every text."""

    def __init__(self, now: Moment, days: int, rng: Random, canary: str) -> None:
        self.now = now
        self.days = days
        self._rng = rng
        self._canary = canary

    def sessions(self) -> list[Session]:
        """All sessions, the last one planned in five days and the others done; some time passes before the first."""
        back = [self.now.day + timedelta(COMING_IN)]
        earliest = self._first_day + timedelta(min(LONGEST_LEAD, self.days // 4))
        step = COMING_IN + SINCE_LAST
        while back[-1] - timedelta(step) > earliest:
            back.append(back[-1] - timedelta(step))
            step = BREAK_DAYS if len(back) % BREAK_EVERY == 0 else self._rng.choice(DAYS_BETWEEN)
        return [self._session(day) for day in reversed(back)]

    def doses(self, sessions: Sequence[Record[Session]]) -> list[Dose]:
        """A note on the dose of some sessions that are done."""
        return [
            Dose(
                **moment(it.value.ended_at + HOUR, ZONE)._asdict(),
                session=it.id,
                amount=self._marked(self._rng.choice(AMOUNTS)),
            )
            for it in sessions
            if it.value.ended_at and self._rng.random() < 0.4
        ]

    def check_ins(self, sessions: Sequence[Record[Session]]) -> list[CheckIn | Craving]:
        """Two check-ins a day on average, with the ratings of `EXTRAS`, in order."""
        lifts = [
            Lift(it.value.ended_at, self._rng.uniform(1.5, 3.5), self._rng.uniform(6, 12))
            for it in sessions
            if it.value.ended_at
        ]
        moments = self._moments(CHECK_IN_HOURS, self.days * CHECK_INS_A_DAY)
        return [rating for at in moments for rating in self._ratings(at, lifts)]

    def entries(self, sessions: Sequence[Record[Session]], content: Content) -> list[Entry]:
        """One entry a day on average, with an intention for each session; the last is a draft."""
        intentions = [self._intention(it, content) for it in sessions]
        told = [at for it in sessions if it.value.ended_at for at in self._told(it.value)]
        others = self._moments(ENTRY_HOURS, max(0, self.days - len(told) - len(intentions)))
        entries = [self._entry(at, sessions, content) for at in sorted([*told, *others])]
        draft = self._entry(moment(self.now.at - 2 * HOUR, ZONE), sessions, content, finished=False)
        return [*sorted([*intentions, *entries], key=lambda it: it.at), draft]

    def aftermath(
        self, sessions: Sequence[Record[Session]]
    ) -> list[Step | SideEffects | Urge | MonthlyCheck | Substances]:
        """Steps, side effects and monthly checks."""
        return [
            *aftermath.steps(sessions, self._rng, ZONE, self._marked),
            *aftermath.side_effects(sessions, self._rng, ZONE),
            *aftermath.monthly_checks(sessions, self._rng, self.now),
        ]

    def responses(
        self, ratings: Sequence[CheckIn | Craving], sessions: Sequence[Record[Session]], content: Content
    ) -> list[Response]:
        """Questionnaires, with totals that follow the moods of `ratings`."""
        moods = [it for it in ratings if isinstance(it, CheckIn)]
        return forms.responses(moods, sessions, content, self.now, self._rng)

    @property
    def _first_day(self) -> date:
        return self.now.day - timedelta(self.days)

    def _marked(self, text: str) -> str:
        return f"{text} {self._canary}".strip()

    def _session(self, day: date) -> Session:
        rng = self._rng
        starts = moment_at_wall(datetime.combine(day, time(rng.choice((9, 10, 14)), 30)), ZONE)
        plan = Session(
            **starts._asdict(),
            route="iv",
            place=self._marked(rng.choice(PLACES)),
            escort=self._marked(rng.choice(ESCORTS)),
            bring=self._marked(rng.choice(TO_BRING)),
            ready=tuple(it for it in READY if rng.random() < 0.6),
        )
        return plan if starts.at > self.now.at else self._done(plan)

    def _done(self, plan: Session) -> Session:
        rng = self._rng
        minutes = rng.randrange(45, 95, 5)
        return msgspec.structs.replace(
            plan,
            ended_at=plan.at + minutes * 60,
            slept_at=plan.at + minutes * 60 + rng.randint(14, 22) * HOUR,
            minutes=minutes,
            intensity=rng.randint(3, 9),
            challenge=rng.randint(1, 8),
            relief=rng.randint(2, 9),
            systolic=rng.randint(112, 146),
            diastolic=rng.randint(68, 92),
        )

    def _moments(self, hours: Sequence[int], count: int) -> list[Moment]:
        """`count` moments, or as many as there are on days that are not left out, in order."""
        slots = [
            datetime.combine(day, time(hour, self._rng.randrange(60)))
            for day in self._days_with_time()
            for hour in hours
        ]
        past = [slot for slot in slots if slot < datetime.fromisoformat(self.now.wall)]
        chosen = self._rng.sample(past, min(count, len(past)))
        return [moment_at_wall(slot, ZONE) for slot in sorted(chosen)]

    def _days_with_time(self) -> Iterator[date]:
        for start in range(0, self.days, 7):
            if start and self._rng.random() < 0.04:
                continue
            for number in range(start, min(start + 7, self.days)):
                if self._rng.random() < 0.95:
                    yield self._first_day + timedelta(number + 1)

    def _ratings(self, when: Moment, lifts: Sequence[Lift]) -> Iterator[CheckIn | Craving]:
        rng = self._rng
        mood = self._mood(when.at, lifts) + rng.gauss(0, 0.7)
        yield CheckIn(
            **when._asdict(),
            mood=_rating(mood),
            anxiety=_rating(9 - mood + rng.gauss(0, 0.9)),
            energy=_rating(0.8 * mood + 0.5 + rng.gauss(0, 1)),
            sleep=_rating(mood + 1 + rng.gauss(0, 1.2)) if when.time < "12:00" else None,
        )
        if rng.random() < 0.3:
            yield Craving(**when._asdict(), craving=_rating(6 - 0.7 * mood + rng.gauss(0, 1.2)))

    def _mood(self, at: int, lifts: Sequence[Lift]) -> float:
        """A slowly rising ground with what is left of the latest lifts; older ones have faded."""
        done = 1 - (self.now.at - at) / (self.days * DAY)
        latest = lifts[max(0, bisect_right(lifts, at, key=lambda lift: lift.at) - 4) :]
        left = (lift.height * exp((lift.at - at) / (lift.days * DAY)) for lift in latest if lift.at <= at)
        return 3 + 1.5 * done + sum(left)

    def _told(self, session: Session) -> Iterator[Moment]:
        """When the patient wrote about a session: that day, and often on the two days after it."""
        yield moment(session.ended_at + self._rng.randint(40, 300) * 60, ZONE)
        for days in (1, 2):
            if self._rng.random() < 0.75:
                yield moment(session.ended_at + days * DAY - self._rng.randint(0, 240) * 60, ZONE)

    def _entry(
        self, when: Moment, sessions: Sequence[Record[Session]], content: Content, *, finished: bool = True
    ) -> Entry:
        phase, session = self._place(when.at, sessions)
        prompts = [it for it in content.prompts(phase) if it.id != INTENTION]
        prompt = self._rng.choice(prompts) if prompts and self._rng.random() < 0.7 else None
        return Entry(
            **when._asdict(),
            text=self._text(phase),
            session=session.id if session else b"",
            phase=phase,
            prompt=prompt.id if prompt else "",
            prompt_version=prompt.version if prompt else 0,
            finished=when.at + 600 if finished else 0,
            cut_at=when.at,
        )

    def _intention(self, session: Record[Session], content: Content) -> Entry:
        """The intention for a session, written one to three days before it, or hours ago for one farther ahead."""
        prompt = content.prompt(INTENTION)
        before = session.value.at - self._rng.randint(1, 3) * DAY + self._rng.randint(0, 5) * HOUR
        when = moment(min(before, self.now.at - self._rng.randint(3, 9) * HOUR), ZONE)
        return Entry(
            **when._asdict(),
            text=self._marked(self._rng.choice(INTENTIONS)),
            session=session.id,
            phase="prep",
            prompt=INTENTION,
            prompt_version=prompt.version if prompt else 0,
            finished=when.at + 600,
            cut_at=when.at,
        )

    def _place(self, at: int, sessions: Sequence[Record[Session]]) -> tuple[Phase, Record[Session] | None]:
        """The phase of a moment and its session, unless the patient turned to another pack."""
        following = bisect_right(sessions, at, key=lambda it: it.value.at)
        begun = sessions[max(0, following - 2) : following]
        ahead = [_not_yet_done(it) for it in sessions[following : following + 1]]
        arc = arc_at([*begun, *ahead], at, ZONE)
        if arc.phase in ("week_1", "month_1", "between") and self._rng.random() < 0.1:
            return "hard", arc.session
        relief = arc.session.value.relief if arc.session and arc.phase == "days_1_3" else None
        if relief is not None and relief <= FLAT_RELIEF and self._rng.random() < 0.8:
            return "flat", arc.session
        return arc.phase, arc.session

    def _text(self, phase: Phase) -> str:
        first = self._rng.choice(BY_PHASE[phase])
        others = [it for it in (*BY_PHASE[phase], *ANYWHERE) if it != first]
        wanted = self._rng.triangular(SHORTEST, LONGEST, 240)
        room = LONGEST - len(self._canary) - 1
        text = first
        for sentence in self._rng.sample(others, len(others)):
            if len(text) >= wanted or len(text) + len(sentence) >= room:
                break
            text = f"{text} {sentence}"
        return self._marked(text)


def _not_yet_done(session: Record[Session]) -> Record[Session]:
    """A session as it was known before it began."""
    value = msgspec.structs.replace(session.value, ended_at=0, slept_at=0)
    return msgspec.structs.replace(session, value=value)


def _rating(number: float) -> int:
    return min(10, max(0, round(number)))
