"""The people of the tests, and the stage they stand on."""

import hashlib
import time
from functools import cache, cached_property
from threading import Lock
from typing import Any

import msgspec
from pyotp import TOTP
from sqlalchemy import Engine

from kapjournal.application import Everything
from kapjournal.clock import Moment, moment
from kapjournal.content import Content, load_content
from kapjournal.people import second_factor
from kapjournal.people.signing_in import finish_sign_in, sign_in, sign_up
from kapjournal.people.values import Arrival, Half, Role
from kapjournal.records import SignedIn, Store, Work
from kapjournal.sharing.keeping import Keeper

SECRET = bytes(range(32))
BROWSER, OTHER_BROWSER = b"b" * 32, b"o" * 32
NOON = 1_790_000_000
ZONE = "Europe/Berlin"
PASSPHRASE = "lantern orbit walnut {name} tide"


@cache
def content() -> Content:
    """Our own content, read once."""
    return load_content()


class Cast:
    """Four people on one database, each signed up when first asked for."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.at = NOON
        self.store = self.new_store()
        self.secrets: dict[bytes, str] = {}

    def new_store(self) -> Store:
        """What another process on the same database would hold."""
        decoder = msgspec.json.Decoder(Everything)
        return Store(self.engine, SECRET, decoder, lineage=bytes(16), keeper=Keeper(content()))

    def work(self, store: Store | None = None) -> Work:
        return Work(store or self.store, self.at)

    def now(self, zone: str = ZONE) -> Moment:
        return moment(self.at, zone)

    def later(self, seconds: float) -> None:
        """Let time pass for everybody."""
        self.at += int(seconds)

    def enter(self, name: str, passphrase: str | None = None, *, store: Store | None = None) -> SignedIn:
        """Sign in somebody who has arrived, as from another device."""
        typed = PASSPHRASE.format(name=name) if passphrase is None else passphrase
        work, label = self.work(store), "Firefox on Windows"
        it = sign_in(work, login=name, passphrase=typed, browser=BROWSER, label=label)
        if isinstance(it, Half):
            code = self.code_of(it.account)
            it = finish_sign_in(self.work(store), half=it, code=code, browser=BROWSER, label=label)
        return it.signed_in

    def turn_on_factor(self, by: SignedIn) -> tuple[str, ...]:
        """Give somebody a second factor, whose codes `code_of` then makes; their backup codes."""
        secret = second_factor.begin(self.work(), by=by).secret
        self.secrets[by.account] = secret
        code = TOTP(secret).at(self.at)
        return second_factor.turn_on(self.work(), by=by, secret=secret, code=code)

    def code_of(self, account: bytes) -> str:
        """The next code of somebody's second factor; each is another one, so that half a minute passes."""
        self.later(30)
        return TOTP(self.secrets[account]).at(self.at)

    def arrive(self, name: str, role: Role) -> Arrival:
        return sign_up(
            self.work(),
            login=name,
            passphrase=PASSPHRASE.format(name=name),
            role=role,
            browser=BROWSER,
            label="Chrome on Android",
        )

    @cached_property
    def alice(self) -> SignedIn:
        return self.arrive("alice", "patient").signed_in

    @cached_property
    def bob(self) -> SignedIn:
        return self.arrive("bob@example.org", "therapist").signed_in

    @cached_property
    def charlie(self) -> SignedIn:
        return self.arrive("charlie", "therapist").signed_in

    @cached_property
    def dora(self) -> SignedIn:
        return self.arrive("dora", "patient").signed_in


class Watched:
    """Stands in for the password hash: counts its calls and how many ran at once, and costs next to nothing."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.calls = self.at_once = self._running = 0
        self._seconds = seconds
        self._lock = Lock()

    def __call__(self, *, outlen: int, passwd: bytes, salt: bytes, **_price: Any) -> bytes:
        with self._lock:
            self.calls += 1
            self._running += 1
            self.at_once = max(self.at_once, self._running)
        time.sleep(self._seconds)
        with self._lock:
            self._running -= 1
        return hashlib.blake2b(passwd, key=salt, digest_size=outlen).digest()
