"""Keys, sealing and wrapping: bytes in, bytes out.

The vault knows no patient and no SQL, and imports nothing of ours. Its vocabulary: *seal/open* is to
encrypt/decrypt data, *wrap/unwrap* is to encrypt/decrypt a key. The formats are in FORMAT.md and are
frozen by the vectors in `tests/vectors`.
"""
