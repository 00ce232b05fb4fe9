"""Nobody else's page gets in, and answers carry the headers that keep it so."""

import asyncio
import base64
import hashlib
import re

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message
from websockets.exceptions import InvalidStatus

from kapjournal.serving.guards import RefuseForeign, SecurityHeaders
from tests.serving.asking import ask, connected

pytestmark = pytest.mark.xdist_group("serving")

ELSEWHERE = "https://elsewhere.example"


def test_our_own_page_opens_a_websocket(address: str) -> None:
    with connected(address, origin=address) as socket:
        assert socket.subprotocol == "streamlit"


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "http://127.0.0.1:1", None])
def test_any_other_websocket_is_refused(address: str, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        connected(address, origin=origin)
    assert refusal.value.response.status_code == 403


def test_a_websocket_that_the_browser_calls_cross_site_is_refused(address: str) -> None:
    with pytest.raises(InvalidStatus):
        connected(address, origin=address, sec_fetch_site="cross-site")


def test_a_websocket_leads_nowhere_else(address: str) -> None:
    with pytest.raises(InvalidStatus):
        connected(address, "/today", origin=address)


def test_a_foreign_post_is_forbidden(address: str) -> None:
    assert ask(address, "/today", "POST", origin=ELSEWHERE).status == 403
    assert ask(address, "/today", "POST", sec_fetch_site="cross-site").status == 403


def test_a_link_from_elsewhere_opens_the_page(address: str) -> None:
    assert ask(address, "/today", sec_fetch_site="cross-site").status == 200


def test_the_policy_allows_exactly_the_inline_scripts_of_the_page(address: str) -> None:
    answer = ask(address, "/")
    scripts = re.findall(rb"<script>(.*?)</script>", answer.body, re.DOTALL)
    hashes = {base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts}
    policy = answer.headers["Content-Security-Policy"]
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert "'unsafe-eval'" not in policy


@pytest.mark.parametrize("path", ["/", "/healthz", "/_stcore/health", "/elsewhere", "/static/js/none.js"])
def test_answers_carry_the_security_headers(address: str, path: str) -> None:
    headers = ask(address, path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("microphone=(self), camera=()")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "Strict-Transport-Security" not in headers


def answered(app: ASGIApp, path: str = "/", method: str = "GET", **headers: str) -> Message:
    """The start of the answer, without a server."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    raw = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]

    async def run() -> None:
        await app({"type": "http", "method": method, "path": path, "headers": raw}, receive, send)

    asyncio.run(run())
    return sent[0]


@pytest.mark.parametrize("https", [True, False])
def test_https_is_insisted_on_only_where_it_is_spoken(https: bool) -> None:
    greeting = PlainTextResponse("hello")
    greeting.set_cookie("token", "1")
    greeting.set_cookie("other", "2", secure=True)
    headers = Headers(raw=answered(SecurityHeaders(greeting, policy="", https=https))["headers"])
    assert ("strict-transport-security" in headers) is https
    assert [cookie.count("Secure") for cookie in headers.getlist("set-cookie")] == [int(https), 1]


@pytest.mark.parametrize(("allowed", "status"), [((ELSEWHERE,), 200), ((), 403)])
def test_an_origin_of_the_configuration_is_our_own(allowed: tuple[str, ...], status: int) -> None:
    app = RefuseForeign(PlainTextResponse("hello"), allowed=allowed)
    assert answered(app, method="POST", host="inside:8501", origin=ELSEWHERE)["status"] == status
