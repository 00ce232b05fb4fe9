"""Content codings: which one a browser wants, and one body in it."""

import gzip
import re
from typing import Literal

import brotli  # type: ignore[import-untyped]  # it comes without types
from starlette.requests import Request

Coding = Literal["br", "gzip", "identity"]

BROTLI_QUALITY = 8  # 11 would save another tenth and take twenty times as long
_REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")


def accepted_coding(request: Request) -> Coding:
    """The smallest coding the request accepts. Browsers name `br` on https and on this machine only."""
    offers = request.headers.get("accept-encoding", "").lower().split(",")
    names = {offer.split(";")[0].strip() for offer in offers if not _REFUSED.search(offer)}
    return "br" if "br" in names else "gzip" if "gzip" in names else "identity"


def compressed(body: bytes, coding: Coding) -> bytes:
    """`body` in this coding; the same bytes every time."""
    if coding == "br":
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY))
    if coding == "gzip":
        return gzip.compress(body, compresslevel=9, mtime=0)
    return body


def coding_headers(coding: Coding) -> dict[str, str]:
    """The headers that go with a body for which several codings exist."""
    if coding == "identity":
        return {"Vary": "Accept-Encoding"}
    return {"Vary": "Accept-Encoding", "Content-Encoding": coding}
