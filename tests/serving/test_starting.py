"""Starting says where, refuses what is unsafe, and ends when asked to."""

import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from streamlit import config
from websockets.exceptions import ConnectionClosed

from kapjournal.errors import SettingsRefused
from kapjournal.serving import server
from kapjournal.serving.options import REQUIRED, check_options
from kapjournal.serving.page import OURS, front_page
from tests.serving.asking import ask, connected
from tests.serving.conftest import REPOSITORY, launched

pytestmark = pytest.mark.xdist_group("serving")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_somebody_connected(app: Path, number: signal.Signals) -> None:
    with launched(app) as (process, address):
        assert ask(address, "/healthz").status == 200
        with connected(address, origin=address) as socket_of_a_page:
            process.send_signal(number)
            output, errors = process.communicate(timeout=10)  # 0.4 s, if nothing else runs on the machine
            with pytest.raises(ConnectionClosed):
                socket_of_a_page.recv(timeout=1)
        assert (process.returncode, output, errors) == (0, "closed\n", "")


def test_no_component_of_another_package_is_looked_for(app: Path) -> None:
    program = """
from pathlib import Path
from streamlit.components.v2 import manifest_scanner
manifest_scanner.scan_component_manifests = lambda: print("looked")
from kapjournal.serving import asgi
asgi(Path("app.py"))
"""
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY), "HOME": str(app)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=app, env=environ, capture_output=True, check=True
    )
    assert done.stdout == b""


def test_a_start_loads_nothing_that_only_pictures_or_migrations_need() -> None:
    program = (
        "import sys, kapjournal.application, kapjournal.serving; "
        "print(*({'numpy', 'pandas', 'pyarrow', 'alembic', 'typst'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, check=True)
    assert done.stdout == b"\n"


def test_a_wrong_option_is_named_with_what_to_do(app: Path) -> None:
    options = app / ".streamlit" / "config.toml"
    text = options.read_text("utf-8").replace("enableXsrfProtection = true", "enableXsrfProtection = false")
    options.write_text(text.replace("postScriptGC = false", ""), "utf-8")
    with launched(app) as (process, address):
        _, errors = process.communicate(timeout=10)
    assert address == ""
    assert "server.enableXsrfProtection is false and must be true" in errors
    assert "under [runner], write: postScriptGC = false" in errors


@pytest.mark.parametrize("key", REQUIRED)
def test_each_required_option_is_checked(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setattr(config, "get_option", lambda name: "other" if name == key else REQUIRED[name])
    with pytest.raises(SettingsRefused, match=re.escape(f'option {key} is "other"')):
        check_options()


def test_a_port_that_is_taken_is_refused_by_number() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsRefused, match=f"127.0.0.1, port {port}: Address already in use"):
            server._listen("127.0.0.1", port)


def test_without_a_port_the_next_free_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(server, "FIRST_PORT", port)
        with server._listen("127.0.0.1", None) as listening:
            assert port < listening.getsockname()[1] < port + server.PORTS_TRIED


@pytest.mark.parametrize(
    ("host", "name"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "[::1]"), ("::", "[::1]")],
)
def test_the_address_can_be_opened_on_this_machine(host: str, name: str) -> None:
    with server._listen("127.0.0.1", 0) as listening:
        assert server._address(host, listening) == f"http://{name}:{listening.getsockname()[1]}"


def test_small_messages_leave_at_once() -> None:
    with server._listen("127.0.0.1", 0) as listening:
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_another_document_of_streamlit_is_refused() -> None:
    with pytest.raises(SettingsRefused, match=r"requirements\.txt"):
        front_page("<html><head></head></html>")


@pytest.mark.parametrize("file", ["head.html", "not_found.html", "manifest.webmanifest"])
def test_our_own_files_use_the_colours_of_the_theme(file: str) -> None:
    theme = tomllib.loads((REPOSITORY / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    known = {*theme["light"].values(), *theme["dark"].values()}
    assert set(re.findall("#[0-9a-f]{6}", (OURS / file).read_text("utf-8"))) <= known
