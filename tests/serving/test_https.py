"""An operator who says that people come by https gets a server that insists on it."""

import gc
from pathlib import Path
from typing import Any

import pytest

import kapjournal.application
import kapjournal.serving
from kapjournal.__main__ import main


@pytest.mark.parametrize(("setting", "https"), [("1", True), ("0", False), (None, False)])
def test_the_setting_reaches_the_server(
    setting: str | None, https: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[dict[str, Any]] = []
    monkeypatch.setattr(kapjournal.serving, "serve", lambda _app, **options: started.append(options))
    monkeypatch.setattr(kapjournal.application, "_application", None)
    monkeypatch.setenv("KAPJOURNAL_DATA", str(tmp_path / "data"))
    if setting is not None:
        monkeypatch.setenv("KAPJOURNAL_HTTPS", setting)
    assert main(["serve"]) == 0
    assert gc.isenabled()  # it is off while a server starts
    assert [it["https"] for it in started] == [https]
    kapjournal.application.application().close()
