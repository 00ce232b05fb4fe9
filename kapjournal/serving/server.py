"""Running the application on uvicorn until somebody asks it to stop.

Nothing is written about single requests: the addresses of pages name records.
"""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from uvicorn.server import HANDLED_SIGNALS

from kapjournal.errors import SettingsRefused
from kapjournal.serving.corked import CorkedProtocol
from kapjournal.serving.routes import asgi

FIRST_PORT = 8501
PORTS_TRIED = 100
WAITING_CONNECTIONS = 2048
PING_SECONDS = 30.0  # as Streamlit's own server does
GRACE_SECONDS = 1


def say_address(address: str) -> None:
    """Print where the application is, on a line of its own."""
    print(address, flush=True)


def serve(
    app_script: Path,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    https: bool = False,
    on_ready: Callable[[str], None] = say_address,
) -> None:
    """Serve until SIGTERM or SIGINT, then return within 3 seconds, whoever is still connected.

    `port` None takes 8501 or the next free one. `https` says that a proxy in front speaks https to
    people. `on_ready` is called once with the address, when it answers. Call it from the main thread.
    Raises SettingsRefused if the options, the host or the port do not allow to start.
    """
    app = asgi(app_script, https=https)
    listening = _listen(host, port)
    settings = uvicorn.Config(
        app,
        access_log=False,
        lifespan="on",
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws=CorkedProtocol,
        ws_per_message_deflate=False,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
    )
    server = _Server(settings, lambda: on_ready(_address(host, listening)))
    with listening:
        server.run(sockets=[listening])


class _Server(uvicorn.Server):
    """Uvicorn's server, except that it says when it is ready, and that a signal only ends `run`.

    Uvicorn raises the signal again afterwards, which would end the process before its caller has
    closed what it opened.
    """

    def __init__(self, settings: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(settings)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, self.handle_exit) for number in HANDLED_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _listen(host: str, port: int | None) -> socket.socket:
    ports = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if port is None else (port,)
    for candidate in ports:
        try:
            return _bound(host, candidate)
        except OSError as error:
            refusal = error
    raise SettingsRefused(
        f"Cannot listen on {host}, port {ports[0]}: {refusal.strerror or refusal}. "
        "Choose another with KAPJOURNAL_HOST and KAPJOURNAL_PORT."
    )


def _bound(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.create_server(address, family=family, backlog=WAITING_CONNECTIONS)
    # Connections inherit it. Without, small messages wait 40 ms where uvloop does not set it itself.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _address(host: str, listening: socket.socket) -> str:
    """What to open in a browser on this machine, also where the host means every network."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{name}:{listening.getsockname()[1]}"
