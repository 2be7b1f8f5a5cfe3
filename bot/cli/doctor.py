"""The doctor: is everything a running bot needs in order? Every finding ends in what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.app.faces import CONNECTED, Connection
from bot.cli.doctor_database import database_findings, readable_by_others
from bot.cli.doctor_finding import Finding
from bot.cli.settings import WrongSettings, read_settings
from bot.cli.unused_settings import unused_settings
from bot.config import Settings, name_of

OLDEST_SENSIBLE = datetime(2026, 1, 1, tzinfo=UTC)


NOT_SET = {face: Finding(how.unset, True, f"not set; not on {face.name}") for face, how in CONNECTED}


def examine() -> list[Finding]:
    """Every finding; settings first, since the rest depends on them."""
    try:
        settings = read_settings()
    except WrongSettings as error:
        return [Finding(one.name or ".env", False, f"{one.told} ({one.place})") for one in error.wrong]
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _python,
        _settings,
        _env_file,
        _content,
        _zones,
        _clock,
        database_findings,
        _platforms,
    )
    # A database that fails is met by more than one of them.
    return list(dict.fromkeys(finding for check in checks for finding in check(settings)))


def conclusion(findings: list[Finding]) -> str:
    """The last line: how many things need attention, and what is left to set if none does."""
    wrong = sum(not finding.good for finding in findings)
    if wrong:
        return f"{wrong} of {len(findings)} checks need attention."
    if set(NOT_SET.values()) <= set(findings):
        return (
            "Everything is well. No platform is set, so `studybot run` has nothing to run yet; `studybot init` asks "
            "for the tokens.\nWithout an account, `studybot chat` is the whole bot in this terminal."
        )
    return "Everything is well."


def _python(settings: Settings) -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("Python", sys.version_info >= (3, 11), version)


def _settings(settings: Settings) -> Iterator[Finding]:
    yield Finding("STUDYBOT_DATABASE_URL", True, _without_secrets(settings.database_url))
    where = "the content that came with Studybot" if settings.content_dir is None else str(settings.content_dir)
    yield Finding("STUDYBOT_CONTENT_DIR", True, where)
    yield Finding("STUDYBOT_LOG_FORMAT", True, settings.log_format)
    if not settings.support_url:
        yield Finding("STUDYBOT_SUPPORT_URL", True, "not set; apologies name no address")
    for field, told in Settings.model_fields.items():
        if field.endswith("_url") and field != "database_url" and (url := getattr(settings, field)):
            yield Finding(name_of(field, told), True, _without_secrets(url))
    yield from (Finding("Setting", False, remark) for remark in unused_settings())


def _without_secrets(url: str) -> str:
    """Show an address without user, password and query, in each of which a secret may stand."""
    scheme, _, rest = url.partition("://")
    before, _, place = rest.rpartition("@")
    if "?" in before:
        return f"{scheme}://..."  # nobody can tell where the password ends
    return f"{scheme}://{place.partition('?')[0].partition('#')[0]}"


def _env_file(settings: Settings) -> Iterator[Finding]:
    path = Path(".env")
    if not path.exists():
        yield Finding(".env", True, "none here; the environment alone is used")
    elif readable_by_others(path):
        yield Finding(".env", False, "others on this machine can read it. Run `chmod 600 .env`.")
    else:
        yield Finding(".env", True, "only you can read it")


def _content(settings: Settings) -> Iterator[Finding]:
    from bot.catalog.load import load
    from bot.replies.markup import counted

    loaded = load(settings.content)
    if loaded.problems:
        first = loaded.problems[0]
        yield Finding(
            "Content",
            False,
            f"{counted(len(loaded.problems), 'problem')}, first {first}. What is wrong is left out, the rest is asked. "
            "Run `studybot content check`.",
        )
        return
    yield Finding("Content", True, f"{len(loaded.files.questions)} questions, {len(loaded.files.roles)} roles")


def _zones(settings: Settings) -> Iterator[Finding]:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        summer = datetime(2026, 7, 1, 12, tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin"))
    except Exception:
        yield Finding("Time zones", False, "no zone data. Install the package `tzdata` (pip install tzdata).")
        return
    good = summer.hour == 14
    told = f"{len(available_timezones())} zones" if good else "Berlin's summer time is wrong. Update `tzdata`."
    yield Finding("Time zones", good, told)


def _clock(settings: Settings) -> Iterator[Finding]:
    now = datetime.now(UTC)
    good = now >= OLDEST_SENSIBLE
    yield Finding("Clock", good, f"{now:%Y-%m-%d %H:%M} UTC" + ("" if good else ". Set this machine's clock (NTP)."))


def _platforms(settings: Settings) -> Iterator[Finding]:
    import asyncio

    for face, connection in CONNECTED:
        if connection.wanted(settings):
            yield from asyncio.run(_asked(connection, settings))
        else:
            yield NOT_SET[face]


async def _asked(connection: Connection, settings: Settings) -> list[Finding]:
    from bot.storage.faults import StorageFault

    found: list[Finding] = []
    try:
        async for check in connection.load().checks(settings):
            found.append(Finding(check.what, check.good, check.told))  # noqa: PERF401 - what was found before a fault counts
    except StorageFault as error:
        found.append(Finding("Database", False, error.sentence))
    return found
