"""Random tags, which tell what an old button names from what has its number now."""

from __future__ import annotations

import base64
import secrets


def draw_tag() -> str:
    """Eight random letters and digits."""
    return base64.b32encode(secrets.token_bytes(5)).decode().lower()
