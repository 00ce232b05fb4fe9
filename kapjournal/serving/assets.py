"""Files for the browser, compressed when first asked for and then kept in memory.

Streamlit sends its own files as they are: 2.9 MB for a first visit, 7.4 MB with Plotly. Their names
carry a hash of their content, so a browser may keep them for a year without asking again. A file that
was not there at start does not exist, so no path of a request ever reaches the disk.
"""

import asyncio
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kapjournal.serving.codings import Coding, accepted_coding, coding_headers, compressed

FOREVER = "public, max-age=31536000, immutable"
ONE_DAY = "public, max-age=86400"
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
COMPRESSED_ALREADY = frozenset({".gif", ".png", ".woff2"})


class Kept(NamedTuple):
    """One file in one coding, ready to be sent."""

    body: bytes
    headers: dict[str, str]


class Assets:
    """The files below a folder under their paths. Safe to use from several threads."""

    def __init__(self, folder: Path, *, prefix: str, cache_control: str) -> None:
        self._files = {
            prefix + file.relative_to(folder).as_posix(): file
            for file in folder.rglob("*")
            if file.suffix in CONTENT_TYPES
        }
        self._kept: dict[tuple[str, Coding], Kept] = {}
        self._cache_control = cache_control

    async def get(self, request: Request) -> Response:
        """The file, 304 if the browser has it, or 404."""
        path = request.url.path
        if path not in self._files:
            raise HTTPException(404)
        coding = self._coding(path, accepted_coding(request))
        kept = self._kept.get((path, coding))
        if kept is None:
            kept = await asyncio.to_thread(self._keep, path, coding)
        if request.headers.get("if-none-match") == kept.headers["ETag"]:
            return Response(status_code=304, headers=kept.headers)
        return Response(kept.body, headers={**kept.headers, "Content-Type": self._content_type(path)})

    def warm(self, paths: Iterable[str]) -> None:
        """Compress these files for the first visitor, so that nobody waits for it."""
        for path in paths:
            self._keep(path, self._coding(path, "br"))

    def _coding(self, path: str, wanted: Coding) -> Coding:
        return "identity" if self._files[path].suffix in COMPRESSED_ALREADY else wanted

    def _content_type(self, path: str) -> str:
        return CONTENT_TYPES[self._files[path].suffix]

    def _keep(self, path: str, coding: Coding) -> Kept:
        body = compressed(self._files[path].read_bytes(), coding)
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"Cache-Control": self._cache_control, "ETag": etag, **coding_headers(coding)}
        kept = self._kept[path, coding] = Kept(body, headers)
        return kept
