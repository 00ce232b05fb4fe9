"""Everything that can go wrong, by name. Turned into words in one place: `pages/parts/notices.py`.

No error carries what a person wrote.
"""


class KapjournalError(Exception):
    """The common ancestor: a page shows a calm sentence for each of these."""


class SettingsRefused(KapjournalError):
    """The program cannot start safely; the message says what to do."""


class StorageUnavailable(KapjournalError):
    """The database is locked, full, gone or too slow. Nothing was saved; trying again is safe."""


class StorageNewer(SettingsRefused):
    """The database was written by a newer kapjournal."""


class StorageDamaged(SettingsRefused):
    """The database file cannot be read as a database."""


class SignedOut(KapjournalError):
    """There is no such sign-in: never was, ended, expired, or of another browser."""


class SignInRefused(KapjournalError):
    """Login name and passphrase do not belong together; which of them is wrong is not said."""


class WrongPassphrase(KapjournalError):
    """What somebody who is signed in typed is not their passphrase."""


class ConfirmFirst(KapjournalError):
    """This needs a proof of the passphrase that is not older than ten minutes."""


class HalfEnded(KapjournalError):
    """The passphrase, or the recovery code, was right too long ago for the second step, or was used already."""


class MistypedFactorCode(KapjournalError):
    """This is neither six digits nor a backup code."""


class FactorCodeRefused(KapjournalError):
    """The code of a second factor is wrong, or has been used."""


class SecondFactorMissing(KapjournalError):
    """There is no second factor, and this needs one."""


class SecondFactorLost(KapjournalError):
    """A second factor is needed, and what it is checked against is gone or does not open."""


class RecoveryRefused(KapjournalError):
    """No account has this recovery code."""


class MistypedRecoveryCode(KapjournalError):
    """The recovery code has a wrong character or length."""


class TooManyTries(KapjournalError):
    """Guessing is slowed down."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Busy(KapjournalError):
    """Too many people sign in at this moment."""


class LoginTaken(KapjournalError):
    """Somebody has this login name already."""


class UnsuitableLogin(KapjournalError):
    """A login name must have 3 to 200 visible characters."""


class WeakPassphrase(KapjournalError):
    """A passphrase is too short, too long or too easy to guess."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAllowed(KapjournalError):
    """This person may not do this, or there is no such thing; which of the two is not said."""


class TooLong(KapjournalError):
    """A text is longer than its limit."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(length, limit)
        self.length = length
        self.limit = limit


class TooManyLines(KapjournalError):
    """A list has more lines than its limit."""

    def __init__(self, count: int, limit: int) -> None:
        super().__init__(count, limit)
        self.count = count
        self.limit = limit


class UnsuitableText(KapjournalError):
    """A text has characters that cannot be kept, such as NUL or half of a surrogate pair."""


class OutOfRange(KapjournalError):
    """A number, date or choice is not one of those possible. `field` names which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class AnswersRefused(KapjournalError):
    """Answers to a measure cannot be scored: some are missing, given twice or not among the options.

    The message says which; it names items, never an answer.
    """


class ChangedElsewhere(KapjournalError):
    """The record was changed in another tab since it was drawn here."""


class DamagedRecord(KapjournalError):
    """A stored record does not open: it was changed outside the program."""


class DamagedRecording(DamagedRecord):
    """A stored recording does not open, or a part of it is missing."""


class EmptyRecording(KapjournalError):
    """There is no sound in a recording."""


class NotARecording(KapjournalError):
    """The bytes do not begin as a sound that a browser records: WebM, Ogg or MP4."""


class RecordingTooLarge(KapjournalError):
    """A recording has more bytes than can be kept."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(size, limit)
        self.size = size
        self.limit = limit


class TooLateToUndo(KapjournalError):
    """What was deleted is gone for good."""


class IntentionKept(KapjournalError):
    """The session has begun: its intention stays as it was."""


class MistypedTherapistCode(KapjournalError):
    """The therapist's code has a wrong character or length."""


class NoSuchTherapist(KapjournalError):
    """No therapist has this code."""


class SharingRefused(KapjournalError):
    """The keys of a link are not those that both sides hold: somebody may have changed the database."""


class NotToday(KapjournalError):
    """Nothing new is shared on the day of a session until the patient has slept."""


class LinkOver(KapjournalError):
    """The link has ended, or is paused."""
