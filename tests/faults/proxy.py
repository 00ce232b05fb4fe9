"""A network that can be stalled, cut, and halved in the middle of a message."""

import socket
import struct
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

CHUNK = 65_536
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: an end without goodbye


class Proxy:
    """Passes every connection to `address` on to a port of this machine, as long as it is not told otherwise."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._flowing = threading.Event()
        self._cut = False
        self._halve: str | None = None
        self._sockets: set[socket.socket] = set()
        self.mend()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.close()
        self.mend()
        self._reset_all()

    def stall(self) -> None:
        """Hold every byte back, and every connection open."""
        self._flowing.clear()

    def cut(self) -> None:
        """Break every connection, and every new one."""
        self._cut = True
        self._reset_all()

    def halve(self, way: str) -> None:
        """Break the connection in the middle of the next message that goes `up` or `down`; new ones too."""
        self._halve = way

    def mend(self) -> None:
        """Pass everything on again; what was held back first."""
        self._cut = False
        self._halve = None
        self._flowing.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                self._connect(self._listening.accept()[0])

    def _connect(self, client: socket.socket) -> None:
        if self._cut:
            client.close()
            return
        try:
            server = socket.create_connection(("127.0.0.1", self._port), timeout=5)
        except OSError:
            client.close()
            return
        server.settimeout(None)
        self._sockets |= {client, server}
        for source, target, way in ((client, server, "up"), (server, client, "down")):
            threading.Thread(target=self._pump, args=(source, target, way), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, way: str) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                self._flowing.wait()
                if self._halve == way:
                    target.sendall(data[: len(data) // 2])
                    self.cut()
                    return
                target.sendall(data)
        self._reset(source, target)

    def _reset_all(self) -> None:
        self._reset(*self._sockets)

    def _reset(self, *sockets: socket.socket) -> None:
        for it in sockets:
            self._sockets.discard(it)
            with suppress(OSError):
                it.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                it.shutdown(socket.SHUT_RDWR)
            it.close()
