"""Which addresses exist, and what the document behind the pages says."""

import json

import pytest

from tests.serving.asking import ask

pytestmark = pytest.mark.xdist_group("serving")


@pytest.mark.parametrize("path", ["/", "/today", "/welcome", "/patients", "/today?entry=a1b2"])
def test_every_page_answers_with_the_one_document(address: str, path: str) -> None:
    answer = ask(address, path)
    assert answer.status == 200
    assert b"<title>kapjournal</title>" in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/elsewhere",
        "/today/",
        "/today/more",
        "/__init__",
        "/nav",
        "/index.html",
        "/manifest.json",
        "/head.html",
        "/static/js/none.js",
        "/static/%2e%2e/index.html",
        "/static/../../config.py",
        "//elsewhere.example/",
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
        "/_stcore/upload_file/session/file",
        "/_stcore/bidi-components/hello/main.js",
        "/component/hello/index.html",
        "/media/abc.png",
        "/app/static/notes.txt",
        "/auth/login",
        "/oauth2callback",
    ],
)
def test_everything_else_is_not_here(address: str, path: str) -> None:
    answer = ask(address, path)
    assert answer.status == 404
    assert b"This page is not here." in answer.body


@pytest.mark.parametrize("path", ["/_stcore/agent/interact", "/_stcore/upload_file/session/file"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_changing_requests_find_nothing_either(address: str, method: str, path: str) -> None:
    assert ask(address, path, method).status == 404


def test_the_launcher_says_that_it_is_well(address: str) -> None:
    answer = ask(address, "/healthz")
    assert (answer.status, answer.body, answer.headers["Content-Type"]) == (
        200,
        b"ok",
        "text/plain; charset=utf-8",
    )


def test_streamlits_health_stays_and_gives_the_browser_its_token(address: str) -> None:
    answer = ask(address, "/_stcore/health")
    assert answer.status == 200
    assert answer.headers["Set-Cookie"].startswith("_streamlit_xsrf=")


@pytest.mark.parametrize("path", ["/", "/healthz", "/icon.svg"])
def test_head_answers_like_get_without_a_body(address: str, path: str) -> None:
    answer = ask(address, path, "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Length"] == ask(address, path).headers["Content-Length"]


def test_a_page_cannot_be_posted_to(address: str) -> None:
    assert ask(address, "/today", "POST").status == 405


def test_the_manifest_names_icons_that_exist(address: str) -> None:
    manifest = json.loads(ask(address, "/manifest.webmanifest").body)
    for icon in manifest["icons"]:
        answer = ask(address, icon["src"])
        assert (answer.status, answer.headers["Content-Type"]) == (200, icon["type"])


def test_nothing_says_what_the_server_is_made_of(address: str) -> None:
    answer = ask(address, "/")
    assert "Server" not in answer.headers
    assert b"agent" not in answer.body
