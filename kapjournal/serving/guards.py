"""What stands before every address: nobody else's page gets in, and every answer carries its headers.

Plain ASGI, so that nothing is buffered on the way.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HARMLESS_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY_VIOLATION = 1008  # RFC 6455, section 7.4.1
ALWAYS = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
# A page has a hundred static files; on each, these would cost more bytes than many of the files.
NOT_ON_STATIC_FILES = {
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "microphone=(self), camera=(), display-capture=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TWO_YEARS = "max-age=63072000; includeSubDomains"


class RefuseForeign:
    """Refuses a websocket or a changing request that another site's page asked a browser to make.

    `allowed` are further origins, for a proxy that does not pass the Host header on. A websocket must
    name its origin: every browser does.
    """

    def __init__(self, app: ASGIApp, *, allowed: Collection[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is our own page's; answer 403 to the rest."""
        if scope["type"] == "websocket" and self._refuses_websocket(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        elif scope["type"] == "http" and self._refuses_request(scope["method"], Headers(scope=scope)):
            await PlainTextResponse("Forbidden", 403)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refuses_websocket(self, headers: Headers) -> bool:
        return "origin" not in headers or self._is_foreign(headers)

    def _refuses_request(self, method: str, headers: Headers) -> bool:
        return method not in HARMLESS_METHODS and self._is_foreign(headers)

    def _is_foreign(self, headers: Headers) -> bool:
        host = headers.get("host", "").lower()
        return headers.get("sec-fetch-site") == "cross-site" or any(
            urlsplit(origin).netloc.lower() != host and origin not in self._allowed
            for origin in headers.getlist("origin")
        )


class SecurityHeaders:
    """Adds the security headers to every answer. `https` says that people reach us by https only."""

    def __init__(self, app: ASGIApp, *, policy: str, https: bool) -> None:
        self._app = app
        self._https = https
        self._static = {**ALWAYS, "Strict-Transport-Security": TWO_YEARS} if https else ALWAYS
        self._full = {**self._static, **NOT_ON_STATIC_FILES, "Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and add to what comes back. Messages of a websocket have no headers."""
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), is_static=scope["path"].startswith("/static/"))
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _add(self, headers: MutableHeaders, *, is_static: bool) -> None:
        is_html = headers.get("content-type", "").startswith("text/html")
        headers.update(self._static if is_static and not is_html else self._full)
        if is_html:
            headers["Cache-Control"] = "no-store"
        if self._https:
            _secure_cookies(headers)


def _secure_cookies(headers: MutableHeaders) -> None:
    """Streamlit marks its cookies Secure only where it holds the certificate itself."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")
