"""What the four people of a `walk` can do, and what can happen to them: one function a step, and how often each."""

import os
from typing import Any

from kapjournal.clock import moment
from kapjournal.database.engine import transaction
from kapjournal.journal import sessions, steps, voice, writing
from kapjournal.journal.values import Entry, Session, Step, VoiceNote
from kapjournal.measures import check_ins, responses, side_effects
from kapjournal.measures.values import CheckIn, Effect, Response
from kapjournal.records import Value, links, rows
from kapjournal.records.accounts import latest, set_latest
from kapjournal.records.work import UNDO_DAYS
from kapjournal.sharing import accepting, linking
from kapjournal.sharing.catching_up import catch_up
from kapjournal.sharing.values import Scope
from tests.cast import ZONE, content
from tests.journal.desk import Box
from tests.measures.forms import Sheet, responded, shipped
from tests.sharing.desk import code_of
from tests.sharing.oracle import CATEGORY, DAY, Agreement, Wish
from tests.sharing.walk import PATIENTS, THERAPISTS, Act, Life

PHQ = shipped(content(), "phq-9")
CATEGORIES = sorted(set(CATEGORY.values()))


# What patients write


def _now(life: Life, days_ago: int = 0) -> Any:
    return moment(life.cast.at - days_ago * DAY, ZONE)


def write(life: Life) -> None:
    name = life.person()
    box, text = Box(life.cast, life.signed_in(name)), f"<{life.rng.random()}>"
    box.push(text)
    life.words[name][box.id] = text
    if life.rng.random() < 0.8:
        writing.finish(life.work(name), by=life.signed_in(name), entry=box.id, now=_now(life))


def edit(life: Life) -> None:
    name = life.person()
    entry, text = life.some(name, Entry), f"<{life.rng.random()}>"
    if entry is not None:
        draft = writing.Draft(entry.id, os.urandom(16), text, entry.version)
        saved = writing.write(
            life.work(name), by=life.signed_in(name), draft=draft, about=writing.About(), now=_now(life)
        )
        life.words[name][saved.record.id] = text


def finish(life: Life) -> None:
    name = life.person()
    entry = life.some(name, Entry)
    if entry is not None:
        writing.finish(life.work(name), by=life.signed_in(name), entry=entry.id, now=_now(life))


def speak(life: Life) -> None:
    name = life.person()
    it = voice.Recording(os.urandom(16), b"OggS" + os.urandom(20), 3)
    voice.keep_recording(
        life.work(name), by=life.signed_in(name), recording=it, about=writing.About(), now=_now(life)
    )


def rate(life: Life) -> None:
    name = life.person()
    ratings = {"mood": life.rng.randint(0, 10)} | ({"craving": 3} if life.rng.random() < 0.5 else {})
    when = _now(life, life.rng.choice([0, 0, 2]))
    check_ins.check_in(
        life.work(name), by=life.signed_in(name), ratings=ratings, when=when, save_id=os.urandom(16)
    )


def answer(life: Life) -> None:
    name = life.person()
    by = life.signed_in(name)
    if life.rng.random() < 0.3:
        Sheet(life.cast, by, PHQ).fill("1", "2")
        return
    responded(life.cast, by, PHQ, *"11111111", life.rng.choice("0123"))


def have_session(life: Life) -> None:
    """One that took place days ago, with its dose; or one to come."""
    name = life.person()
    by, ago = life.signed_in(name), life.rng.choice([-3, 3, 5, 8])
    it = sessions.plan_session(
        life.work(name), by=by, starts=_now(life, ago), route="iv", save_id=os.urandom(16)
    )
    if ago > 0:
        ended = moment(life.cast.at - ago * DAY + 3600, ZONE)
        sessions.mark_done(life.work(name), by=by, session=it.id, ended=ended)
        dose = sessions.Facts(relief=3, dose=life.rng.choice(["", "60 mg"]))
        sessions.record_facts(life.work(name), by=by, session=it.id, facts=dose, now=_now(life))


def change_session(life: Life) -> None:
    name = life.person()
    by, session = life.signed_in(name), life.some(name, Session)
    if session is None:
        return
    work = life.work(name)
    match life.rng.choice(["dose", "call off", "move"]):
        case "dose":
            facts = sessions.Facts(dose=f"{life.rng.randint(1, 99)} mg")
            sessions.record_facts(work, by=by, session=session.id, facts=facts, now=_now(life))
        case "call off":
            sessions.mark_not_done(work, by=by, session=session.id)
        case "move":
            starts = _now(life, life.rng.choice([-5, 1, 9]))
            sessions.plan_session(
                work, by=by, starts=starts, route="im", session=session, save_id=os.urandom(16)
            )


def report(life: Life) -> None:
    name = life.person()
    by, session = life.signed_in(name), life.some(name, Session)
    if session is not None:
        side_effects.report_side_effects(
            life.work(name),
            by=by,
            session=session.id,
            when=life.rng.choice(["same_day", "next_day"]),
            effects=[Effect("nausea", 2)],
            urge=life.rng.choice([None, 2]),
            now=_now(life),
        )
    check = {"memory": 1} | life.rng.choice([{}, {"craving": 2}])
    side_effects.check_month(life.work(name), by=by, check=check, now=_now(life), save_id=os.urandom(16))


def plan(life: Life) -> None:
    name = life.person()
    by, session, step = life.signed_in(name), life.some(name, Session), life.some(name, Step)
    if step is not None and life.rng.random() < 0.5:
        steps.say_step(life.work(name), by=by, step=step.id, outcome="did")
    elif session is not None:
        it = steps.Plan(action="walk", cue="tea")
        steps.plan_step(
            life.work(name), by=by, session=session.id, plan=it, now=_now(life), save_id=os.urandom(16)
        )


DELETE: dict[type[Value], tuple[Any, Any, str]] = {
    Entry: (writing.delete_entry, writing.bring_back, "entry"),
    VoiceNote: (voice.delete_recording, voice.bring_back_recording, "recording"),
    CheckIn: (check_ins.delete_check_in, check_ins.bring_back_check_in, "check_in"),
    Response: (responses.delete_response, responses.bring_back_response, "response"),
    Session: (sessions.delete_session, sessions.bring_back_session, "session"),
    Step: (steps.delete_step, steps.bring_back_step, "step"),
}


def throw_away(life: Life) -> None:
    name, cls = life.person(), life.rng.choice(list(DELETE))
    it = life.some(name, cls)
    if it is not None:
        verb, _back, argument = DELETE[cls]
        verb(life.work(name), by=life.signed_in(name), **{argument: it.id})


def bring_back(life: Life) -> None:
    name, cls = life.person(), life.rng.choice(list(DELETE))
    _verb, back, argument = DELETE[cls]
    back(life.work(name), by=life.signed_in(name), **{argument: life.gone(name, cls)})


# What they share


def _wish(life: Life, name: str) -> Wish:
    view = life.view(name)
    categories = set(life.rng.sample(CATEGORIES, life.rng.randint(0, len(CATEGORIES))))
    categories -= {"item_9"} if "measures" not in categories else set()
    categories -= {"dose"} if "sessions" not in categories else set()
    entries = [id for id, it in view.all(Entry).items() if it.value.finished and life.rng.random() < 0.4]
    recordings = [id for id in view.all(VoiceNote) if life.rng.random() < 0.4]
    since = life.rng.choice(["", "", _now(life, 4).wall[:10]])
    return Wish(
        frozenset(categories), frozenset(entries), frozenset(recordings), since, life.rng.random() < 0.6
    )


def _scope(wish: Wish) -> Scope:
    return Scope(
        categories=tuple(wish.categories),  # type: ignore[arg-type]
        entries=tuple(sorted(wish.entries)),
        recordings=tuple(sorted(wish.recordings)),
        since=wish.since,
        goes_on=wish.goes_on,
    )


def connect(life: Life) -> None:
    name, therapist = life.person(), life.rng.choice(list(THERAPISTS))
    if sum(not it.ended for it in life.agreements) >= 5:
        return
    code = code_of(life.cast, life.signed_in(therapist))
    by, wish, days = life.signed_in(name, anew=True), _wish(life, name), life.rng.choice([1, 2, 5, 30])
    view = life.view(name)
    link = linking.add_link(
        life.work(name),
        by=by,
        code=code,
        scope=_scope(wish),
        days=days,
        save_id=os.urandom(16),
        now=_now(life),
    )
    it = Agreement(name, therapist, link.id, link.value.key, Wish(), life.cast.at // DAY + days)
    it.choose(wish, view)
    life.agreements.append(it)
    if life.rng.random() < 0.8:
        _accept(life, it)


def _accept(life: Life, it: Agreement) -> None:
    by = life.signed_in(it.therapist)
    accepting.accept(life.work(it.therapist), by=by, link=it.id, name="A.", now=_now(life))
    it.accepted = True


def accept(life: Life) -> None:
    it = life.agreement()
    if it is not None:
        _accept(life, it)


def decline(life: Life) -> None:
    it = life.agreement()
    if it is not None:
        accepting.decline(life.work(it.therapist), by=life.signed_in(it.therapist), link=it.id)
        it.ended = True


def stop(life: Life) -> None:
    it = life.agreement(life.person())
    if it is not None:
        linking.stop(life.work(it.patient), by=life.signed_in(it.patient), link=it.id)
        it.ended = True


def pause(life: Life) -> None:
    it = life.agreement(life.person())
    if it is not None:
        linking.pause(life.work(it.patient), by=life.signed_in(it.patient), link=it.id)
        it.paused = True


def resume(life: Life) -> None:
    it = life.agreement(life.person())
    if it is not None:
        linking.resume(life.work(it.patient), by=life.signed_in(it.patient), link=it.id, now=_now(life))
        it.paused = False


def choose(life: Life) -> None:
    it = life.agreement(life.person())
    if it is None:
        return
    wish, view = _wish(life, it.patient), life.view(it.patient)
    if life.rng.random() < 0.4:
        less = frozenset(life.rng.sample(sorted(it.wish.categories), len(it.wish.categories) // 2))
        less -= {"item_9"} if "measures" not in less else set()
        less -= {"dose"} if "sessions" not in less else set()
        wish = Wish(less, it.wish.entries, it.wish.recordings, it.wish.since, it.wish.goes_on)
    work, by = life.work(it.patient), life.signed_in(it.patient)
    linking.change_scope(work, by=by, link=it.id, scope=_scope(wish), now=_now(life))
    if wish != it.wish:
        it.choose(wish, view)


def share_one(life: Life) -> None:
    it = life.agreement(life.person())
    note = life.some(it.patient, life.rng.choice([Entry, VoiceNote])) if it else None
    if it is None or note is None:
        return
    work, by = life.work(it.patient), life.signed_in(it.patient)
    linking.share_note(work, by=by, link=it.id, note=note.id, now=_now(life))
    field = "entries" if isinstance(note.value, Entry) else "recordings"
    _set_notes(it, field, getattr(it.wish, field) | {note.id})


def keep_one(life: Life) -> None:
    it = life.agreement(life.person())
    chosen = sorted(it.wish.entries | it.wish.recordings) if it else []
    if it is None or not chosen:
        return
    note = life.rng.choice(chosen)
    linking.keep_note(life.work(it.patient), by=life.signed_in(it.patient), link=it.id, note=note)
    for field in ("entries", "recordings"):
        _set_notes(it, field, getattr(it.wish, field) - {note})


def _set_notes(it: Agreement, field: str, notes: frozenset[bytes]) -> None:
    it.wish = Wish(**{name: getattr(it.wish, name) for name in Wish.__dataclass_fields__} | {field: notes})


def say(life: Life) -> None:
    it = life.agreement(life.person())
    if it is not None:
        words = {"attention": f"sleep {life.rng.random()}"}
        linking.say_with_link(life.work(it.patient), by=life.signed_in(it.patient), link=it.id, **words)  # type: ignore[misc]


def prolong(life: Life) -> None:
    it = life.agreement(life.person())
    if it is not None:
        days = life.rng.choice([1, 3, 30])
        by = life.signed_in(it.patient)
        linking.set_end(life.work(it.patient), by=by, link=it.id, days=days, now=_now(life))
        it.last_day = life.cast.at // DAY + days


def do_a_little(life: Life) -> None:
    name = life.person()
    for _time in range(life.rng.randint(1, 3)):
        catch_up(life.work(name), by=life.signed_in(name))
    tidied(life, name)


def settle(life: Life, name: str) -> None:
    for _step in range(100):
        if catch_up(life.work(name), by=life.signed_in(name)) == 0:
            break
    else:
        raise AssertionError("it does not end")
    tidied(life, name)


def tidied(life: Life, name: str) -> None:
    """Whoever catches up has ended what is over by their own clock."""
    for it in life.agreements:
        if it.patient == name and it.is_over(life.cast.at):
            it.ended = True


# What happens to them


def time_passes(life: Life) -> None:
    life.cast.at += life.rng.choice([60, 3600, 10 * 3600, DAY, 2 * DAY])


def clock_goes_back(life: Life) -> None:
    life.cast.at -= life.rng.choice([60, 3600, 30 * 3600])


def clean(life: Life) -> None:
    """What any process does every ten minutes, without a key."""
    now = life.cast.at
    with transaction(life.cast.engine, writing=True) as connection:
        set_latest(connection, now)
        life.noted = latest(connection)
        links.end_overdue(connection, life.today // DAY)
        rows.purge(connection, now // DAY - UNDO_DAYS)
    for it in life.agreements:
        it.ended |= it.is_over(life.today)


def forget(life: Life) -> None:
    """A server is started again."""
    life.stores[life.rng.randint(0, 1)].snapshots.clear()


def come_again(life: Life) -> None:
    life.signed_in(life.rng.choice([*PATIENTS, *THERAPISTS]), anew=True)


def leave_behind(life: Life) -> None:
    """A tab that reads now and acts later."""
    name = life.person()
    work = life.cast.work(life.stores[1])
    work.complete(life.signed_in(name))
    life.parked[name] = work


ACTS: dict[Act, int] = {
    write: 8,
    edit: 8,
    finish: 2,
    speak: 3,
    rate: 8,
    answer: 4,
    have_session: 6,
    change_session: 6,
    report: 4,
    plan: 4,
    throw_away: 7,
    bring_back: 6,
    connect: 9,
    accept: 3,
    decline: 1,
    stop: 2,
    pause: 3,
    resume: 5,
    choose: 8,
    share_one: 5,
    keep_one: 4,
    say: 2,
    prolong: 3,
    do_a_little: 8,
    time_passes: 8,
    clock_goes_back: 2,
    clean: 3,
    forget: 2,
    come_again: 2,
    leave_behind: 5,
}
