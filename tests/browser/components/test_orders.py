"""What the server tells the tab to write or erase, and what it believes the tab holds."""

from types import SimpleNamespace

import pytest

from pages.parts.browser import Resumed, _resume, resume, resumed


@pytest.fixture
def told(monkeypatch):
    """The orders that reached the browser, run by run."""
    orders = []
    monkeypatch.setattr(_resume, "st", SimpleNamespace(session_state={}))
    monkeypatch.setattr(_resume, "_mount", lambda **mounted: orders.append(mounted["data"]["order"]))
    return orders


def tab_says(**tab):
    _resume.st.session_state["resume"] = {"tab": tab}


def test_nothing_is_ordered_and_nothing_known_at_first(told):
    resume()
    assert told == [None]
    assert resumed() is None


def test_the_tab_is_believed(told):
    tab_says(known=True, token="alice.1", asked=0)
    assert resumed() == Resumed("alice.1")
    tab_says(known=True, token=None, asked=0)
    assert resumed() == Resumed(None)


@pytest.mark.parametrize(
    "tab", [{}, {"known": 1}, {"known": True, "token": 5}, {"known": True, "token": "x" * 513}]
)
def test_a_strange_tab_is_not_believed(told, tab):
    tab_says(**tab)
    assert resumed() is None


def test_an_order_stands_in_every_run_until_the_next(told):
    resume(write="alice.1")
    resume()
    resume(write="alice.1")
    assert told[0] == told[1] == told[2]
    assert told[0]["write"] == "alice.1"


def test_what_was_ordered_counts_before_the_tab_has_answered(told):
    tab_says(known=True, token="alice.1", asked=0)
    resume(erase=True)
    assert resumed() == Resumed(None)
    resume(write="dora.1")
    assert resumed() == Resumed("dora.1")


def test_a_token_given_again_after_erasing_stays_erased(told):
    resume(write="alice.1")
    resume(erase=True)
    resume(write="alice.1")
    assert told[1] == told[2]
    assert told[2]["write"] is None
    assert resumed() == Resumed(None)


def test_every_sign_in_and_sign_out_is_an_order_of_its_own(told):
    for token in ("alice.1", "dora.1"):
        resume(write=token)
        resume(erase=True)
    assert len({order["id"] for order in told}) == 4


def test_writing_and_erasing_at_once_is_a_mistake(told):
    with pytest.raises(ValueError, match="Either"):
        resume(write="alice.1", erase=True)
