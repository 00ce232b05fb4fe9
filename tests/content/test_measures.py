"""A clinic's own measure works without code, or it is refused with every fault named by file and key."""

from pathlib import Path

import pytest

from kapjournal.content import Content, load_content
from kapjournal.content.check import faults as reading_faults
from kapjournal.content.measures import Band, Flag, Item, Measure, Option, Outcome, Subscore, Threshold
from tests.content.clinic import PACK, faults, write_pack
from tests.content.own_measure import MEASURE

GATE = '[[item]]\nid = "gate"\nrole = "gate"\ntext = "Any rest at all?"\n\n'
BAND = '[[band]]\nwords = "little"\nleast = 0\nmost = 4\n'


def write_measure(folder: Path, text: str, name: str = "rest.toml") -> None:
    (folder / "en" / "measures").mkdir(exist_ok=True)
    (folder / "en" / "measures" / name).write_text(text, encoding="utf-8")


def without(key: str) -> str:
    """The measure without one line at its top."""
    return "".join(line for line in MEASURE.splitlines(keepends=True) if not line.startswith(f"{key} ="))


def changed(old: str, new: str, times: int = 1) -> str:
    assert old in MEASURE
    return MEASURE.replace(old, new, times)


def test_a_clinics_measure_stands_beside_ours(folder: Path, content: Content) -> None:
    write_measure(folder, MEASURE)
    own = load_content(extra=folder)
    assert [it.id for it in own.measures] == [*(it.id for it in content.measures), "northclinic-rest"]
    found = own.measure("NorthClinicRest")
    assert found is not None
    assert (found.title, found.highest, [it.words for it in found.bands]) == ("Rest", 6, ["little", "much"])


def test_a_folder_with_measures_alone_is_a_content_folder(tmp_path: Path) -> None:
    (tmp_path / "en" / "measures").mkdir(parents=True)
    write_measure(tmp_path, MEASURE)
    assert load_content(extra=tmp_path).measure("northclinic-rest") is not None


@pytest.mark.parametrize(
    "key",
    ["id", "version", "title", "why", "source", "licence", "recall", "again_after_days", "stem", "scoring"],
)
def test_what_a_measure_must_say(folder: Path, key: str) -> None:
    text = MEASURE.partition("[[option]]")
    head = "".join(line for line in text[0].splitlines(True) if not line.startswith(f"{key} ="))
    write_measure(folder, head + text[1] + text[2])
    assert faults(folder) == [(key, "missing")]


@pytest.mark.parametrize("key", ["source", "licence", "stem"])
def test_what_it_says_is_not_empty(folder: Path, key: str) -> None:
    text = "".join(
        f'{key} = " "\n' if line.startswith(f"{key} =") else line for line in MEASURE.splitlines(True)
    )
    write_measure(folder, text)
    assert faults(folder) == [(key, "empty")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("least = 5", "least = 6", ("band[#2].least", "leaves a gap: nothing is said of 5")),
        ("most = 4", "most = 2", ("band[#2].least", "leaves a gap: nothing is said of 3 to 4")),
        ("least = 0", "least = 1", ("band[#1].least", "leaves a gap: nothing is said of 0")),
        ("least = 5", "least = 4", ("band[#2].least", "overlaps: the next total without a band is 5")),
        ("most = 6", "most = 5", ("band[#2].most", "must be 6, the highest total")),
        ("most = 6", "most = 7", ("band[#2].most", "must be 6, the highest total")),
        ("score = 3", "score = 4", ("band[#2].most", "must be 8, the highest total")),
        ("score = 0", "score = 1", ("band[#1].least", "overlaps: the next total without a band is 2")),
        ("most = 4", 'most = "4"', ("band[#1].most", "Expected `int`, got `str`")),
        ("score = 2\n", "", ("option[#2].score", "missing")),
        ("score = 2", "score = -2", ("option[#2].score", "Expected `int` >= 0")),
        ("score = 2", "score = 2.5", ("option[#2].score", "Expected `int")),
        ('code = "often"', 'code = "never"', ("option[#2].code", "never is there twice")),
        ('id = "night"', 'id = "day"', ("item[day].id", "day is there twice")),
        ('scoring = "sum"', 'scoring = "mean"', ("scoring", "'mean' is not one of: sum")),
        (
            'id = "day"',
            'id = "day"\nloinc = "44250"',
            ("item[day].loinc", "must be a LOINC code, such as 44249-1"),
        ),
        (
            'scoring = "sum"',
            'scoring = "sum"\nloinc_total = "LA6568-5"',
            ("loinc_total", "must be a LOINC code, such as 44249-1"),
        ),
        (
            "score = 2",
            'score = 2\nloinc = "44250-9"',
            ("option[#2].loinc", "must be a LOINC answer code, such as LA6568-5"),
        ),
        (
            'id = "day"',
            'id = "day"\nstem = "x"',
            ("item[day].stem", "a scored item has the stem of the measure"),
        ),
        (
            'id = "night"',
            'id = "night"\nrole = "gate"',
            ("item[night].role", "a gate must come first"),
        ),
        (
            'id = "night"',
            'id = "night"\nrole = "unscored"\napart = true',
            ("item[night].apart", "only a scored item can be kept apart"),
        ),
        (
            'id = "night"',
            'id = "night"\nrole = "extra"',
            ("item[night].role", "'extra' is not one of: scored"),
        ),
        ('text = "by day?"', 'text = "<b>by day?"', ("item[day].text", "has markup; texts are plain")),
        ("again_after_days = 7", "again_after_days = 0", ("again_after_days", "Expected `int` >= 1")),
        ('title = "Rest"', 'titel = "Rest"', ("titel", "unknown key")),
    ],
)
def test_a_fault_is_named_by_its_key(folder: Path, old: str, new: str, told: tuple[str, str]) -> None:
    write_measure(folder, changed(old, new))
    key, message = faults(folder)[0]
    assert key == told[0]
    assert message.startswith(told[1])


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            '[[subscore]]\nid = "x"\ntitle = "X"\nitems = ["day", "noon"]\n',
            ("subscore[x].items", "noon is not a scored item"),
        ),
        (
            '[[flag]]\nid = "x"\nat_least = 1\nwords = "X"\ncitation = "X"\nitem = "noon"\n',
            ("flag[x].item", "noon is not a scored item"),
        ),
        ('[[flag]]\nid = "x"\nat_least = 1\nwords = "X"\n', ("flag[x].citation", "missing")),
        ('[[change]]\nat_least = 9\nwords = "X"\n', ("change[#2].citation", "missing")),
        (
            '[[change]]\nat_least = 2\nwords = "X"\ncitation = "X"\n',
            ("change[#2].at_least", "must be above 2, the one before"),
        ),
        (
            '[[outcome]]\nid = "x"\ncitation = "X"\n',
            ("outcome[x].fall", "needs one of fall and below, and not both"),
        ),
        (
            '[[outcome]]\nid = "x"\nfall = 50\nbelow = 5\ncitation = "X"\n',
            ("outcome[x].fall", "needs one of fall and below, and not both"),
        ),
        (
            '[[outcome]]\nid = "x"\nfall = 50\ncitation = "X"\n[[outcome]]\nid = "x"\nbelow = 5\ncitation = "X"\n',
            ("outcome[x].id", "x is there twice"),
        ),
    ],
)
def test_a_fault_in_what_is_counted_is_named(folder: Path, more: str, told: tuple[str, str]) -> None:
    write_measure(folder, MEASURE + more)
    assert faults(folder) == [told]


def test_an_outcome_needs_a_change_that_counts(folder: Path) -> None:
    text = MEASURE.partition("[[change]]")[0] + '[[outcome]]\nid = "x"\nfall = 50\ncitation = "X"\n'
    write_measure(folder, text)
    assert faults(folder) == [("outcome[x]", "needs a change that counts")]


def test_every_item_can_be_answered(folder: Path) -> None:
    start, end = MEASURE.index("[[option]]"), MEASURE.index("[[item]]")
    write_measure(folder, MEASURE[:start] + MEASURE[end:])
    message = "missing; neither the item nor the measure has options"
    assert faults(folder) == [("item[day].option", message), ("item[night].option", message)]


def test_an_option_of_a_scored_item_has_a_score_and_stands_there_once(folder: Path) -> None:
    own = '[[item.option]]\ncode = "a"\ntext = "A"\nscore = 1\n[[item.option]]\ncode = "a"\ntext = "B"\n'
    write_measure(folder, changed('text = "by day?"\n', f'text = "by day?"\n{own}'))
    assert faults(folder) == [
        ("item[day].option", "a is there twice"),
        ("item[day].option[a].score", "missing"),
    ]


def test_options_of_an_unscored_item_need_no_score(folder: Path) -> None:
    own = '[[item]]\nid = "x"\nrole = "unscored"\ntext = "X?"\n[[item.option]]\ncode = "a"\ntext = "A"\n'
    write_measure(folder, changed("[[band]]", f"{own}\n[[band]]"))
    found = load_content(extra=folder).measure("northclinic-rest")
    assert found is not None
    assert ([it.id for it in found.scored], found.highest) == (["day", "night"], 6)


def test_a_measure_has_a_scored_item(folder: Path) -> None:
    text = MEASURE.replace('id = "night"', 'id = "night"\nrole = "unscored"')
    text = text.replace('id = "day"', 'id = "day"\nrole = "gate"').partition("[[band]]")[0]
    write_measure(folder, text)
    assert faults(folder) == [("item", "no scored item")]


def test_a_gate_may_come_first(folder: Path) -> None:
    text = MEASURE.replace("[[item]]", GATE + "[[item]]", 1)
    write_measure(folder, text)
    found = load_content(extra=folder).measure("northclinic-rest")
    assert found is not None
    assert (found.items[0].role, found.highest) == ("gate", 6)


@pytest.mark.parametrize("id", ["phq-9", "phq9", "p-h-q-9"])
def test_our_own_measures_are_not_replaced_in_any_version(folder: Path, id: str) -> None:
    write_measure(folder, changed("northclinic-rest", id).replace("version = 1", "version = 7"))
    assert faults(folder) == [("id", "phq9 is already in en/measures/phq-9.toml")]


def test_the_same_version_is_there_once(folder: Path) -> None:
    write_measure(folder, MEASURE, "a.toml")
    write_measure(folder, MEASURE, "b.toml")
    first = folder / "en" / "measures" / "a.toml"
    assert faults(folder) == [("id", f"northclinicrest is already in {first}")]


def test_two_versions_may_stand_side_by_side(folder: Path) -> None:
    write_measure(folder, MEASURE, "a.toml")
    write_measure(folder, changed("version = 1", "version = 2"), "b.toml")
    found = [it.version for it in load_content(extra=folder).measures if it.id == "northclinic-rest"]
    assert found == [1, 2]


def test_every_fault_of_every_file_is_told_at_once(folder: Path) -> None:
    write_pack(folder, PACK.replace("body", "soul"))
    write_measure(
        folder, without("licence").replace("score = 2\n", "").replace("least = 5", "least = 6"), "a.toml"
    )
    text = changed("least = 5", "least = 6").replace('source = "Made up', 'sauce = "Made up')
    write_measure(folder, text.replace("northclinic-rest", "northclinic-more"), "b.toml")
    write_measure(folder, "id =", "c.toml")
    told = [key for key, _message in faults(folder)]
    assert told == [
        "prompt[northclinic.tea].domain",
        "licence",
        "option[#2].score",
        "sauce",
        "source",
        "band[#2].least",
        "",
    ]


@pytest.mark.parametrize("text", ["item = 3", 'option = "x"', "band = {}", "item = [1, 2]", "id = 3", ""])
def test_a_file_that_is_something_else_is_told_and_breaks_nothing(folder: Path, text: str) -> None:
    write_measure(folder, text)
    assert ("licence", "missing") in faults(folder)


def test_our_line_about_a_measure_is_easy_to_read(folder: Path) -> None:
    hard = "It characterizes neurobiological interpretations of extraordinary psychological experiences."
    write_measure(folder, changed("It asks how you rest.", hard))
    told = list(reading_faults(load_content(extra=folder)))
    assert told == [f"northclinic-rest: hard to read, above grade 8: {hard}"]


def test_unknown_fields_are_forbidden_in_every_value() -> None:
    kinds = [Measure, Item, Option, Subscore, Band, Flag, Threshold, Outcome]
    assert all(
        kind.__struct_config__.forbid_unknown_fields and kind.__struct_config__.frozen for kind in kinds
    )
