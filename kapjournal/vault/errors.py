"""What can go wrong in the vault. No error carries content or keys."""


class VaultError(Exception):
    """Something sealed or wrapped could not be opened."""


class Tampered(VaultError):
    """The bytes, or the place they were found in, are not what was sealed."""


class WrongKey(VaultError):
    """The passphrase, code or token is not the one this key was wrapped for."""


class UnknownFormat(VaultError):
    """The bytes name a format version or algorithm this program does not know."""


class WeakParameters(VaultError):
    """Stored key-derivation parameters are outside the bounds that the program accepts."""


class MistypedCode(VaultError):
    """A code has a wrong character, length or check character."""
