"""The doctor: is everything a running bot needs in order? Every finding ends in what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.app.faces import CONNECTED, Connection
from bot.cli.doctor_database import database_findings, readable_by_others
from bot.cli.settings import WrongSettings, read_settings, unused_settings
from bot.config import Settings, name_of
from bot.ports.face import Check

OLDEST_SENSIBLE = datetime(2026, 1, 1, tzinfo=UTC)


NOT_SET = {one.platform: Check(one.unset, True, f"not set; not on {one.name}") for one in CONNECTED}


def examine() -> list[Check]:
    """Every finding; settings first, since the rest depends on them."""
    try:
        settings = read_settings()
    except WrongSettings as error:
        return [Check(one.name or ".env", False, f"{one.told} ({one.place})") for one in error.wrong]
    checks: tuple[Callable[[Settings], Iterator[Check]], ...] = (
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


def conclusion(findings: list[Check]) -> str:
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


def _python(settings: Settings) -> Iterator[Check]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Check("Python", sys.version_info >= (3, 11), version)


def _settings(settings: Settings) -> Iterator[Check]:
    yield Check("STUDYBOT_DATABASE_URL", True, _without_secrets(settings.database_url))
    where = "the content that came with Studybot" if settings.content_dir is None else str(settings.content_dir)
    yield Check("STUDYBOT_CONTENT_DIR", True, where)
    yield Check("STUDYBOT_LOG_FORMAT", True, settings.log_format)
    if not settings.support_url:
        yield Check("STUDYBOT_SUPPORT_URL", True, "not set; apologies name no address")
    for field in Settings.model_fields:
        if field.endswith("_url") and field != "database_url" and (url := getattr(settings, field)):
            yield Check(name_of(field), True, _without_secrets(url))
    yield from (Check("Setting", False, remark) for remark in unused_settings())


def _without_secrets(url: str) -> str:
    """Show an address without user, password and query, in each of which a secret may stand."""
    scheme, _, rest = url.partition("://")
    before, _, place = rest.rpartition("@")
    if "?" in before:
        return f"{scheme}://..."  # nobody can tell where the password ends
    return f"{scheme}://{place.partition('?')[0].partition('#')[0]}"


def _env_file(settings: Settings) -> Iterator[Check]:
    path = Path(".env")
    if not path.exists():
        yield Check(".env", True, "none here; the environment alone is used")
    elif readable_by_others(path):
        yield Check(".env", False, "others on this machine can read it. Run `chmod 600 .env`.")
    else:
        yield Check(".env", True, "only you can read it")


def _content(settings: Settings) -> Iterator[Check]:
    from bot.catalog.banks import banks_in, beside_the_asked, older_layout, which_is_asked
    from bot.catalog.load import load
    from bot.replies.markup import counted

    (bank, *_) = banks_in(settings.content)
    loaded = load(bank.path, bank.name)
    problems = [*loaded.problems, *beside_the_asked(settings.content)]
    if problems:
        yield Check(
            "Content",
            False,
            f"{counted(len(problems), 'problem')}, first {problems[0]}. What is wrong is left out, the rest is asked. "
            "Run `studybot content check`.",
        )
        return
    told = f"{len(loaded.files.questions)} questions, {len(loaded.files.roles)} roles."
    notes = (told, which_is_asked(settings.content), older_layout(settings.content))
    yield Check("Content", True, " ".join(filter(None, notes)))


def _zones(settings: Settings) -> Iterator[Check]:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        summer = datetime(2026, 7, 1, 12, tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin"))
    except Exception:
        yield Check("Time zones", False, "no zone data. Install the package `tzdata` (pip install tzdata).")
        return
    good = summer.hour == 14
    told = f"{len(available_timezones())} zones" if good else "Berlin's summer time is wrong. Update `tzdata`."
    yield Check("Time zones", good, told)


def _clock(settings: Settings) -> Iterator[Check]:
    now = datetime.now(UTC)
    good = now >= OLDEST_SENSIBLE
    yield Check("Clock", good, f"{now:%Y-%m-%d %H:%M} UTC" + ("" if good else ". Set this machine's clock (NTP)."))


def _platforms(settings: Settings) -> Iterator[Check]:
    import asyncio

    for connection in CONNECTED:
        if connection.wanted(settings):
            yield from asyncio.run(_asked(connection, settings))
        else:
            yield NOT_SET[connection.platform]


async def _asked(connection: Connection, settings: Settings) -> list[Check]:
    from bot.ports.storage import StorageFault

    found: list[Check] = []
    try:
        async for check in connection.load().checks(settings):
            found.append(check)  # noqa: PERF401 - what was found before a fault counts
    except StorageFault as error:
        found.append(Check("Database", False, error.sentence))
    return found
