"""Help now and grounding: for everybody, in the right country, and also when the storage does not answer."""

import pytest

import kapjournal.application
import kapjournal.records.work
from kapjournal.errors import StorageUnavailable
from kapjournal.people.preferences import change_preferences, preferences
from kapjournal.people.safety_card import change_safety_card
from kapjournal.people.values import Contact
from tests.cast import Cast
from tests.pages.conftest import Screen


def labels(screen: Screen) -> list[str]:
    return [it.proto.label for it in screen.app.get("link_button")]


def choose(screen: Screen, country: str) -> Screen:
    screen.app.selectbox(key="help_country").set_value(country)
    return screen.run()


@pytest.fixture
def asked() -> list[int]:
    """One for each time that the database was asked in vain."""
    return []


@pytest.fixture
def no_storage(theatre: Cast, alice: Screen, monkeypatch: pytest.MonkeyPatch, asked: list[int]) -> Screen:
    """Alice's tab, with somebody on her card, when the database has stopped to answer."""
    change_safety_card(
        theatre.work(),
        by=theatre.alice,
        part="tell",
        given=[Contact("Jana", "030 123")],
        base_version=0,
        now=theatre.now(),
    )

    def fail(*_args: object, **_more: object) -> None:
        asked.append(1)
        raise StorageUnavailable

    monkeypatch.setattr(kapjournal.records.work, "transaction", fail)
    return alice


def test_nobody_needs_to_sign_in_for_the_lines(theatre: Cast) -> None:
    screen = choose(Screen(None).open("help_now"), "GB")
    assert "Call 116 123" in labels(screen)
    assert labels(screen)[0] == "Somebody is in danger right now: 999"
    assert not any("people" in it.value for it in screen.app.header)


def test_an_unknown_country_leads_to_the_directory(theatre: Cast) -> None:
    screen = Screen(None).open("help_now")
    assert labels(screen) == ["Open Find A Helpline"]
    assert any("emergency number of the place where you are" in it.value for it in screen.app.markdown)


def test_a_chosen_country_is_kept_in_the_tab(theatre: Cast) -> None:
    screen = choose(Screen(None).open("help_now"), "GB")
    screen.app.switch_page("pages/account/sign_in.py")
    screen.run()
    screen.app.switch_page("pages/account/help_now.py")
    assert labels(screen.run())[0] == "Somebody is in danger right now: 999"


@pytest.mark.parametrize("country", ["GB", "ZZ"])
def test_a_chosen_country_is_remembered_by_who_is_signed_in(
    theatre: Cast, alice: Screen, country: str
) -> None:
    choose(alice.open("help_now"), "DE")
    choose(alice, country)
    assert preferences(theatre.work(), by=theatre.alice).country == country
    again = Screen(theatre.alice).open("help_now")
    assert again.app.selectbox(key="help_country").value == country
    assert Screen(theatre.alice).open("settings").app.selectbox(key="country").value == country


def test_a_country_set_later_in_the_settings_counts(theatre: Cast, alice: Screen) -> None:
    choose(alice.open("help_now"), "DE")
    alice.open("settings")
    alice.app.selectbox(key="country").set_value("GB")
    alice.press("save_settings")
    assert alice.open("help_now").app.selectbox(key="help_country").value == "GB"


def test_a_therapist_gets_lines_and_no_card(theatre: Cast) -> None:
    change_preferences(theatre.work(), by=theatre.bob, now=theatre.now(), recovery_written_down=True)
    screen = choose(Screen(theatre.bob).open("help_now"), "DE")
    assert "Call 116 123" in labels(screen)
    assert [it.value for it in screen.app.header] == ["Crisis lines", "Emergency numbers"]


def test_every_line_says_when_it_was_checked(theatre: Cast) -> None:
    screen = choose(Screen(None).open("help_now"), "DE")
    checked = [it.value for it in screen.app.caption if it.value.startswith("Checked on")]
    assert checked == ["Checked on Fri, Nov 20, 2026. Hours may have changed."] * 3


def test_the_lines_stand_when_the_storage_does_not_answer(no_storage: Screen) -> None:
    no_storage.app.switch_page("pages/account/help_now.py")
    choose(no_storage.run(), "DE")
    assert no_storage.title == "Get help now"
    assert "Call 116 123" in labels(no_storage)
    assert no_storage.errors == []


def test_nobody_waits_twice_for_a_storage_that_does_not_answer(no_storage: Screen, asked: list[int]) -> None:
    no_storage.app.switch_page("pages/account/help_now.py")
    no_storage.run()
    assert len(asked) == 1


def test_grounding_stands_when_the_storage_does_not_answer(no_storage: Screen) -> None:
    no_storage.app.switch_page("pages/account/grounding.py")
    assert no_storage.run().title == "Steady yourself"


def test_other_pages_say_so_and_keep_the_way_to_help(no_storage: Screen) -> None:
    no_storage.app.switch_page("pages/patient/journal.py")
    no_storage.run()
    assert no_storage.errors[0].startswith("The journal's storage does not answer right now.")
    assert "Help now" in [it.proto.label for it in no_storage.app.get("page_link")]


def test_the_lines_stand_when_the_storage_never_answered(
    theatre: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise StorageUnavailable

    screen = Screen(theatre.alice)
    monkeypatch.setattr(kapjournal.application, "_application", None)
    monkeypatch.setattr(kapjournal.application, "open_application", fail)
    screen.app.run()
    screen.app.switch_page("pages/account/help_now.py")
    assert "Call 116 123" in labels(choose(screen.run(), "DE"))


def test_five_senses_go_one_step_a_screen_and_back(theatre: Cast) -> None:
    screen = Screen(None).open("grounding").press("senses")
    seen = [screen.title]
    for _step in range(4):
        screen.press("next")
        seen.append(screen.title)
    assert [it.split()[1:2] for it in seen] == [["five"], ["four"], ["for"], ["two"], ["one"]]
    assert screen.press("back").title == seen[3]
    screen.press("next").press("done")
    assert screen.title == "Steady yourself"


@pytest.mark.parametrize("way", ["breath", "senses", "body_scan"])
def test_every_way_has_one_filled_button_and_an_end(theatre: Cast, way: str) -> None:
    screen = Screen(None).open("grounding")
    screen.press(way)
    assert screen.title != "Steady yourself"
    assert len([it for it in screen.app.button if it.proto.type == "primary"]) == 1
    screen.press("stop" if way == "senses" else "done")
    assert screen.title == "Steady yourself"


@pytest.mark.parametrize("step", ["99", "-1", "x", "٣", "²", "9" * 5000])
def test_a_step_that_is_none_is_one_of_the_five(theatre: Cast, step: str) -> None:
    screen = Screen(None)
    screen.app.run()
    screen.app.query_params["way"], screen.app.query_params["step"] = "senses", step
    screen.app.switch_page("pages/account/grounding.py")
    assert "screen" not in screen.run().title
    assert screen.app.caption[0].value.endswith("of 5")


def test_before_the_recovery_code_is_written_down_help_is_open(theatre: Cast) -> None:
    assert Screen(theatre.alice).open("grounding").title == "Steady yourself"
    assert Screen(theatre.alice).open("help_now").title == "Get help now"
