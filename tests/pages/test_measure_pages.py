"""Questionnaires as they stand on the pages: what comes first, what is offered, what is said."""

from kapjournal.content import load_content
from kapjournal.people.safety_card import change_safety_card
from kapjournal.people.values import Contact
from tests.cast import Cast
from tests.journal.desk import DAY, done, planned
from tests.measures.forms import Sheet, responded, shipped
from tests.pages.conftest import Screen

CONTENT = load_content()
PHQ = shipped(CONTENT, "phq-9")
HONEST = "Thank you for being honest"


def links(screen: Screen) -> list[str]:
    return [it.proto.label for it in screen.app.get("page_link")]


def at(screen: Screen, question: int) -> Screen:
    """The page of a question of the PHQ-9; one beyond the last is the review."""
    screen.app.run()
    screen.app.query_params["m"], screen.app.query_params["q"] = "2", str(question)
    screen.app.switch_page("pages/patient/measure.py")
    return screen.run()


def filled(cast: Cast, item_9: str) -> Sheet:
    sheet = Sheet(cast, cast.alice, PHQ)
    sheet.fill(*"11111111", item_9, "0")
    return sheet


def test_the_screen_after_item_9_comes_on_handing_in_if_the_tab_was_closed_before(
    theatre: Cast, alice: Screen
) -> None:
    filled(theatre, "1")
    at(alice, 10).press("submit")
    assert alice.title == HONEST


def test_the_screen_comes_once_for_one_answer(theatre: Cast, alice: Screen) -> None:
    filled(theatre, "0")
    at(alice, 8).press("option_9_2")
    assert alice.title == HONEST
    at(alice, 10).press("submit")
    assert (alice.title, alice.told) == ("Questionnaires", ["Your answers are kept."])


def test_without_such_thoughts_handing_in_leads_back(theatre: Cast, alice: Screen) -> None:
    filled(theatre, "0")
    assert at(alice, 10).press("submit").title == "Questionnaires"
    assert any("8 of 27, in the range often called mild" in it.value for it in alice.app.markdown)


def test_a_professional_is_always_among_the_people(theatre: Cast, alice: Screen) -> None:
    people = [Contact(name, "1") for name in ("Ana", "Ben", "Cleo", "Dan")]
    for version, (part, given) in enumerate({"tell": people, "professionals": [Contact("Dr. Eber")]}.items()):
        change_safety_card(
            theatre.work(),
            by=theatre.alice,
            part=part,  # type: ignore[arg-type]  # both are parts
            given=given,
            base_version=version,
            now=theatre.now(),
        )
    alice.open("not_alone")
    named = [name for name in ("Ana", "Ben", "Cleo", "Dan", "Dr. Eber") if name in alice.texts]
    assert named == ["Ana", "Ben", "Dr. Eber"]


def test_a_missing_answer_is_said_and_there_is_nothing_to_hand_in(theatre: Cast, alice: Screen) -> None:
    Sheet(theatre, theatre.alice, PHQ).fill(*"1111")
    at(alice, 10)
    assert any("There is no total while an answer is missing." in it.value for it in alice.app.markdown)
    assert "submit" not in [it.key for it in alice.app.button]


def test_today_offers_a_starting_point_and_then_no_more(theatre: Cast, alice: Screen) -> None:
    planned(theatre, theatre.alice, 20 * DAY)
    label = "A questionnaire now, to compare with later"
    assert label in links(alice.open("today"))
    responded(theatre, theatre.alice, PHQ, *"000000000")
    assert label not in links(alice.open("today"))


def test_today_offers_what_can_be_answered_again(theatre: Cast, alice: Screen) -> None:
    done(theatre, theatre.alice, 20 * DAY)
    responded(theatre, theatre.alice, PHQ, *"000000000")
    theatre.later(8 * DAY)
    screen = Screen(theatre.enter("alice"))
    assert "PHQ-9 can be answered again" in links(screen.open("today"))


def test_a_screen_that_shows_no_change_is_no_starting_point(theatre: Cast, alice: Screen) -> None:
    alice.open("measures")
    said = [it.value for it in alice.app.caption]
    assert said.count("Before your first session: what later answers are compared with.") == 3
    assert said.count("Not answered yet.") == 3


def test_a_session_can_be_planned_from_the_journal_in_every_phase(theatre: Cast, alice: Screen) -> None:
    done(theatre, theatre.alice, 4 * DAY)
    assert "Plan a session" in links(alice.open("journal"))
