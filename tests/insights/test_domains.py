from kapjournal.insights.domains import Share, alt_text, domains, sentence, table

LABELS = [("mind", "Mind"), ("body", "Body"), ("nature", "Nature")]


def test_entries_are_counted_in_the_order_of_the_wheel() -> None:
    shown = domains(["body", "mind", "body", None, "any"], LABELS)
    assert shown.shares == (Share("Mind", 1), Share("Body", 2), Share("Nature", 0))
    assert shown.others == 2
    assert table(shown).rows == (("Mind", "1"), ("Body", "2"), ("Nature", "0"))


def test_fewer_than_five_say_what_is_missing() -> None:
    shown = domains(["mind"] * 4 + [None] * 9, LABELS)
    assert not shown.enough
    assert (
        sentence(shown)
        == "What you write about appears here after 5 entries to a question. So far there are 4."
    )


def test_the_sentence_names_what_was_written_about() -> None:
    assert sentence(domains(["body"] * 4 + ["mind", None], LABELS)) == (
        "5 entries belong to a part of the wheel: Body (4) and Mind (1). 1 more belongs to none, such as a blank "
        "page. No part needs to be full."
    )
    assert alt_text(domains(["mind"], LABELS)).startswith("Wheel of 3 parts")
