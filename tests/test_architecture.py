"""What the design forbids, kept by reading the source. Every rule also shows that it catches an example."""

import ast
import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from kapjournal.verbs import REGISTRY
from tests.modules import ROOT, domain_modules, sources

# What these draw is not Markdown, or is a value and not a label.
PLAIN = {"text", "code", "text_input", "text_area"}
# Our own functions whose words end up in Markdown.
OURS = {"heading", "say", "offer_undo", "link", "scale", "when", "choice"}
PERSONS_FIELDS = {"text", "place", "escort", "bring", "amount"}
# A crisis line has a name and a phone as well, which are ours.
PERSONS_IF_THEIRS = {"name": r"preferences|chosen|settings|contact|card", "phone": r"contact|card"}
# Where a list of a few lines is typed and saved at once.
SHORT_LISTS = {"pages/patient/plan.py", "pages/parts/card_fields.py", "pages/parts/scope_fields.py"}
# Values that look like a person's and come from the content files or the page itself.
NOT_A_PERSONS = {"prompt", "pack", "item", "option", "st"}
# Elements that put bytes where anybody with the address can fetch them, or keep them beyond the person's stay.
FORBIDDEN_ELEMENTS = {
    "download_button",
    "image",
    "audio",
    "video",
    "pdf",
    "file_uploader",
    "audio_input",
    "camera_input",
    "cache_data",
    "cache_resource",
}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The dotted name of what is called, such as `st.markdown`."""
    return ast.unparse(call.func)


def names_unsafe_html(tree: ast.Module, _path: str) -> Iterator[int]:
    """Nothing a person or a database holds is ever drawn as HTML."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("unsafe_allow_html", "unsafe_allow_javascript"):
            yield node.value.lineno
        if isinstance(node, ast.Constant) and node.value == "unsafe_allow_html":
            yield node.lineno


def uses_a_forbidden_element(tree: ast.Module, path: str) -> Iterator[int]:
    """Streamlit's media files, caches and text areas never see a person's words (short lists may)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            if node.attr in FORBIDDEN_ELEMENTS:
                yield node.lineno
            if node.attr == "text_area" and path not in SHORT_LISTS:
                yield node.lineno


def binds_to_the_address(tree: ast.Module, _path: str) -> Iterator[int]:
    """What somebody types or taps never stands in the address."""
    return (it.lineno for it in calls(tree) if any(word.arg == "bind" for word in it.keywords))


def asks_the_time(tree: ast.Module, path: str) -> Iterator[int]:
    """Only the clock asks what time it is."""
    if path == "kapjournal/clock.py":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            asked = re.fullmatch(
                r"(?:.*\.)?(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns)", ast.unparse(node)
            )
            if asked:
                yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (node.lineno for name in node.names if name.name in ("time", "time_ns"))


def draws_words_as_markdown(tree: ast.Module, _path: str) -> Iterator[int]:
    """What a person wrote is drawn as plain text: no Markdown, no HTML, no fetched image."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Module)):
        carriers = {
            name.id
            for node in own_nodes(function)
            if isinstance(node, ast.Assign) and holds_words(node.value, set())
            for target in node.targets
            for name in ast.walk(target)
            if isinstance(name, ast.Name)
        }
        for node in own_nodes(function):
            if isinstance(node, ast.Call) and draws_markdown(node):
                given = [
                    *node.args,
                    *(word.value for word in node.keywords if word.arg not in ("args", "kwargs")),
                ]
                if any(holds_words(it, carriers) for it in given):
                    yield node.lineno


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function or module, without those of functions inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef):
            yield child
            yield from own_nodes(child)


def draws_markdown(call: ast.Call) -> bool:
    module, _dot, name = called(call).rpartition(".")
    return (module in ("st", "st.sidebar") and name not in PLAIN) or name in OURS


def holds_words(node: ast.AST, carriers: set[str]) -> bool:
    """Whether an expression has in it what a person wrote. Handed-over arguments of callbacks are not drawn."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id in carriers:
            return True
        if isinstance(inner, ast.Attribute):
            owner = ast.unparse(inner.value)
            if inner.attr in PERSONS_FIELDS and re.split(r"\W", owner)[0] not in NOT_A_PERSONS:
                return True
            theirs = PERSONS_IF_THEIRS.get(inner.attr)
            if theirs and re.search(theirs, owner):
                return True
    return False


class Rule(NamedTuple):
    """A way to break the design, where it must not happen, and lines that break it."""

    breaks: Callable[[ast.Module, str], Iterator[int]]
    where: tuple[str, ...]
    examples: tuple[str, ...]


RULES = [
    Rule(
        names_unsafe_html,
        ("kapjournal", "pages", "app.py"),
        ("st.markdown(text, unsafe_allow_html=True)", "st.html(x, **{'unsafe_allow_html': True})"),
    ),
    Rule(
        uses_a_forbidden_element,
        ("kapjournal", "pages", "app.py"),
        ("st.download_button('x', data)", "@st.cache_data\ndef f(): pass", "st.text_area('Entry')"),
    ),
    Rule(
        binds_to_the_address,
        ("pages", "app.py"),
        ("st.selectbox('x', y, bind='query-params')",),
    ),
    Rule(
        asks_the_time,
        ("kapjournal", "pages", "app.py"),
        (
            "datetime.now(UTC)",
            "datetime.date.today()",
            "time.time()",
            "from time import time",
            "f = time.time",
        ),
    ),
    Rule(
        draws_words_as_markdown,
        ("pages", "app.py"),
        (
            "st.markdown(record.value.text)",
            "st.caption(f'at {value.place}')",
            "def f(it):\n    words = it.value.text[:9]\n    st.write(words)",
            "def f(x):\n    with st.container():\n        st.subheader(value.escort.upper())",
            "fields.heading(session.bring)",
            "notices.say(dose.value.amount)",
            "st.title(preferences(work, by=by).name)",
            "st.header(contact.name)",
            "st.link_button(f'Call {card.value.tell[0].phone}', 'tel:112')",
            "st.button(label=draft.text)",
        ),
    ),
]


def label(rule: Rule) -> str:
    return rule.breaks.__name__


@pytest.mark.parametrize("rule", RULES, ids=label)
def test_the_rule_is_kept(rule: Rule) -> None:
    """Its docstring says why."""
    broken = [
        f"{path}:{line} {rule.breaks.__doc__}"
        for path, tree in sources(*rule.where).items()
        for line in rule.breaks(tree, path)
    ]
    assert broken == []


@pytest.mark.parametrize("rule", RULES, ids=label)
def test_the_rule_catches_its_examples(rule: Rule) -> None:
    for example in rule.examples:
        assert list(rule.breaks(ast.parse(example), "pages/patient/new.py")), example


def test_plain_text_is_allowed() -> None:
    for fine in (
        "st.text(record.value.text)",
        "st.subheader(prompt.text)",
        "st.text_input('Where', value.place)",
    ):
        assert not list(draws_words_as_markdown(ast.parse(fine), "pages/patient/new.py")), fine


def test_pages_stand_in_folders() -> None:
    """Streamlit would add a page directly in `pages` to its own menu."""
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


def pages() -> list[str]:
    paths = (ROOT / "pages").glob("*/*.py")
    return [path.stem for path in paths if path.stem != "__init__" and path.parent.name != "parts"]


def test_no_two_pages_have_the_same_address() -> None:
    assert [name for name, count in Counter(pages()).items() if count > 1] == []


def test_every_page_can_be_reached() -> None:
    [navigation] = sources("pages/parts/nav.py").values()
    named = {node.value for node in ast.walk(navigation) if isinstance(node, ast.Constant)}
    assert set(pages()) - named == set()


def test_every_function_that_acts_for_somebody_is_a_registered_verb() -> None:
    modules = domain_modules()  # importing them fills the registry
    registered = set(REGISTRY.values())
    missing = [
        f"{module.__name__}.{name}"
        for module in modules
        for name, it in vars(module).items()
        if inspect.isfunction(it)
        and it.__module__ == module.__name__
        and not name.startswith("_")
        and "by" in inspect.signature(it).parameters
        and it not in registered
    ]
    assert missing == []


def test_a_verb_takes_a_unit_of_work_and_everything_else_by_name() -> None:
    by_name = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    assert domain_modules()
    for name, function in REGISTRY.items():
        work, *others = inspect.signature(function).parameters.values()
        assert (work.name, others[0].name) == ("work", "by"), name
        assert {it.kind for it in others} <= by_name, name
        assert function.__doc__, name


def test_every_requirement_is_pinned() -> None:
    files = sorted(ROOT.glob("requirements*.txt"))
    lines = [line.split("#")[0].strip() for path in files for line in path.read_text().splitlines()]
    loose = [it for it in lines if it and not re.fullmatch(r"(-r \S+|[\w.\-\[\]]+==[\w.]+(; .+)?)", it)]
    assert len(files) >= 2
    assert loose == []
