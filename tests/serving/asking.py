"""One request, or one websocket, with exactly the headers that are given."""

from http.client import HTTPConnection, HTTPMessage
from typing import NamedTuple
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes


def ask(address: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """`headers` are spelled as Python names: `accept_encoding="br"`."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    try:
        connection.request(
            method, path, headers={name.replace("_", "-"): text for name, text in headers.items()}
        )
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def connected(
    address: str, path: str = "/_stcore/stream", *, origin: str | None, **headers: str
) -> ClientConnection:
    """A websocket as the browser opens it. Raises websockets' InvalidStatus when it is refused."""
    return connect(
        address.replace("http", "ws", 1) + path,
        origin=None if origin is None else Origin(origin),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={name.replace("_", "-"): text for name, text in headers.items()},
    )
