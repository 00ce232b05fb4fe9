"""Every address this server answers. What is not in this table does not exist.

Of Streamlit's own addresses only those stay that the browser needs: health, host configuration, the
websocket and the static files. Uploads, media, components on disk, metrics and the agent API answer 404.
"""

import re
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from streamlit import config
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.pages_manager import PagesManager

from kapjournal.serving.assets import FOREVER, ONE_DAY, Assets
from kapjournal.serving.codings import Coding, accepted_coding, coding_headers, compressed
from kapjournal.serving.delivery import delivering_at_once
from kapjournal.serving.guards import RefuseForeign, SecurityHeaders
from kapjournal.serving.options import check_options
from kapjournal.serving.page import OURS, content_security_policy, front_page, page_paths
from kapjournal.serving.quiet import Traffic, collecting_when_quiet

NOT_FOUND = (OURS / "not_found.html").read_bytes()
STREAMLITS = Path(st.__file__).parent / "static"
_PRELOADED = re.compile(r'(?:src|href)="\.(/static/[^"]+)"')


def asgi(app_script: Path, *, https: bool = False) -> ASGIApp:
    """The whole application for an ASGI server; one per process.

    `https`: people reach it by https only, so browsers are told never to try anything else.
    Raises SettingsRefused if an option that safety rests on is not in force.
    """
    script = app_script.resolve()
    if str(script.parent) not in sys.path:
        sys.path.insert(0, str(script.parent))
    # Components that other packages bring are not served, and to find them Streamlit reads every installed package.
    BidiComponentManager.discover_and_register_components = _find_none  # type: ignore[method-assign,assignment]
    streamlit = st.App(script)
    # Otherwise the first visit after a start, if it is not to `/`, is told that there is no such page:
    # until somebody has run `st.navigation`, Streamlit takes `pages/` for its older kind of pages.
    PagesManager.uses_pages_directory = False
    config.get_config_options(force_reparse=True)
    check_options()
    page = front_page((STREAMLITS / "index.html").read_text("utf-8"))
    traffic = Traffic(streamlit)
    app = _application(script, page, streamlit, traffic)
    guarded = RefuseForeign(app, allowed=config.get_option("server.corsAllowedOrigins"))
    return SecurityHeaders(guarded, policy=content_security_policy(page), https=https)


def _find_none(_manager: BidiComponentManager, *, start_file_watching: bool = True) -> None:
    """There are no components but ours, and those are text."""


def _application(script: Path, page: str, streamlit: st.App, traffic: Traffic) -> Starlette:
    static = Assets(STREAMLITS / "static", prefix="/static/", cache_control=FOREVER)
    ours = Assets(OURS, prefix="/", cache_control=ONE_DAY)
    start = Start(page)
    running = streamlit.lifespan()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        threading.Thread(target=static.warm, args=(_PRELOADED.findall(page),), daemon=True).start()
        async with running(app):
            with delivering_at_once(), collecting_when_quiet(traffic):
                yield

    app = Starlette(
        routes=[
            *(Route(path, start.get) for path in page_paths(script)),
            Route("/healthz", healthz),
            Route("/static/{path:path}", static.get),
            *(Route(path, ours.get) for path in ("/icon.svg", "/icon.png", "/manifest.webmanifest")),
            Route("/_stcore/health", streamlit),
            Route("/_stcore/host-config", streamlit),
            WebSocketRoute("/_stcore/stream", traffic),
        ],
        exception_handlers={404: not_found},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app


class Start:
    """The document every page starts from, in every coding."""

    def __init__(self, page: str) -> None:
        codings: tuple[Coding, ...] = ("br", "gzip", "identity")
        self._bodies = {coding: compressed(page.encode(), coding) for coding in codings}

    async def get(self, request: Request) -> Response:
        """The document, which browsers ask for anew each time."""
        coding = accepted_coding(request)
        return HTMLResponse(self._bodies[coding], headers=coding_headers(coding))


async def healthz(_request: Request) -> Response:
    """`ok` for whoever watches this process; it answers as soon as people can sign in."""
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})


async def not_found(_request: Request, _error: Exception) -> Response:
    """A calm page with the way back. Streamlit alone would answer any path with an empty page and 200."""
    return HTMLResponse(NOT_FOUND, 404)
