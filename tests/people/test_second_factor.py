"""The second factor: turned on once it is proven, each code once, backup codes, guessing slowed down."""

import base64
from collections.abc import Callable

import pyotp
import pytest
from sqlalchemy import func, select

from kapjournal.database.tables import backup_codes, factors
from kapjournal.errors import (
    ConfirmFirst,
    FactorCodeRefused,
    MistypedFactorCode,
    NotAllowed,
    OutOfRange,
    SecondFactorMissing,
    SignedOut,
    TooManyTries,
)
from kapjournal.people.preferences import change_preferences
from kapjournal.people.second_factor import (
    backup_codes_left,
    begin,
    is_on,
    new_backup_codes,
    require_factor,
    turn_off,
    turn_on,
)
from kapjournal.people.signing_in import finish_sign_in, sign_in
from kapjournal.people.values import Arrival, Half
from kapjournal.records import SignedIn, Work
from kapjournal.vault.codes import new_backup_code
from tests.cast import BROWSER, PASSPHRASE, Cast

pytestmark = pytest.mark.usefixtures("derivations")

STEP = 30
FROM_THE_RFC = [  # RFC 6238, appendix B, SHA-1; the last six of its eight digits
    (59, "287082"),
    (1_111_111_109, "081804"),
    (1_234_567_890, "005924"),
    (20_000_000_000, "353130"),
]


def rows(cast: Cast, table: object) -> int:
    with cast.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


def half_of(cast: Cast, name: str = "alice") -> Half:
    typed = PASSPHRASE.format(name=name)
    half = sign_in(cast.work(), login=name, passphrase=typed, browser=BROWSER, label="Safari on iPad")
    assert isinstance(half, Half)
    return half


def finish(cast: Cast, half: Half, code: str) -> Arrival:
    return finish_sign_in(cast.work(), half=half, code=code, browser=BROWSER, label="Safari on iPad")


def code_at(cast: Cast, steps: int) -> str:
    """Alice's code so many half minutes from now."""
    return pyotp.TOTP(cast.secrets[cast.alice.account]).at(cast.at + steps * STEP)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_nothing_is_stored_until_a_code_proves_it(cast: Cast) -> None:
    it = begin(cast.work(), by=cast.alice)
    with pytest.raises(FactorCodeRefused):
        turn_on(cast.work(), by=cast.alice, secret=it.secret, code=wrong(pyotp.TOTP(it.secret).at(cast.at)))
    assert (rows(cast, factors), rows(cast, backup_codes)) == (0, 0)
    assert not is_on(cast.work(), by=cast.alice)
    assert isinstance(cast.enter("alice"), SignedIn)


def test_two_offers_differ_and_have_160_random_bits(cast: Cast) -> None:
    one, two = (begin(cast.work(), by=cast.alice).secret for _offer in range(2))
    assert one != two
    assert len(base64.b32decode(one)) == 20


@pytest.mark.parametrize(("name", "shown"), [("Ada: Blå, 1", "Ada: Blå, 1"), ("", "patient")])
def test_the_address_for_an_app_says_whose_it_is_and_makes_the_same_codes(
    cast: Cast, name: str, shown: str
) -> None:
    change_preferences(cast.work(), by=cast.alice, now=cast.now(), name=name)
    it = begin(cast.work(), by=cast.alice)
    read = pyotp.parse_uri(it.uri)
    assert it.uri.startswith("otpauth://totp/kapjournal:")
    assert isinstance(read, pyotp.TOTP)
    assert (read.issuer, read.name, read.at(cast.at)) == (
        "kapjournal",
        shown,
        pyotp.TOTP(it.secret).at(cast.at),
    )


@pytest.mark.parametrize(("at", "code"), FROM_THE_RFC)
def test_codes_are_those_of_the_standard(cast: Cast, at: int, code: str) -> None:
    cast.at = at
    by, secret = cast.alice, base64.b32encode(b"12345678901234567890").decode()
    assert len(turn_on(cast.work(), by=by, secret=secret, code=code)) == 10


@pytest.mark.parametrize("secret", ["", "A", "AAAA", "A" * 31, "a" * 32, "0" * 32, "é" * 32, "A" * 40])
def test_a_secret_that_is_none_is_refused(cast: Cast, secret: str) -> None:
    with pytest.raises(OutOfRange, match="secret"):
        turn_on(cast.work(), by=cast.alice, secret=secret, code="000000")


def test_ten_different_backup_codes_are_given_once(cast: Cast) -> None:
    codes = cast.turn_on_factor(cast.alice)
    assert len(set(codes)) == rows(cast, backup_codes) == backup_codes_left(cast.work(), by=cast.alice) == 10
    assert {tuple(map(len, code.split("-"))) for code in codes} == {(4, 4, 4, 4, 4, 5)}


def test_the_passphrase_alone_opens_nothing(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    half = half_of(cast)
    with pytest.raises(SignedOut):
        cast.work().role(SignedIn(half.account, half.token, BROWSER))
    assert cast.work().role(finish(cast, half, cast.code_of(half.account)).signed_in) == "patient"


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(cast: Cast, steps: int) -> None:
    cast.turn_on_factor(cast.alice)
    cast.later(10 * STEP)
    assert finish(cast, half_of(cast), code_at(cast, steps)).role == "patient"


@pytest.mark.parametrize("steps", [-10, -2, 2, 10])
def test_a_code_of_another_time_is_refused(cast: Cast, steps: int) -> None:
    cast.turn_on_factor(cast.alice)
    cast.later(20 * STEP)
    with pytest.raises(FactorCodeRefused):
        finish(cast, half_of(cast), code_at(cast, steps))


def test_the_code_that_turned_it_on_lets_nobody_in(cast: Cast) -> None:
    code = code_of_turning_on(cast)
    with pytest.raises(FactorCodeRefused):
        finish(cast, half_of(cast), code)


def code_of_turning_on(cast: Cast) -> str:
    cast.turn_on_factor(cast.alice)
    return code_at(cast, 0)


def test_a_code_works_once_and_none_before_it_works_after_it(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    cast.later(10 * STEP)
    before, used, next_one = (code_at(cast, steps) for steps in (-1, 0, 1))
    finish(cast, half_of(cast), used)
    for code in (used, before):
        with pytest.raises(FactorCodeRefused):
            finish(cast, half_of(cast), code)
    assert finish(cast, half_of(cast), next_one)


@pytest.mark.parametrize("written", [" {0} {1} ", "{0}-{1}", "{0}\u2009{1}\n"])
def test_six_digits_are_read_however_they_are_typed(cast: Cast, written: str) -> None:
    cast.turn_on_factor(cast.alice)
    half = half_of(cast)
    code = cast.code_of(half.account)
    assert finish(cast, half, written.format(code[:3], code[3:]))


def test_digits_of_a_wide_keyboard_are_read_too(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    half = half_of(cast)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in cast.code_of(half.account))
    assert finish(cast, half, wide)


def test_a_backup_code_stands_in_once(cast: Cast) -> None:
    code = cast.turn_on_factor(cast.alice)[3]
    by = finish(cast, half_of(cast), f" {code.lower().replace('-', ' ')} ").signed_in
    assert backup_codes_left(cast.work(), by=by) == 9
    with pytest.raises(FactorCodeRefused):
        finish(cast, half_of(cast), code)


def test_a_backup_code_of_somebody_else_is_refused(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    hers = cast.turn_on_factor(cast.dora)[0]
    with pytest.raises(FactorCodeRefused):
        finish(cast, half_of(cast), hers)
    assert finish(cast, half_of(cast, "dora"), hers)


def test_codes_at_once_let_one_in(cast: Cast) -> None:
    from tests.records.test_accounts import AT_ONCE, at_once

    cast.turn_on_factor(cast.alice)
    halves = [half_of(cast) for _half in range(AT_ONCE)]
    code = cast.code_of(cast.alice.account)
    found = at_once(lambda number: bool(finish(cast, halves[number], code)))
    assert found.count(True) == 1
    assert set(found) - {True} <= {FactorCodeRefused, TooManyTries}


def test_one_half_at_once_lets_one_in(cast: Cast) -> None:
    from tests.records.test_accounts import AT_ONCE, at_once

    codes, half = cast.turn_on_factor(cast.alice), half_of(cast)
    found = at_once(lambda number: bool(finish(cast, half, codes[number])))
    assert len(found) == AT_ONCE
    assert found.count(True) == 1


def guess(cast: Cast, half: Callable[[], Half], times: int) -> list[int]:
    """Try wrong codes as soon as that is possible; the seconds that had to be waited after each."""
    waits: list[int] = []
    while len(waits) < times:
        try:
            finish(cast, half(), new_backup_code())
        except FactorCodeRefused:
            waits.append(0)
        except TooManyTries as error:
            waits[-1] = error.seconds
            cast.later(error.seconds)
    return waits


def test_guessing_codes_waits_longer_and_longer(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    assert guess(cast, lambda: half_of(cast), 15)[:-1] == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512]


def test_the_right_code_is_refused_while_waiting_and_works_afterwards(cast: Cast) -> None:
    codes = cast.turn_on_factor(cast.alice)
    guess(cast, lambda: half_of(cast), 6)
    with pytest.raises(TooManyTries):
        finish(cast, half_of(cast), codes[0])
    cast.later(2)
    assert finish(cast, half_of(cast), cast.code_of(cast.alice.account))
    assert guess(cast, lambda: half_of(cast), 5) == [0] * 5


def test_guessing_codes_of_one_person_does_not_slow_down_another(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    cast.turn_on_factor(cast.dora)
    guess(cast, lambda: half_of(cast), 8)
    assert cast.enter("dora")


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "½23456", "ABCD-EFGH", "1" * 10_000])
def test_what_is_no_whole_code_is_no_guess(cast: Cast, typed: str) -> None:
    cast.turn_on_factor(cast.alice)
    half = half_of(cast)
    for _try in range(8):
        with pytest.raises(MistypedFactorCode):
            finish(cast, half, typed)
    assert finish(cast, half, cast.code_of(half.account))


def test_a_patient_turns_it_off_and_signs_in_with_the_passphrase(cast: Cast) -> None:
    cast.turn_on_factor(cast.alice)
    turn_off(cast.work(), by=cast.alice)
    assert not is_on(cast.work(), by=cast.alice)
    assert (rows(cast, factors), rows(cast, backup_codes)) == (0, 0)
    assert cast.work().role(cast.enter("alice")) == "patient"


def test_a_therapist_needs_one_and_keeps_it(cast: Cast) -> None:
    with pytest.raises(SecondFactorMissing):
        require_factor(cast.work(), by=cast.bob)
    cast.turn_on_factor(cast.bob)
    require_factor(cast.work(), by=cast.bob)
    with pytest.raises(NotAllowed):
        turn_off(cast.work(), by=cast.bob)
    assert is_on(cast.work(), by=cast.bob)


def test_what_needs_one_is_refused_without(cast: Cast) -> None:
    for verb in (turn_off, new_backup_codes, require_factor):
        with pytest.raises(SecondFactorMissing):
            verb(cast.work(), by=cast.alice)


def test_new_backup_codes_replace_those_before(cast: Cast) -> None:
    old = cast.turn_on_factor(cast.alice)
    new = new_backup_codes(cast.work(), by=cast.alice)
    assert not set(old) & set(new)
    with pytest.raises(FactorCodeRefused):
        finish(cast, half_of(cast), old[0])
    assert finish(cast, half_of(cast), new[0])


def test_another_phone_takes_the_place_of_the_one_before(cast: Cast) -> None:
    old_codes, old = cast.turn_on_factor(cast.alice), cast.secrets[cast.alice.account]
    cast.turn_on_factor(cast.alice)
    cast.later(STEP)
    for code in (pyotp.TOTP(old).at(cast.at), old_codes[0]):
        with pytest.raises(FactorCodeRefused):
            finish(cast, half_of(cast), code)
    assert finish(cast, half_of(cast), cast.code_of(cast.alice.account))


def test_a_backup_code_does_not_prove_a_new_phone(cast: Cast) -> None:
    code, it = cast.turn_on_factor(cast.alice)[0], begin(cast.work(), by=cast.alice)
    with pytest.raises(FactorCodeRefused):
        turn_on(cast.work(), by=cast.alice, secret=it.secret, code=code)


CHANGES: dict[str, Callable[[Work, SignedIn], object]] = {
    "turn on": lambda w, by: turn_on(w, by=by, secret=begin(w, by=by).secret, code="000000"),
    "turn off": lambda w, by: turn_off(w, by=by),
    "new backup codes": lambda w, by: new_backup_codes(w, by=by),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changing_it_needs_a_fresh_proof_of_the_passphrase(cast: Cast, change: str) -> None:
    cast.turn_on_factor(cast.alice)
    cast.later(600)
    with pytest.raises(ConfirmFirst):
        CHANGES[change](cast.work(), cast.alice)
    assert backup_codes_left(cast.work(), by=cast.alice) == 10


@pytest.mark.parametrize("turn", ["on", "off"])
def test_turning_it_on_or_off_ends_other_sign_ins(cast: Cast, turn: str) -> None:
    here = cast.alice
    if turn == "off":
        cast.turn_on_factor(here)
    there = cast.enter("alice")
    assert cast.work().role(there) == "patient"
    if turn == "on":
        cast.turn_on_factor(here)
    else:
        turn_off(cast.work(), by=here)
    assert cast.store.snapshots.get(there.sign_in) is None
    with pytest.raises(SignedOut):
        cast.work().role(there)
    assert cast.work().role(here) == "patient"


def test_an_offer_and_half_a_sign_in_do_not_show_themselves(cast: Cast) -> None:
    it = begin(cast.work(), by=cast.alice)
    cast.turn_on_factor(cast.alice)
    assert (repr(it), repr(half_of(cast))) == ("Offer(…)", "Half(…)")
