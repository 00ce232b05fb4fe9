from kapjournal.insights.side_effects import Report, alt_text, sentence, side_effects_seen, table
from tests.insights.strategies import TODAY

FIRST, SECOND, THIRD = TODAY - 40, TODAY - 20, TODAY - 1
WORDS = {1: "a little", 2: "clearly", 3: "strongly"}
REPORTS = [
    Report(SECOND, (("Headache", 1), ("Nausea", 2))),
    Report(SECOND, (("Nausea", 3),)),
    Report(FIRST, (("Nausea", 1),)),
]


def test_the_strongest_of_two_reports_counts() -> None:
    seen = side_effects_seen(REPORTS, [SECOND, FIRST, THIRD], TODAY)
    assert seen.strengths == {(FIRST, "Nausea"): 1, (SECOND, "Nausea"): 3, (SECOND, "Headache"): 1}
    assert seen.names == ("Nausea", "Headache")


def test_no_report_is_not_no_side_effect() -> None:
    seen = side_effects_seen([*REPORTS, Report(THIRD)], [FIRST, SECOND, THIRD, TODAY], TODAY)
    assert [row[1] for row in table(seen, WORDS).rows] == [
        "Nausea: a little",
        "Nausea: strongly; Headache: a little",
        "none named",
        "no report",
    ]
    assert alt_text(seen) == "Chart with a row for each of 2 side effects and a column for each session."


def test_the_sentence_counts_sessions_and_not_reports() -> None:
    assert sentence(side_effects_seen(REPORTS, [FIRST, SECOND, THIRD], TODAY)) == (
        "You reported on 2 of 3 sessions. Named most often: “Nausea” after 2 and “Headache” after 1. A larger dot is a "
        "stronger one; a dash is a session without a report."
    )


def test_more_sessions_than_are_drawn_are_told() -> None:
    days = [TODAY - number for number in range(13)]
    reports = [Report(day, (("Nausea", 1),)) for day in days]
    assert sentence(side_effects_seen(reports, days, TODAY)).endswith("The picture shows the latest 12.")
    assert "latest" not in sentence(side_effects_seen(reports, days[:12], TODAY))


def test_nothing_to_show_says_what_is_missing() -> None:
    assert "appear here after your first report" in sentence(side_effects_seen([], [FIRST], TODAY))
    silent = side_effects_seen([Report(FIRST)], [FIRST], TODAY)
    assert not silent.enough
    assert sentence(silent) == "You reported on 1 of 1 session. No side effect was named."


def test_what_cannot_be_is_left_out() -> None:
    seen = side_effects_seen(
        [Report(FIRST, (("Nausea", 9),)), Report(TODAY + 9, (("Nausea", 1),))], [FIRST], TODAY
    )
    assert not seen.enough
    assert seen.reported == {FIRST}
