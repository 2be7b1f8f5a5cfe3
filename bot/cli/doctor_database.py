"""The doctor's findings about the database and the bot that may be running on it."""

from __future__ import annotations

import shlex
import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app.faces import CONNECTED
from bot.config import Settings, packaged
from bot.domain.community import Platform
from bot.ports.face import Check

SPARE = 32 * 1024**2
LATE = timedelta(minutes=5)
"""Beats come every minute."""


def database_findings(settings: Settings) -> Iterator[Check]:
    """Look at schema, damage, who runs on it and who may read it."""
    from bot.ports.storage import StorageFault
    from bot.storage.checkup import first_damage
    from bot.storage.engine import sqlite_file
    from bot.storage.migrate import HEAD, current
    from bot.storage.wrong_file import refuse_empty

    url = settings.database_url
    try:
        file = sqlite_file(url)
        if file is not None:
            refuse_empty(file)
        at = current(url)
        if at is None:
            yield Check("Database", True, "not there yet; it is made at the first start")
            return
        damage = first_damage(url)
        if damage is not None:
            told = f"it is damaged ({damage}). Stop the bot and go back to a backup: `studybot restore BACKUP`."
            yield Check("Database", False, told)
            return
        newest = at == HEAD
        if newest:
            told = f"at {at}, the newest"
        elif at.isdecimal() and int(at) > int(HEAD):
            told = f"at {at}, of a newer Studybot; this version knows {HEAD}. Install the newer version."
        else:
            told = f"at {at}, the newest is {HEAD}. Run `studybot db upgrade`."
        yield Check("Migration", newest, told)
        if newest:
            yield from _running(settings)
        if file is not None:
            yield _room(file)
    except StorageFault as error:
        yield Check("Database", False, error.sentence)
    yield from _rights(url)


def _room(file: Path) -> Check:
    """Check that a day's answers fit on the disk, and the copy that an upgrade makes."""
    free = shutil.disk_usage(file.parent).free
    wanted = file.stat().st_size + SPARE
    if free < wanted:
        told = f"{_size(free)} free; an upgrade copies the database and needs {_size(wanted)}. Free some space."
        return Check("Room", False, told)
    return Check("Room", True, f"{_size(free)} free")


def _size(bytes: int) -> str:
    return f"{bytes / 1024**3:.1f} GB" if bytes >= 1024**3 else f"{bytes / 1024**2:.0f} MB"


def _running(settings: Settings) -> Iterator[Check]:
    from bot.storage.checkup import last_beats
    from bot.storage.faults import StorageInUse
    from bot.storage.storage import Storage

    now = datetime.now(UTC)
    storage = Storage(settings.database_url, packaged("migrations"))
    try:
        storage.open(now)
    except StorageInUse:
        running = True
        yield Check("Database", True, "whole, and in use by a running bot")
    else:
        running = False
        storage.close()
        yield Check("Database", True, "whole; opens and can be written")
    on_file = settings.database_url.startswith("sqlite")
    wanted = [connection.platform for connection in CONNECTED if connection.wanted(settings)]
    beats = last_beats(settings.database_url, wanted)
    for platform, beat in beats.items():
        yield _beat(platform, beat, now, running=running if on_file else None)


def _beat(platform: Platform, beat: datetime | None, now: datetime, *, running: bool | None) -> Check:
    what = f"Heartbeat on {platform.value.title()}"
    last = "none yet" if beat is None else f"{_in_words(max(now - beat, timedelta()))} ago"
    if running is None:
        return Check(what, True, f"{last}; on PostgreSQL this is the only sign of a running bot")
    if not running:
        return Check(what, True, f"{last}; no bot is running")
    if beat is not None and now - beat < LATE:
        return Check(what, True, f"{last}; the bot is running")
    return Check(
        what,
        False,
        f"{last}, though a bot is running. If it has just started, look again in a minute; else see its log.",
    )


def _in_words(time: timedelta) -> str:
    for unit, seconds in (("day", 86400), ("hour", 3600), ("minute", 60)):
        many = int(time.total_seconds() // seconds)
        if many:
            return f"{many} {unit}{'' if many == 1 else 's'}"
    return f"{int(time.total_seconds())} s"


def _rights(url: str) -> Iterator[Check]:
    from bot.storage.checkup import cut_off_copies, files_of

    open_to_others = [path for path in files_of(url) if readable_by_others(path)]
    if open_to_others:
        names = shlex.join(str(path) for path in open_to_others)
        yield Check("File rights", False, f"others on this machine can read them. Run `chmod 600 {names}`.")
    elif files_of(url):
        yield Check("File rights", True, "only this user can read the database and its backups")
    for path in cut_off_copies(url):
        told = f"{path} was cut off and is no backup. Delete it, unless one is being made now."
        yield Check("Backup", False, told)


def readable_by_others(path: Path) -> bool:
    """Tell whether anyone but the owner may read a file; Windows has rights of another kind."""
    return sys.platform != "win32" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
