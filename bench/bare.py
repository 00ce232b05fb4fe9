"""A bare Streamlit page of as many elements as a page of ours, with nothing behind them.

Where Streamlit has several elements for a thing, the cheapest stands for it; a component stands for a component.
"""

from collections.abc import Sequence

from streamlit.proto.Delta_pb2 import Delta

LABEL = "Something of about this length"
LINES = {
    "heading": "st.title({label!r}, anchor=False)",
    "markdown": "st.caption({label!r})",
    "html": "st.html('<style>.nothing {{ color: inherit; }}</style>')",
    "text": "st.text({label!r})",
    "button": "st.button({label!r}, key={key!r})",
    "page_link": "st.link_button({label!r}, 'https://example.org')",
    "bidi_component": "stand_in.component(key={key!r}, on_chosen_change=stand_in.nothing, data=[{{'form': ''}}])",
    "flex_container": "st.container()",
    "expandable": "st.expander({label!r})",
}
START = "import streamlit as st\n\nimport stand_in\n"
# A module of its own, because a component is registered once, not in every run.
STAND_IN = """
import streamlit as st

component = st.components.v2.component("stand_in", html="<p></p>", js="export default () => {}")


def nothing():
    pass
"""
FRAGMENT = "\n@st.fragment\ndef fragment():"


def bare_page(page: Sequence[str], fragment: Sequence[str], *, acted_on: str, key: str) -> str:
    """A script that draws elements of these kinds, and those of `fragment` in a fragment below.

    The first of kind `acted_on` in the fragment has `key`. A fragment brings a container of its own, which
    stands for the first container in `fragment`.
    """
    outer = [_line(kind, f"outer_{number}") for number, kind in enumerate(page)]
    rest = list(fragment)
    if "flex_container" in rest:
        rest.remove("flex_container")
    chosen = rest.index(acted_on)
    inner = [_line(kind, key if number == chosen else f"inner_{number}") for number, kind in enumerate(rest)]
    return "\n".join((START, *outer, FRAGMENT, *(f"    {line}" for line in inner), "\n\nfragment()\n"))


def kind(delta: Delta) -> str:
    """What kind of element or container this is."""
    if delta.WhichOneof("type") == "new_element":
        return delta.new_element.WhichOneof("type") or "empty"
    return delta.add_block.WhichOneof("type") or "flex_container"


def _line(kind: str, key: str) -> str:
    return LINES.get(kind, LINES["text"]).format(label=LABEL, key=key)
