"""Registers a component from the files beside this one. Nothing is packaged or served as a file.

html and css travel inside the script, as its constants HTML and CSS. Streamlit would rebuild the elements whenever one
of the three changes, but runs the script again only if the script or the data did: after an update of the server, an
open page would be left with a text box that nobody listens to.

What a script is told travels as the one element of a list. Streamlit looks into every value of a dict for something
like a table, and loads pandas to do so: a tenth of the time that Today or the text box takes.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.bidi_component.state import ComponentResult

_FOLDER = Path(__file__).parent


def register(name: str, *, parts: tuple[str, ...] = ()) -> Callable[..., ComponentResult]:
    """Mounts the component, with its `data`.

    It is made of what there is: `.css` and `.js` of every part and of `<name>`, and `<name>.html`.
    """
    styles = "".join(_read(part, "css") for part in (*parts, name))
    constants = [f"const HTML = {json.dumps(_read(name, 'html'))};", f"const CSS = {json.dumps(styles)};"]
    scripts = [_read(part, "js") for part in (*parts, name)]
    mount = st.components.v2.component(
        f"kapjournal_{name}", js="\n".join(constants + scripts), isolate_styles=True
    )

    def mounted(*, data: object, **more: Any) -> ComponentResult:
        return mount(data=data if isinstance(data, bytes) else [data], **more)

    return mounted


def _read(name: str, kind: str) -> str:
    file = _FOLDER / f"{name}.{kind}"
    return file.read_text(encoding="utf-8") if file.exists() else ""
