"""The app without a browser: pages drawn by Streamlit's own test runner on both databases."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import kapjournal.application
from kapjournal.application import Application
from kapjournal.content import load_content
from kapjournal.people.preferences import change_preferences
from kapjournal.records import SignedIn
from kapjournal.settings import read_settings
from pages.parts import signed_in
from tests.cast import BROWSER, Cast

ROOT = Path(__file__).resolve().parents[2]


class Screen:
    """One tab. `errors` and `told` are what notices say."""

    def __init__(self, by: SignedIn | None) -> None:
        self.app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        self.app.session_state[signed_in.TOKEN] = "" if by is None else token(by)

    def open(self, name: str, **ids: bytes) -> "Screen":
        """Draw a page, as if its address had been typed."""
        self.app.run()
        for key, value in ids.items():
            self.app.query_params[key] = value.hex()
        folder = next(path.parent.name for path in (ROOT / "pages").glob(f"*/{name}.py"))
        self.app.switch_page(f"pages/{folder}/{name}.py")
        return self.run()

    def run(self) -> "Screen":
        self.app.run()
        assert not self.app.exception, self.app.exception[0].message
        return self

    def press(self, key: str) -> "Screen":
        self.app.button(key=key).click()
        return self.run()

    def rows(self, key: str) -> list[str]:
        """What can be rated in the rows of numbers with this key; nothing if there are none."""
        return [row["name"] for row in self._component(key).get("rows", [])]

    def rate(self, key: str, **ratings: int) -> "Screen":
        """Tap numbers."""
        chosen = {"form": self._component(key)["form"], "ratings": ratings}
        self.app.session_state[key] = {"chosen": chosen}
        return self

    def _component(self, key: str) -> dict[str, Any]:
        """What the component with this key was told."""
        protos = [it.proto for it in self.app.get("bidi_component")]
        return next((json.loads(it.json)[0] for it in protos if it.id.endswith(f"-{key}")), {})

    @property
    def title(self) -> str:
        return str(self.app.title[0].value)

    @property
    def errors(self) -> list[str]:
        return [it.value for it in self.app.error]

    @property
    def told(self) -> list[str]:
        return [it.value for it in self.app.success]

    @property
    def texts(self) -> str:
        return "\n".join(it.value for it in self.app.text)


def token(by: SignedIn) -> str:
    return f"{by.account.hex()}.{base64.urlsafe_b64encode(by.token).decode()}"


@pytest.fixture
def theatre(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast, with the application of this process on their database and at their time."""
    application = Application(read_settings({}), cast.store, lambda: cast.at, load_content())
    monkeypatch.setattr(kapjournal.application, "_application", application)
    monkeypatch.setattr(signed_in, "mark", lambda: BROWSER)
    return cast


@pytest.fixture
def alice(theatre: Cast) -> Screen:
    """Alice's tab; her recovery code is written down."""
    change_preferences(theatre.work(), by=theatre.alice, now=theatre.now(), recovery_written_down=True)
    return Screen(theatre.alice)
