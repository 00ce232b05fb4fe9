"""Numbers a person in danger may call. The tables here are typed by hand, not read from the files."""

import re
import warnings
from datetime import date, timedelta

import pytest

from kapjournal.content import Content, Country, Line, StaleLine, warn_of_stale_lines

PHONES = {
    "US": ["988", "988"],
    "CA": ["988"],
    "GB": ["116123", "111"],
    "IE": ["116123"],
    "AU": ["131114"],
    "NZ": ["1737"],
    "DE": ["08001110111", "08001110222", "116123"],
    "AT": ["142"],
    "CH": ["143"],
    "FR": ["3114"],
    "ES": ["024"],
    "IT": ["0223272327"],
    "NL": ["113", "08000113"],
    "BE": ["1813", "080032123"],
    "SE": ["90101"],
    "NO": ["116123", "22400040"],
    "DK": ["70201201"],
    "FI": ["0925250111", "0925250112", "0925250113"],
    "PL": ["800702222", "116123"],
    "PT": ["1411", "213544545"],
    "IN": ["14416", "18008914416"],
    "JP": ["0120279338", "0120279226", "0120061338"],
    "ZA": [],
    "BR": ["188"],
    "MX": ["8009112000"],
}
TEXTS = {"US": ["988", "838255"], "CA": ["988"], "GB": ["85258"], "AU": ["0477131114"], "NZ": ["1737"]}
EMERGENCY = {
    "US": ["911"],
    "CA": ["911"],
    "GB": ["999"],
    "IE": ["112", "999"],
    "AU": ["000"],
    "NZ": ["111"],
    "CH": ["144", "112"],
    "FR": ["15", "112"],
    "NO": ["113"],
    "JP": ["119", "110"],
    "ZA": ["112", "10177", "10111"],
    "BR": ["192", "190"],
    "MX": ["911"],
} | {code: ["112"] for code in ("DE", "AT", "ES", "IT", "NL", "BE", "SE", "DK", "FI", "PL", "PT", "IN")}
NOT_ROUND_THE_CLOCK = {
    "Telefono Amico Italia": "9:00 to 24:00 every day, not at night",
    "Livslinien": "not 24 h; hours vary; check",
    "MIELI Kristelefonen": "hours vary; check",
    "MIELI crisis line in Arabic": "hours vary; check",
    "Kryzysowy Telefon Zaufania": "hours vary; check",
    "SOS Voz Amiga": "15:30 to 00:30 every day",
    "#いのちSOS (Inochi SOS)": "hours vary; check",
}
RETIRED = {
    "08457909090",
    "18007842433",
    "18002738255",
    "18334564566",
    "09000113",
    "199284284",
    "3451636028",
    "141",
    "0145394000",
    "020220060",
    "81533300",
    "0570046556",
}


def places(content: Content) -> list[Country]:
    return [*content.countries, content.elsewhere]


def lines(content: Content) -> list[Line]:
    return [line for country in places(content) for line in country.lines]


def test_the_telephone_numbers_are_exactly_these(content: Content) -> None:
    shipped = {c.country: [line.phone for line in c.lines if line.phone] for c in content.countries}
    assert shipped == PHONES


def test_the_numbers_for_text_messages_are_exactly_these(content: Content) -> None:
    shipped = {c.country: [line.sms for line in c.lines if line.sms] for c in content.countries}
    assert {code: numbers for code, numbers in shipped.items() if numbers} == TEXTS


def test_the_emergency_numbers_are_exactly_these(content: Content) -> None:
    assert {c.country: [e.number for e in c.emergency] for c in content.countries} == EMERGENCY


def test_no_retired_number_is_shipped(content: Content) -> None:
    written = [n for line in lines(content) for n in (line.phone, line.sms) if n]
    assert RETIRED.isdisjoint(written)


def test_numbers_can_be_dialled_and_are_shown_as_they_are_dialled(content: Content) -> None:
    for line in lines(content):
        assert line.phone is None or re.fullmatch(r"[0-9]{3,12}", line.phone)
        assert re.sub("[ -]", "", line.phone_display or "") == (line.phone or "")


def test_telephone_numbers_are_of_high_confidence(content: Content) -> None:
    assert {line.confidence for line in lines(content) if line.phone} == {"high"}


def test_a_line_that_may_be_closed_says_so(content: Content) -> None:
    partly = {
        line.name: line.hours for line in lines(content) if line.phone and not line.hours.startswith("24 h")
    }
    assert partly == NOT_ROUND_THE_CLOCK


def test_hours_of_a_chat_are_not_promised_by_the_hours_of_the_phone(content: Content) -> None:
    promised = [line.name for line in lines(content) if line.chat and line.hours == "24 h"]
    assert promised == ["988 Suicide & Crisis Lifeline"]


def test_where_no_number_is_certain_there_is_the_directory(content: Content) -> None:
    for country in (content.crisis("ZA"), content.elsewhere):
        assert [line.web for line in country.lines] == ["https://findahelpline.com"]


def test_a_country_is_found_by_its_code_in_any_case(content: Content) -> None:
    assert content.crisis("gb").name == content.crisis("GB").name == "United Kingdom"


@pytest.mark.parametrize("code", [None, "", "ZZ", "KE", "../us", "ß"])
def test_an_unknown_country_gets_the_fallback(content: Content, code: str | None) -> None:
    assert content.crisis(code) is content.elsewhere


def test_countries_are_in_order_of_name_without_the_fallback(content: Content) -> None:
    names = [country.name for country in content.countries]
    assert len(names) == 25
    assert names == sorted(names)
    assert content.elsewhere.name not in names


def test_lines_looked_up_more_than_180_days_ago_are_warned_of(content: Content) -> None:
    today = max(line.last_verified for line in lines(content)) + timedelta(days=181)
    with pytest.warns(StaleLine) as caught:
        warn_of_stale_lines(content, today=today)
    assert len(caught) == len(lines(content))
    assert any("United Kingdom, Samaritans: last verified" in str(warning.message) for warning in caught)


def test_lines_looked_up_180_days_ago_are_not_warned_of(content: Content) -> None:
    today = min(line.last_verified for line in lines(content)) + timedelta(days=180)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_stale_lines(content, today=today)


@pytest.mark.filterwarnings("default::kapjournal.content.StaleLine")
def test_no_line_was_looked_up_in_the_future(content: Content) -> None:
    """Run on the real date, so that a test run itself warns once lines are due for another look."""
    warn_of_stale_lines(content, today=date.today())
    assert max(line.last_verified for line in lines(content)) <= date.today()
