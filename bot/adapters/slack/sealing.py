"""Tokens of workspaces, encrypted before they are kept."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Unsealable(Exception):
    """A token was encrypted with a key that is not set any more."""


class Seal:
    """Encrypts with the first key, and opens with any: so that a key can be changed."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._box = MultiFernet([Fernet(key) for key in keys])

    def close(self, token: str) -> str:
        """The token as it is kept."""
        return self._box.encrypt(token.encode()).decode()

    def open(self, sealed: str) -> str:
        """The token behind what was kept. ``Unsealable`` if no key fits."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Unsealable from None

    def opens(self, sealed: str, token: str | None) -> bool:
        """Whether this token is behind what was kept."""
        try:
            return self.open(sealed) == token
        except Unsealable:
            return False


def new_key() -> str:
    """A key nobody has had before."""
    return Fernet.generate_key().decode()
