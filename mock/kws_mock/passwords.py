"""Digests of secrets, which the database holds in place of the secrets."""

from __future__ import annotations

import hashlib
import secrets
from random import Random, SystemRandom

# Cheap on purpose: passwords are made up, and every test that seeds users waits for this.
_SCRYPT_COST = 1024
_BLOCK_SIZE = 8
_ANYBODY = f"{_SCRYPT_COST}${'00' * 16}${'00' * 64}"


def digest(secret: str) -> str:
    """Return the digest of a random secret, such as a client secret or an authorization code."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_digest_of(secret: str, expected: str) -> bool:
    return secrets.compare_digest(digest(secret), expected)


def hash_password(password: str, random: Random | None = None) -> str:
    salt = (random or SystemRandom()).randbytes(16)
    return f"{_SCRYPT_COST}${salt.hex()}${_scrypt(password, salt, _SCRYPT_COST).hex()}"


def is_password(password: str, password_hash: str | None) -> bool:
    """Return whether a password is right, in the same time whether or not the user exists."""
    cost, salt, expected = (password_hash or _ANYBODY).split("$")
    found = _scrypt(password, bytes.fromhex(salt), int(cost))
    return secrets.compare_digest(found, bytes.fromhex(expected)) and password_hash is not None


def _scrypt(password: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=_BLOCK_SIZE, p=1)
