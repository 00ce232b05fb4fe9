"""Hide lengths: every mood has the same size, and a text shows only roughly how long it is."""

from kapjournal.vault.errors import Tampered

SMALLEST = 512
DOUBLING_UNTIL = 4096


def padded_size(length: int) -> int:
    """The size in bytes after padding: 512, 1024, 2048, 4096, then steps of an eighth of a power of two."""
    needed = length + 1
    if needed <= DOUBLING_UNTIL:
        return max(SMALLEST, 1 << (needed - 1).bit_length())
    step = (1 << ((needed - 1).bit_length() - 1)) // 8
    return -(-needed // step) * step


def pad(data: bytes) -> bytes:
    """`data`, a 0x80 byte, then zeros up to `padded_size` (ISO/IEC 7816-4)."""
    return data + b"\x80" + bytes(padded_size(len(data)) - len(data) - 1)


def unpad(data: bytes) -> bytes:
    """What `pad` was given. Raises Tampered if there is no padding."""
    stripped = data.rstrip(b"\0")
    if stripped[-1:] != b"\x80":
        raise Tampered("padding")
    return stripped[:-1]
