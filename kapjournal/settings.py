"""Settings, from `KAPJOURNAL_…` in the environment or from Streamlit's secrets, checked at start.

The environment wins. Every problem is reported at once, with what to do about it.
"""

import base64
import binascii
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kapjournal.errors import SettingsRefused

SECRET_BYTES = 32
DEFAULT_MEMORY_MB = 256
NAMES = frozenset(
    {
        "KAPJOURNAL_SECRET",
        "KAPJOURNAL_DATA",
        "KAPJOURNAL_CLOUD",
        "KAPJOURNAL_CONTENT",
        "KAPJOURNAL_MEMORY_MB",
        "KAPJOURNAL_HOST",
        "KAPJOURNAL_PORT",
        "KAPJOURNAL_HTTPS",
        "KAPJOURNAL_TEST",
        "KAPJOURNAL_TEST_CLOCK",
        "KAPJOURNAL_TEST_FAULT",
    }
)


class Settings(NamedTuple):
    """What the operator decides. `secret` is None when none was given, `content` without content of their own."""

    database_url: str | None
    secret: bytes | None
    data: Path
    content: Path | None
    cloud: bool
    memory_mb: int
    host: str
    port: int | None
    https: bool

    def __repr__(self) -> str:
        return "Settings(…)"

    @property
    def disappears(self) -> bool:
        """Whether everything is lost when this server sleeps: Community Cloud without a database."""
        return self.cloud and self.database_url is None


def read_settings(environ: Mapping[str, str], secrets: Mapping[str, Any] | None = None) -> Settings:
    """Settings from the environment and, below it, from Streamlit's secrets. Raises SettingsRefused."""
    given = {**_from_secrets(secrets or {}), **{k: v for k, v in environ.items() if _is_ours(k)}}
    problems = [
        f"{name} is not a setting of kapjournal. Remove it or correct its name. Known: {', '.join(sorted(NAMES))}."
        for name in sorted(given)
        if name.startswith("KAPJOURNAL_") and name not in NAMES
    ]
    settings = Settings(
        database_url=_database_url(given, problems),
        secret=_secret(given, problems),
        data=Path(given.get("KAPJOURNAL_DATA") or "data"),
        content=Path(given["KAPJOURNAL_CONTENT"]) if given.get("KAPJOURNAL_CONTENT") else None,
        cloud=_switch(given, "KAPJOURNAL_CLOUD", problems),
        memory_mb=_number(given, "KAPJOURNAL_MEMORY_MB", range(16, 65537), problems) or DEFAULT_MEMORY_MB,
        host=given.get("KAPJOURNAL_HOST") or "127.0.0.1",
        port=_number(given, "KAPJOURNAL_PORT", range(1, 65536), problems),
        https=_switch(given, "KAPJOURNAL_HTTPS", problems),
    )
    if problems:
        raise SettingsRefused("\n".join(problems))
    return settings


def new_secret() -> str:
    """A fresh server secret as it is written in the environment."""
    return base64.b64encode(os.urandom(SECRET_BYTES)).decode()


def read_secret(text: str) -> bytes:
    """The 32 bytes of a written server secret. Raises SettingsRefused."""
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SettingsRefused(_BAD_SECRET) from error
    if len(secret) != SECRET_BYTES:
        raise SettingsRefused(_BAD_SECRET)
    return secret


_BAD_SECRET = (
    "KAPJOURNAL_SECRET must be 32 random bytes in base64. "
    "Make one with: python -m kapjournal secret. Keep it safe and apart from the database."
)


def _is_ours(name: str) -> bool:
    return name.startswith("KAPJOURNAL_") or name == "DATABASE_URL"


def _from_secrets(secrets: Mapping[str, Any]) -> dict[str, str]:
    found = {name: str(value) for name, value in secrets.items() if _is_ours(name)}
    connections = secrets.get("connections")
    connection = connections.get("kapjournal") if isinstance(connections, Mapping) else None
    if isinstance(connection, Mapping) and "url" in connection:
        found.setdefault("DATABASE_URL", str(connection["url"]))
    return found


def _database_url(given: Mapping[str, str], problems: list[str]) -> str | None:
    url = given.get("DATABASE_URL")
    if not url:
        return None
    if not url.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        problems.append(
            "DATABASE_URL must begin with postgresql://. Leave it out to keep everything in a local file."
        )
    return url


def _secret(given: Mapping[str, str], problems: list[str]) -> bytes | None:
    text = given.get("KAPJOURNAL_SECRET")
    if not text:
        return None
    try:
        return read_secret(text)
    except SettingsRefused as error:
        problems.append(str(error))
        return None


def _switch(given: Mapping[str, str], name: str, problems: list[str]) -> bool:
    text = given.get(name, "0").lower()
    if text not in {"0", "1", "true", "false", ""}:
        problems.append(f"{name} must be 1 or 0.")
    return text in {"1", "true"}


def _number(given: Mapping[str, str], name: str, allowed: range, problems: list[str]) -> int | None:
    text = given.get(name)
    if not text:
        return None
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(allowed.stop))
    if not digits or int(text) not in allowed:
        problems.append(f"{name} must be a whole number from {allowed.start} to {allowed.stop - 1}.")
        return None
    return int(text)
