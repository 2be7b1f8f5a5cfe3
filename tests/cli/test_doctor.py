"""``studybot doctor``: damage, a bot that hangs, files open to others are found; no secret is ever shown."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.config import packaged
from bot.domain.community import Platform
from bot.storage.storage import Storage
from tests.cli.in_process import InFolder

DISCORD = {"DISCORD_TOKEN": "a.b.c", "DISCORD_API_URL": "http://127.0.0.1:9/api/v10"}


@contextmanager
def running(beaten: timedelta | None) -> Iterator[None]:
    """A bot on the database whose Discord face was last alive that long ago."""
    now = datetime.now(UTC)
    storage = Storage("sqlite:///studybot.db", packaged("migrations"))
    storage.open(now)
    try:
        if beaten is not None:
            asyncio.run(storage.write(lambda uow: uow.health.beat(Platform.DISCORD, now - beaten)))
        yield
    finally:
        storage.close()


@pytest.mark.parametrize(
    ("beaten", "line"),
    [
        (timedelta(seconds=70), "ok     Heartbeat on Discord: 1 minute ago; the bot is running"),
        (timedelta(hours=3), "WRONG  Heartbeat on Discord: 3 hours ago, though a bot is running."),
        (None, "WRONG  Heartbeat on Discord: none yet, though a bot is running."),
    ],
)
def test_a_running_bots_heartbeat_is_looked_at(folder: InFolder, beaten: timedelta | None, line: str) -> None:
    with running(beaten):
        told = folder.run("doctor", **DISCORD)
    assert "ok     Database: whole, and in use by a running bot\n" in told.output
    assert line in told.output


def test_a_stopped_bots_heartbeat_is_no_alarm(folder: InFolder) -> None:
    with running(timedelta(days=2)):
        pass
    told = folder.run("doctor", **DISCORD)
    assert "ok     Database: whole; opens and can be written\n" in told.output
    assert "ok     Heartbeat on Discord: 2 days ago; no bot is running\n" in told.output


def test_damage_inside_the_file_is_found(folder: InFolder) -> None:
    with running(None):
        pass
    path = folder.path / "studybot.db"
    with closing(sqlite3.connect(path)) as database:
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'points'").fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    told = folder.run("doctor")
    assert told.exit_code == 1
    assert "WRONG  Database: it is damaged (" in told.output
    assert "`studybot restore BACKUP`" in told.output


def test_files_open_to_others_are_named(folder: InFolder) -> None:
    with running(None):
        pass
    assert "ok     File rights: " in folder.run("doctor").output
    backup = folder.path / "studybot.db.backup-0003-20260302T090000Z.db"
    backup.write_bytes(b"")
    for path in (backup, folder.path / "studybot.db"):
        path.chmod(0o644)
    told = folder.run("doctor")
    assert told.exit_code == 1
    assert f"Run `chmod 600 studybot.db {backup.name}`." in told.output
    assert folder.run("chat", "--plain", "--database", "studybot.db", typed="quit\n").exit_code == 0  # narrows them
    assert "ok     File rights: " in folder.run("doctor").output


def test_a_disk_that_is_nearly_full_is_named(folder: InFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(None):
        pass
    assert "ok     Room: " in folder.run("doctor").output
    nearly = shutil.disk_usage(folder.path)._replace(free=20 * 1024**2)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: nearly)
    told = folder.run("doctor")
    assert told.exit_code == 1
    assert re.search(r"WRONG  Room: 20 MB free; an upgrade copies the database and needs \d\d MB\.", told.output)


def test_a_copy_that_was_cut_off_is_named(folder: InFolder) -> None:
    (folder.path / "copy.db.x1.partial").write_bytes(b"half")
    with running(None):
        pass
    assert "copy.db.x1.partial was cut off and is no backup" in folder.run("doctor").output


@pytest.mark.parametrize(
    ("url", "says"), [(None, "not set; apologies name no address"), ("https://example.org/help",) * 2]
)
def test_the_support_address_is_named_once(folder: InFolder, url: str | None, says: str) -> None:
    told = folder.run("doctor", **({"STUDYBOT_SUPPORT_URL": url} if url else {}))
    assert [line for line in told.output.splitlines() if "SUPPORT_URL" in line] == [
        f"ok     STUDYBOT_SUPPORT_URL: {says}"
    ]


def test_nobody_is_sent_to_upgrade_a_newer_database(folder: InFolder) -> None:
    folder.run("db", "upgrade")
    with closing(sqlite3.connect("studybot.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    told = folder.run("doctor").output
    assert "WRONG  Migration: at 9999, of a newer Studybot" in told
    assert "db upgrade" not in told


SECRET = [
    ("STUDYBOT_DATABASE_URL", "postgresql://me:hush@127.0.0.1:9/x", "postgresql://127.0.0.1:9/x"),
    ("STUDYBOT_DATABASE_URL", "postgresql://127.0.0.1:9/x?password=hush", "postgresql://127.0.0.1:9/x"),
    ("STUDYBOT_DATABASE_URL", "postgresql://me:a/hush@127.0.0.1:9/x", "postgresql://127.0.0.1:9/x"),
    ("STUDYBOT_DATABASE_URL", "postgresql://127.0.0.1:9/x?user=a@b&password=hush", None),
    ("STUDYBOT_DATABASE_URL", "postgresql://me:a?hush@127.0.0.1:9/x", None),
    ("DISCORD_API_URL", "http://127.0.0.1:9/api/v10?key=hush", "http://127.0.0.1:9/api/v10"),
    ("DISCORD_API_URL", "http://me:hush@127.0.0.1:9/api/v10", None),
    ("DISCORD_GATEWAY_URL", "ws://me:hush@127.0.0.1:9/", None),
    ("SLACK_API_URL", "http://hush@127.0.0.1:9/api/", None),
    ("STUDYBOT_SUPPORT_URL", "https://me:hush@example.org/", "https://example.org/"),
]


@pytest.mark.parametrize(("name", "url", "shown"), SECRET, ids=[f"{one[0]}={one[1]}" for one in SECRET])
def test_no_secret_of_an_address_is_shown(folder: InFolder, name: str, url: str, shown: str | None) -> None:
    settings = {**DISCORD, "DISCORD_TOKEN": "hush.hush.hush", "SLACK_BOT_TOKEN": "xoxb-hush", name: url}
    told = folder.run("doctor", **settings, STUDYBOT_SECRET_KEY="aHVzaC1odXNoLWh1c2gtaHVzaC1odXNoLWh1c2gtaHU=")
    assert (f"ok     {name}: {shown}\n" if shown else f"WRONG  {name}: ") in told.output
    assert "hush" not in told.output
    assert "Traceback" not in told.output
