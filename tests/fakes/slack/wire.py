"""Data between Slack and an app: JSON, and times as Slack writes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

JsonObject = dict[str, Any]
"""An object as it arrived or will leave: nothing is known of its values until they are looked at."""


def a_string(value: object) -> str:
    """The value as text; nothing, and anything that is no text, is empty."""
    return value if isinstance(value, str) else ""


def objects(value: object) -> list[JsonObject]:
    """The objects of a list; anything else in it, and anything that is no list, is left out."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def an_object(value: object) -> JsonObject:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def is_true(value: object) -> bool:
    """Return whether a flag is set, in any of the ways the SDKs write one."""
    return value in (True, 1, "1", "true", "True")


def seconds(moment: datetime) -> int:
    """A moment as Slack writes whole seconds."""
    return int(moment.timestamp())
