"""What a therapist does beside the browser: a second factor, the code, accepting; on the same database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyotp import TOTP

from kapjournal.application import Application, open_application
from kapjournal.people import second_factor
from kapjournal.people.signing_in import sign_in
from kapjournal.people.values import Arrival
from kapjournal.records import SignedIn
from kapjournal.settings import read_settings
from kapjournal.sharing import accepting, codes

BROWSER = b"t" * 32


class Therapist:
    """Signed in beside the server, on its database."""

    def __init__(self, application: Application, by: SignedIn) -> None:
        self.application = application
        self.by = by

    def code(self) -> str:
        """The code, as shown to a patient; with a second factor first."""
        if not second_factor.is_on(self.application.work(), by=self.by):
            work = self.application.work()
            secret = second_factor.begin(work, by=self.by).secret
            second_factor.turn_on(work, by=self.by, secret=secret, code=TOTP(secret).at(work.now))
        return codes.my_code(self.application.work(), by=self.by)

    def accept(self) -> list[str]:
        """Accept everything that is offered; the eight characters of each."""
        offers = [
            it for it in accepting.patients(self.application.work(), by=self.by) if it.state == "offered"
        ]
        now = self.application.now("UTC")
        for it in offers:
            accepting.accept(self.application.work(), by=self.by, link=it.link, now=now)
        return [it.comparison for it in offers]


@contextmanager
def beside(data: Path, login: str, passphrase: str) -> Iterator[Therapist]:
    """The therapist with these ways in."""
    application = open_application(read_settings({"KAPJOURNAL_DATA": str(data)}))
    try:
        it = sign_in(
            application.work(),
            login=login,
            passphrase=passphrase,
            browser=BROWSER,
            label="Firefox on Windows",
        )
        assert isinstance(it, Arrival)
        yield Therapist(application, it.signed_in)
    finally:
        application.close()
