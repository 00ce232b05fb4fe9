"""A real launcher in a process of its own, with a tiny application beside a copy of our options."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
LAUNCH = """
from pathlib import Path
from kapjournal.serving import serve
serve(Path("app.py"), port=0)
print("closed")
"""
APP = """
import streamlit as st
today = st.Page("pages/patient/today.py", title="Today", icon=":material/today:", default=True)
st.navigation([today, st.Page("pages/account/welcome.py", title="Welcome")], position="hidden").run()
"""
TODAY = """
import streamlit as st
st.title("Two days after your session")
hello = st.components.v2.component("hello", html="<p></p>", js='''
export default ({parentElement}) => { parentElement.querySelector("p").textContent = "it runs" }
''')
hello()
st.plotly_chart({"data": [{"y": [1, 3, 2], "type": "scatter"}]}, config={"displayModeBar": False})
"""


@contextmanager
def launched(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the first line it prints, which is empty if it refuses to start."""
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY), "HOME": str(folder)}
    with subprocess.Popen(
        [sys.executable, "-c", LAUNCH],
        cwd=folder,
        env=environ,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """The folder of an application with three pages, and a copy of our options."""
    return write_app(tmp_path)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where one launcher answers during all tests that change nothing."""
    with launched(write_app(tmp_path_factory.mktemp("app"))) as (_, address):
        yield address


def write_app(folder: Path) -> Path:
    pages = {
        "patient/today.py": TODAY,
        "account/welcome.py": 'import streamlit as st\nst.title("Welcome")',
        "therapist/patients.py": "",
        "patient/__init__.py": "",
        "parts/nav.py": "",
    }
    for name, text in pages.items():
        page = folder / "pages" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8")
    (folder / "app.py").write_text(APP, "utf-8")
    (folder / ".streamlit").mkdir()
    shutil.copy(REPOSITORY / ".streamlit" / "config.toml", folder / ".streamlit")
    return folder
