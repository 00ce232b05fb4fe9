"""Websocket messages that were sent together leave together."""

import asyncio

from kapjournal.serving.corked import _Corked


class Wire:
    """A transport that notes what it is given."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        assert not self.closed
        self.written.append(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


async def _written(wire: Wire, *, close: bool = False) -> None:
    corked = _Corked(wire, asyncio.get_running_loop())
    for data in (b"one ", b"two ", b"three"):
        corked.write(data)
    assert wire.written == []
    if close:
        corked.close()
        return
    await asyncio.sleep(0)
    corked.write(b"four")
    await asyncio.sleep(0)


def test_what_is_written_in_one_go_is_one_write() -> None:
    wire = Wire()
    asyncio.run(_written(wire))
    assert wire.written == [b"one two three", b"four"]


def test_nothing_is_lost_when_the_connection_is_closed() -> None:
    wire = Wire()
    asyncio.run(_written(wire, close=True))
    assert (wire.written, wire.closed) == ([b"one two three"], True)


async def _gone(wire: Wire) -> None:
    corked = _Corked(wire, asyncio.get_running_loop())
    corked.write(b"too late")
    wire.closed = True
    await asyncio.sleep(0)


def test_nothing_is_written_to_a_connection_that_is_gone() -> None:
    wire = Wire()
    asyncio.run(_gone(wire))
    assert wire.written == []
