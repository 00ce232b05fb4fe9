"""The fields by which a patient says what is shared, from when, until when, and what goes with it.

Each field is drawn by its own function; the `read_…` beside it says in a callback what was chosen.
"""

from datetime import date, timedelta

import msgspec
import streamlit as st

from kapjournal.errors import OutOfRange
from kapjournal.language import _
from kapjournal.sharing.linking import DAYS, LINES, MOST_DAYS, TEXTS, Words
from kapjournal.sharing.values import CATEGORIES, Category, Scope
from pages.parts import fields, signed_in, words
from pages.parts.links import EPOCH

UNDER: dict[Category, Category] = {"item_9": "measures", "dose": "sessions"}
"""What can be shared only together with another category, and which."""
SECONDS = 86_400


def what(scope: Scope) -> None:
    """The categories, each off unless it is in `scope`."""
    for name, (label, about) in _labels().items():
        above = UNDER.get(name)
        missing = above is not None and not st.session_state.get(f"share_{above}", above in scope.categories)
        with st.container(key=f"category_{name}", gap=None):
            st.checkbox(
                label,
                name in scope.categories,
                key=f"share_{name}",
                disabled=missing,
                on_change=_untick,
                args=(name,),
            )
            st.caption(about)


def read_what(scope: Scope) -> Scope:
    """`scope` with the categories that are ticked."""
    ticked = [name for name in CATEGORIES if st.session_state.get(f"share_{name}")]
    kept = tuple(name for name in ticked if UNDER.get(name, name) in ticked)
    return msgspec.structs.replace(scope, categories=kept)


def since(scope: Scope, *, goes_on: bool = True) -> None:
    """From which day on, and (with `goes_on`) whether later things are shared too."""
    fields.choice(
        {"all": _("From the beginning"), "day": _("From a day on")},
        _("What was before"),
        "since_what",
        "day" if scope.since else "all",
    )
    if st.session_state["since_what"] == "day":
        today = signed_in.now().day
        first = date.fromisoformat(scope.since) if scope.since else today - timedelta(days=30)
        st.date_input(
            _("First day"),
            first,
            key="since_day",
            min_value=fields.EARLIEST,
            max_value=today,
            format="YYYY-MM-DD",
        )
    if goes_on:
        fields.choice(
            {"on": _("From now on"), "once": _("This once")},
            _("What comes later"),
            "goes_on",
            "on" if scope.goes_on else "once",
        )
        st.caption(
            _("“From now on” shares new things by themselves. “This once” shares only what is there today.")
        )


def read_since(scope: Scope) -> Scope:
    """`scope` with the period that is chosen. Raises OutOfRange if no day is."""
    state, first = st.session_state, ""
    if state.get("since_what") == "day":
        day = state.get("since_day")
        if not isinstance(day, date):
            raise OutOfRange("since")
        first = day.isoformat()
    return msgspec.structs.replace(scope, since=first, goes_on=state.get("goes_on", "on") == "on")


def end(ends: int) -> None:
    """The last day; `ends` counts from 1970, 0 for the usual one."""
    today = signed_in.work().now // SECONDS
    st.date_input(
        _("Last day"),
        date.fromordinal(EPOCH + max(ends or today + DAYS, today + 1)),
        key="last_day",
        min_value=date.fromordinal(EPOCH + today + 1),
        max_value=date.fromordinal(EPOCH + today + MOST_DAYS),
        format="YYYY-MM-DD",
    )
    st.caption(_("Sharing ends by itself after this day: 30 days from today, unless you choose another day."))


def read_end() -> int:
    """In how many days the last day is. Raises OutOfRange if none is chosen."""
    day = st.session_state.get("last_day")
    if not isinstance(day, date):
        raise OutOfRange("days")
    return day.toordinal() - EPOCH - signed_in.work().now // SECONDS


def names(name: str, mine: str, calls_themself: str = "") -> None:
    """What the two are called."""
    if calls_themself:
        st.text(_("This therapist calls themself: {name}").format(name=words.name(calls_themself)))
    st.text_input(
        _("Your name for them"), name, key="their_name", max_chars=LINES["name"], placeholder=_("Dr. Sam Lee")
    )
    my_name(mine)


def my_name(name: str) -> None:
    """What the patient is called there."""
    st.text_input(_("What they call you"), name, key="my_name", max_chars=LINES["my_name"])
    st.caption(_("This name stands above everything you share. It can be any name that you both know."))


def read_names() -> Words:
    """Both names."""
    state = st.session_state
    return Words(name=state.get("their_name", ""), my_name=state.get("my_name", ""))


def said(purpose: str, attention: str) -> None:
    """What goes with it in the patient's words."""
    st.text_input(
        _("Why I share this"),
        purpose,
        key="purpose",
        max_chars=TEXTS["purpose"],
        placeholder=_("For our next meeting"),
    )
    st.text_area(
        _("What I want to talk about"), attention, key="attention", max_chars=TEXTS["attention"], height=140
    )
    st.caption(_("A line for each thing is enough. Both stand at the top of the page they read."))


def read_said() -> Words:
    """Both texts, and the name if it was asked for beside them."""
    state = st.session_state
    found = Words(purpose=state.get("purpose", ""), attention=state.get("attention", ""))
    return found | {"my_name": state["my_name"]} if "my_name" in state else found


def _untick(name: Category) -> None:
    """What can be shared only together with `name` goes when that goes."""
    for below, above in UNDER.items():
        if above == name and not st.session_state[f"share_{name}"]:
            st.session_state[f"share_{below}"] = False


def _labels() -> dict[Category, tuple[str, str]]:
    return {
        "check_ins": (
            _("Check-ins"),
            _("Mood, anxiety, energy and the other numbers you rate, without craving."),
        ),
        "measures": (
            _("Questionnaires"),
            _("Your answers and totals. Of the PHQ-9, the first eight questions."),
        ),
        "item_9": (
            _("Item 9 (thoughts of being better off dead or of hurting yourself)"),
            _("With it they see the whole PHQ-9. Nobody watches it: if you are in danger, open Help now."),
        ),
        "sessions": (
            _("Sessions"),
            _("When and where, who takes you home, what you bring, blood pressure, and how it was."),
        ),
        "dose": (_("Dose"), _("What you wrote down as the dose.")),
        "side_effects": (
            _("Side effects"),
            _("What you reported after sessions, and the monthly check of bladder and memory."),
        ),
        "substances": (
            _("Substances and craving"),
            _("Craving ratings, the wish for more after a session, and what you said of other substances."),
        ),
        "steps": (_("Steps"), _("The small steps you chose, and how they went.")),
    }
