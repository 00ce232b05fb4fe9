"""What a passphrase must withstand, and the one that is offered."""

import unicodedata

import pytest

from kapjournal.errors import TooLong, WeakPassphrase
from kapjournal.people.passphrases import WORDS, check_passphrase, generate_passphrase
from kapjournal.people.signing_in import change_passphrase
from tests.cast import PASSPHRASE, Cast

STRONG = "zebra folgt leise"
COMMON = [
    "passwordpassword",
    "123456789012",
    "qwertyuiop[]",
    "aaaaaaaaaaaaaaaa",
    " " * 30,
    "iloveyou1234",
    "letmeinletmein",
    "abcdefghijkl",
    "ketamineketamine",
    "kapjournal2026",
]
COMPOSED = unicodedata.normalize("NFC", "Übermäßig café ñandú")
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)


@pytest.mark.parametrize("passphrase", ["", "short", "Tr0ub4dor&3", "x7$kQ9!vBz2", " " * 11])
def test_fewer_than_twelve_characters_are_too_short(passphrase: str) -> None:
    with pytest.raises(WeakPassphrase, match="12 characters"):
        check_passphrase(passphrase, login="alice")


@pytest.mark.parametrize("passphrase", COMMON)
def test_a_common_passphrase_is_easy_to_guess(passphrase: str) -> None:
    with pytest.raises(WeakPassphrase, match="easy to guess"):
        check_passphrase(passphrase, login="somebody")


@pytest.mark.parametrize("passphrase", ["alexandra.meyer1", "Alexandra.Meyer!", "alexandra.meyer2026"])
def test_a_passphrase_made_of_the_login_name_is_easy_to_guess(passphrase: str) -> None:
    with pytest.raises(WeakPassphrase, match="easy to guess"):
        check_passphrase(passphrase, login="alexandra.meyer")


def test_no_mixture_of_characters_is_demanded() -> None:
    for passphrase in (STRONG, STRONG.upper(), "лампа орбита орех прилив", "灯笼轨道核桃潮汐森林河流山谷"):
        check_passphrase(passphrase, login="alice")


def test_a_passphrase_has_at_most_1024_characters() -> None:
    longest = (STRONG + " ") * 100
    check_passphrase(longest[:1024], login="alice")
    with pytest.raises(TooLong) as refused:
        check_passphrase(longest[:1025], login="alice")
    assert (refused.value.length, refused.value.limit) == (1025, 1024)


def test_length_is_counted_in_composed_characters() -> None:
    with pytest.raises(WeakPassphrase, match="12 characters"):
        check_passphrase(unicodedata.normalize("NFD", "äöüäöüäöüäö"), login="alice")


@pytest.mark.parametrize(("chosen", "typed"), [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)])
def test_a_passphrase_is_the_same_however_a_keyboard_composes_it(cast: Cast, chosen: str, typed: str) -> None:
    assert chosen != typed
    present = PASSPHRASE.format(name="alice")
    change_passphrase(cast.work(), by=cast.alice, present=present, new=chosen)
    assert cast.enter("alice", typed).account == cast.alice.account


def test_offered_passphrases_are_five_words_and_strong() -> None:
    for _n in range(50):
        offered = generate_passphrase()
        assert len(offered.split(" ")) == WORDS
        check_passphrase(offered, login="alice")


def test_offered_passphrases_do_not_repeat() -> None:
    offered = [generate_passphrase() for _n in range(200)]
    words = [word for passphrase in offered for word in passphrase.split()]
    assert len(set(offered)) == len(offered)
    # 1000 draws from about 7,770 words: the expected number of different ones is 939.
    assert len(set(words)) > 880
    assert all(word.isalpha() and word.islower() for word in words)
