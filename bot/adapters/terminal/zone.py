"""The time zone of the person at the terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bot.domain.identifiers import ZoneName
from bot.domain.zones import is_zone

UTC = ZoneName("UTC")
_ALSO_UTC = frozenset(["Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "Etc/GMT", "GMT", "UCT", "Universal", "Zulu"])


def system_zone(environ: Mapping[str, str] | None = None, etc: Path = Path("/etc")) -> ZoneName:
    """The zone this machine is set to, by its IANA name; UTC where it cannot be told."""
    set_by_hand = (os.environ if environ is None else environ).get("TZ")
    if set_by_hand is not None:
        return _known(set_by_hand.removeprefix(":")) or UTC
    return _linked(etc / "localtime") or _written(etc / "timezone") or UTC


def _known(name: str) -> ZoneName | None:
    _, found, inside = name.rpartition("zoneinfo/")
    name = (inside if found else name).removeprefix("posix/").removeprefix("right/")
    if name in _ALSO_UTC:
        return UTC
    return ZoneName(name) if is_zone(name) else None


def _linked(localtime: Path) -> ZoneName | None:
    """The zone a link into the zone database names, as on macOS and most Linux systems."""
    try:
        return _known(str(localtime.readlink()))
    except OSError:
        return None


def _written(timezone: Path) -> ZoneName | None:
    """The zone written into a file, as on Debian."""
    try:
        return _known(timezone.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return None
