"""What the summary says: of what is shared, what it is; of what is not, at most that it is not."""

from typing import Any

import msgspec
import pytest

from kapjournal.content import Content, load_content
from kapjournal.content.reading import easy
from kapjournal.journal.values import OwnPrompt, Session, Step
from kapjournal.measures.values import MonthlyCheck, SideEffects
from kapjournal.records import Record
from kapjournal.sharing.summary import summarise
from kapjournal.sharing.summary_blocks import Block, Fact, Line, Note, Part, Words
from kapjournal.sharing.summary_values import Summary
from kapjournal.sharing.summary_words import lines, parts
from kapjournal.sharing.values import CATEGORIES, Category, Scope
from tests.naughty import ALL, REFUSED
from tests.sharing.shares import (
    NOW,
    ago,
    check_in,
    digest,
    entry,
    everything,
    named,
    opened,
    phq,
    record,
    response,
    session,
    shared,
)

ORDER = [
    "head",
    "attention",
    "session",
    "coming",
    "thread",
    "mood",
    "scores",
    "sides",
    "effects",
    "substances",
    "domains",
    "steps",
    "wanted",
    "entries",
    "quality",
]


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def made(
    content: Content, *found: Record[Any], of: tuple[Category, ...] = CATEGORIES, **fields: Any
) -> Summary:
    return summarise(opened(*found), digest(*of, **fields), content, NOW)


def part(it: Summary, name: str) -> Part:
    return next(part for part in parts(it) if part.name == name)


def said(it: Summary, name: str) -> dict[str, str]:
    """The facts of a part."""
    return {block.label: block.text for block in part(it, name).blocks if isinstance(block, Fact)}


def notes(it: Summary, name: str) -> list[str]:
    return [block.text for block in part(it, name).blocks if isinstance(block, Note)]


def test_the_parts_stand_in_the_order_of_the_page(content: Content) -> None:
    assert [part.name for part in parts(made(content, *everything()))] == ORDER


def test_the_head_says_who_what_and_until_when(content: Content) -> None:
    it = made(content, *everything())
    assert parts(it)[0].title == "Summary of Nov 20, 2026"
    assert said(it, "head") == {
        "Patient": "Alice",
        "Shared for": "our talks",
        "Shared": "check-ins · measures · question 9 of the PHQ-9 · sessions · dose · side effects and monthly checks"
        " · craving and substances · steps · chosen entries",
        "Period": "from the beginning on",
        "Sharing": "since Oct 11, 2026 · until Dec 20, 2026",
    }
    assert notes(it, "head") == ["Not monitored in real time."]


def test_the_period_says_where_it_begins_and_ends(content: Content) -> None:
    scope = Scope(categories=("steps",), since="2026-10-01", goes_on=False)
    it = said(made(content, scope=scope, ends=0), "head")
    assert it["Period"] == "from Oct 1, 2026 to Oct 11, 2026"
    assert it["Sharing"] == "on Oct 11, 2026 · no end set"
    assert it["Not shared"].startswith("check-ins · measures · question 9 of the PHQ-9 · sessions · dose")


def test_the_session_is_told_in_facts(content: Content) -> None:
    it = made(content, *everything())
    assert said(it, "session") == {
        "Date": "Nov 16, 2026, 6:00\u202fPM · Infusion (IV) · 4 days ago",
        "Where": "Room 2",
        "Way home": "Jonas",
        "To bring": "Blanket",
        "How it was": "50 minutes · relief 6 of 10",
        "Dose": "as agreed",
    }
    assert notes(it, "session") == ["2 shared sessions took place; this is the latest."]
    assert said(it, "coming") == {
        "Planned": "Nov 26, 2026, 6:00\u202fPM · Infusion (IV)",
        "Where": "Room 3",
    }


def test_a_session_is_never_given_a_number_of_the_whole_course(content: Content) -> None:
    text = " ".join(lines(made(content, *everything())))
    assert "Session 2" not in text
    assert "session 2" not in text


def test_an_unmarked_session_is_said_and_not_judged(content: Content) -> None:
    it = made(content, session("unmarked", 3, ended=False))
    assert "A session was planned for Nov 17, 2026. It is not noted whether it took place." in notes(
        it, "session"
    )


SILENT: dict[Category, str] = {
    "check_ins": "mood",
    "measures": "scores",
    "sessions": "session",
    "side_effects": "effects",
    "substances": "substances",
    "steps": "steps",
}


@pytest.mark.parametrize(("category", "name"), SILENT.items())
def test_what_is_not_shared_is_told_apart_from_what_is_not_there(
    content: Content, category: Category, name: str
) -> None:
    others = tuple(it for it in CATEGORIES if it != category)
    assert notes(made(content, of=others), name) == ["Not shared."]
    [there] = notes(made(content), name)
    assert there.startswith(("No ", "Nothing "))
    assert "shared" not in there


def test_a_dose_is_there_or_not_noted_or_not_shared(content: Content) -> None:
    others = tuple(it for it in CATEGORIES if it != "dose")
    found = [
        said(it, "session")["Dose"]
        for it in (
            made(content, *everything()),
            made(content, session("s", 4)),
            made(content, session("s", 4), of=others),
        )
    ]
    assert found == ["as agreed", "not noted", "not shared"]


def test_an_empty_share_says_so_and_no_more(content: Content) -> None:
    it = made(content, of=(), purpose="", attention="")
    assert said(it, "head")["Shared"] == "nothing yet"
    assert [part.name for part in parts(it)] == [
        *("head", "session", "mood", "scores", "effects", "substances", "steps", "entries", "quality")
    ]
    assert notes(it, "entries") == ["No entry is shared."]


def test_without_entries_nothing_hints_at_any(content: Content) -> None:
    for of in (CATEGORIES, ()):
        text = " ".join(lines(summarise(shared(*of), digest(*of), content, NOW)))
        assert "No entry is shared." in text
        assert not any(word in text for word in ("draft", "door", "Blank page", " entries are", "in all"))


def test_scores_stand_in_a_table_with_their_sources(content: Content) -> None:
    it = part(made(content, *everything()), "scores")
    table = it.blocks[0]
    assert table == (
        ("Measure", "First", "Last", "Change"),
        (
            ("GAD-7", "14 (Oct 21)", "13 of 21 (Nov 18), often called moderate", "−1, no clear change"),
            ("PHQ-9", "17 (Oct 21)", "8 of 27 (Nov 18), often called mild", "−9, a clear change"),
        ),
    )
    assert Fact("PHQ-9, question 9", "Several days") in it.blocks
    [urgent] = [block.text for block in it.blocks if isinstance(block, Note) and block.weight == "urgent"]
    assert urgent.startswith("PHQ-9: Thoughts of being better off dead")
    quiet = [block.text for block in it.blocks if isinstance(block, Note) and block.weight == "quiet"]
    assert quiet[0].startswith("GAD-7: “no clear change” is less than 4 points (Toussaint 2020")
    assert quiet[1].startswith("PHQ-9: “a clear change” is 5 points or more (Löwe 2004")


def test_the_phq_8_never_borrows_from_the_phq_9(content: Content) -> None:
    others = tuple(it for it in CATEGORIES if it != "item_9")
    it = summarise(shared(*others), digest(*others), content, NOW)
    table, *rest = part(it, "scores").blocks
    assert isinstance(table, tuple)
    assert table[1][1] == ("PHQ-8", "16 (Oct 21)", "7 of 24 (Nov 18)", "−9")
    text = " ".join(block.text for block in rest if isinstance(block, Note))
    assert "PHQ-8 is the PHQ-9 without a question that is not shared." in text
    assert "Löwe" not in text
    assert "better off dead" not in text


def test_one_answer_has_no_change(content: Content) -> None:
    table = part(made(content, response("gad-7", "0000000", 400)), "scores").blocks[0]
    assert isinstance(table, tuple)
    assert table[1] == (("GAD-7", "–", "0 of 21 (Oct 16, 2025), often called minimal", "–"),)


def test_a_rise_and_no_difference_have_their_signs(content: Content) -> None:
    found = [response("gad-7", codes, days) for codes, days in (("0000000", 30), ("1111111", 2))]
    table = part(made(content, *found), "scores").blocks[0]
    assert isinstance(table, tuple)
    assert table[1][0][3] == "+7, a clear change"
    table = part(made(content, *phq("11111111", "0", 30), *phq("11111111", "0", 2)), "scores").blocks[0]
    assert isinstance(table, tuple)
    assert table[1][0][3] == "0, no clear change"


def test_the_mood_line_comes_with_its_sentence(content: Content) -> None:
    line, note = part(made(content, *everything()), "mood").blocks
    assert isinstance(line, Line)
    assert line.alt.startswith(
        "Chart of mood on a scale from 0 to 10, from October 22, 2026 to November 20, 2026."
    )
    assert line.alt.endswith("1 session is marked.") or line.alt.endswith("2 sessions are marked.")
    assert isinstance(note, Note)
    assert note.text == (
        "Ratings of mood on 30 of the 30 days from October 22, 2026 to November 20, 2026. Ratings lay between 3 and 6. "
        "The 7-day mean went from 3.0 (October 24) to 4.7 (November 20). Upright lines are sessions."
    )


def test_one_rating_is_a_dot_and_no_line(content: Content) -> None:
    _line, note = part(made(content, check_in(0, 7)), "mood").blocks
    assert isinstance(note, Note)
    assert note.text.startswith("Ratings of mood on one day, November 20, 2026. The rating was 7.")


def test_check_ins_without_a_mood_have_no_line(content: Content) -> None:
    it = made(content, check_in(1, None, anxiety=3))
    assert [type(block) for block in part(it, "mood").blocks] == [Note]
    assert notes(it, "mood")[0].startswith("No rating of mood is shown between")


def test_red_flags_and_blood_must_not_be_overlooked(content: Content) -> None:
    report = SideEffects(
        **ago(3)._asdict(), session=named("s"), when="same_day", flags=("fainted", "chest_pain")
    )
    month = MonthlyCheck(**ago(3)._asdict(), blood_in_urine=True)
    blocks = part(made(content, session("s", 4), record(report), record(month)), "effects").blocks
    assert [it.text for it in blocks if isinstance(it, Note) and it.weight == "urgent"] == [
        "Same day, ticked as urgent: “I fainted” and “Chest pain”",
        "Monthly check: blood in the urine",
    ]


def test_what_came_after_is_told_in_facts(content: Content) -> None:
    it = made(content, *everything())
    assert said(it, "effects") == {
        "Same day": "nausea (clearly, hours)",
        "Monthly check": "Nov 11 · blood in the urine: no · pain or burning when passing water: a little",
    }
    assert said(it, "substances") == {
        "Craving": "1 rating: 3 of 10 on Nov 18",
        "Wish for more": "same day: a little",
        "Monthly check": "Nov 11 · craving: clearly · alcohol or other drugs: not at all",
    }
    assert part(it, "steps").blocks == (
        Words("Nov 18 · did it", "Call my sister"),
        Fact("When", "after tea"),
    )


def test_a_session_without_a_report_is_not_one_without_side_effects(content: Content) -> None:
    month = record(MonthlyCheck(**ago(3)._asdict(), memory=1))
    assert notes(made(content, session("s", 4), month), "effects") == ["No report after this session."]
    none = SideEffects(**ago(3)._asdict(), session=named("s"), when="next_day")
    assert said(made(content, session("s", 4), record(none)), "effects") == {"Next day": "none named"}


def test_an_entry_stands_under_its_question(content: Content) -> None:
    own = record(OwnPrompt(**ago(9)._asdict(), text="What about the cat?"))
    asked = ("between.outside", "", f"own.{own.id.hex()}", "gone.for-good")
    found = [made(content, entry("x", 1, prompt)) for prompt in asked]
    above = [block.above for it in found for block in part(it, "entries").blocks if isinstance(block, Words)]
    assert above == [
        "What did you notice the last time you were outside? · Nov 19",
        "Blank page · Nov 19",
        "A question of their own · Nov 19",
        "An earlier question · Nov 19",
    ]


def test_how_much_is_shared_in_all_is_said(content: Content) -> None:
    assert "Shared in all: 5 entries and 1 voice note." in notes(made(content, *everything()), "entries")
    assert "Voice note" in said(made(content, *everything()), "entries")


def test_data_quality_is_said_in_sentences(content: Content) -> None:
    late = entry("Later.", 9, finished=NOW.at, origin="daylio 3")
    it = made(content, late, check_in(9), check_in(1))
    assert said(it, "quality") == {"Mood ratings": "2 on 2 days, longest gap 7 days from Nov 12, 2026 on"}
    assert notes(it, "quality") == [
        "Patient-reported, not verified. Only what is shared is counted on this page.",
        "A check-in can be for an earlier day. It does not say when it was made.",
        "1 entry was finished more than a day after its date.",
        "1 record is imported.",
        "Shared by the patient's own choice.",
    ]


def texts_of(naughty: str) -> tuple[Record[Any], ...]:
    """Everything a patient can type, in what is shared."""
    at = ago(2)._asdict()
    plan = Session(**ago(4)._asdict(), ended_at=NOW.at, place=naughty, escort=naughty, bring=naughty)
    return (
        record(plan, "s"),
        entry(naughty, 2, "days_1_3.meeting", "s", phase="days_1_3"),
        entry(f"x {naughty}", 1),
        record(Step(**at, session=named("s"), action=naughty, cue=naughty, obstacle=naughty)),
    )


@pytest.mark.parametrize("naughty", [it for it in ALL if it not in REFUSED and it.strip()])
def test_what_a_person_typed_stands_alone(content: Content, naughty: str) -> None:
    """No sentence of ours has their words in it: whatever they turn around or mark up is only their own."""
    fields = {"my_name": naughty, "purpose": naughty, "attention": naughty}
    blocks = all_blocks(made(content, *texts_of(naughty), **fields))
    plain = all_blocks(made(content, *texts_of("plain"), **dict.fromkeys(fields, "plain")))
    assert len(blocks) == len(plain)
    for theirs, ours in zip(blocks, plain, strict=True):
        if isinstance(theirs, Fact | Words):
            assert (theirs[0], type(theirs)) == (ours[0], type(ours))
        else:
            assert theirs == ours


def all_blocks(it: Summary) -> list[Block]:
    return [block for part in parts(it) for block in part.blocks]


def test_names_and_texts_are_kept_as_typed(content: Content) -> None:
    name = "\u202eecilA *b* <i> [x](y) \u2066"
    it = made(content, *texts_of(name), my_name=name, purpose=name, attention=name)
    found = lines(it)
    assert found.count(name) == 10
    assert f"x {name}" in found


def test_every_text_is_among_the_lines(content: Content) -> None:
    it = made(content, *everything())
    for text in ("Alice", "I sleep badly.", "To be softer.", "Room 2", "PHQ-9", "−9, a clear change"):
        assert text in lines(it)


def test_it_is_written_in_the_persons_locale(content: Content) -> None:
    it = made(content, *everything())
    german = next(part for part in parts(it, "de") if part.name == "coming")
    assert german.blocks[0] == Fact("Planned", "26. Nov. 2026, 18:00 · Infusion (IV)")
    assert "3,0" in lines(it, "de")


def test_our_sentences_are_plain_and_interpret_nothing(content: Content) -> None:
    it = made(content, *everything())
    sentences = [
        block.text for block in all_blocks(it) if isinstance(block, Note) and block.weight != "quiet"
    ]
    assert all(map(easy, sentences))
    text = " ".join(lines(it)).lower()
    for word in ("because", "improv", "better than", "worse", "average patient", "diagnos", "!"):
        assert word not in text.replace("better off dead", "")


def test_equal_summaries_say_the_same(content: Content) -> None:
    it = made(content, *everything())
    again = msgspec.json.decode(msgspec.json.encode(it), type=Summary)
    assert parts(again) == parts(it)
