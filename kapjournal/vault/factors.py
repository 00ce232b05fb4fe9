"""The secret of a second factor, sealed, and backup codes as keyed hashes."""

from kapjournal.vault.errors import VaultError
from kapjournal.vault.keys import derive, keyed_hash
from kapjournal.vault.sealing import open_sealed, seal


def seal_factor(account: bytes, vault_key: bytes, secret: bytes) -> bytes:
    """The 20 bytes that make one-time codes, sealed for their account."""
    return seal(derive(vault_key, "second factor", account), secret, "second factor", account)


def open_factor(account: bytes, vault_key: bytes, blob: bytes) -> bytes:
    """The 20 bytes that make one-time codes. Raises Tampered, UnknownFormat."""
    return open_sealed(derive(vault_key, "second factor", account), blob, "second factor", account)


def opens_factor(account: bytes, vault_key: bytes, blob: bytes) -> bool:
    """Whether a second factor is what was sealed for this account."""
    try:
        open_factor(account, vault_key, blob)
    except VaultError:
        return False
    return True


def backup_code_id(secret: bytes, account: bytes, code: bytes) -> bytes:
    """What stands for a backup code (15 bytes) of an account in the database; `secret` is the server's."""
    return keyed_hash(secret, "backup code", account + code)
