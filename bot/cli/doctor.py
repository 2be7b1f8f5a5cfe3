"""The doctor: is everything a running bot needs in order? Every finding ends in what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.doctor_database import database_findings, readable_by_others
from bot.cli.doctor_finding import Finding
from bot.cli.settings import WrongSettings, read_settings
from bot.cli.unused_settings import unused_settings
from bot.config import Settings

OLDEST_SENSIBLE = datetime(2026, 1, 1, tzinfo=UTC)


NOT_ON_DISCORD = Finding("DISCORD_TOKEN", True, "not set; not on Discord")
NOT_ON_SLACK = Finding("Slack", True, "not set; not on Slack")


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
        _discord,
        _slack,
    )
    # A database that fails is met by more than one of them.
    return list(dict.fromkeys(finding for check in checks for finding in check(settings)))


def conclusion(findings: list[Finding]) -> str:
    """The last line: how many things need attention, and what is left to set if none does."""
    wrong = sum(not finding.good for finding in findings)
    if wrong:
        return f"{wrong} of {len(findings)} checks need attention."
    if {NOT_ON_DISCORD, NOT_ON_SLACK} <= set(findings):
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
    for name, url in (
        ("STUDYBOT_SUPPORT_URL", settings.support_url),
        ("DISCORD_API_URL", settings.discord_api_url),
        ("DISCORD_GATEWAY_URL", settings.discord_gateway_url),
        ("SLACK_API_URL", settings.slack_api_url),
    ):
        if url:
            yield Finding(name, True, _without_secrets(url))
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


def _discord(settings: Settings) -> Iterator[Finding]:
    import asyncio

    from bot.storage.faults import StorageFault

    if settings.discord_token is None:
        yield NOT_ON_DISCORD
        return
    from bot.app.checkup import discord_checks

    try:
        for check in asyncio.run(discord_checks(settings)):
            yield Finding(check.what, check.good, check.told)
    except StorageFault as error:
        yield Finding("Database", False, error.sentence)


def _slack(settings: Settings) -> Iterator[Finding]:
    import asyncio

    from bot.storage.faults import StorageFault

    if not settings.slack:
        yield NOT_ON_SLACK
        return
    from bot.app.checkup import slack_checks

    if settings.slack_app_token is None and settings.slack_lacks() is None:
        yield from _slack_over_http(settings)
    try:
        for check in asyncio.run(slack_checks(settings)):
            yield Finding(check.what, check.good, check.told)
    except StorageFault as error:
        yield Finding("Database", False, error.sentence)


def _slack_over_http(settings: Settings) -> Iterator[Finding]:
    yield Finding("STUDYBOT_HTTP_BIND", True, f"{settings.http_bind}; let the reverse proxy pass /slack/ there")
    yield Finding("SLACK_SIGNING_SECRET", True, "set; only a request of Slack's can prove it")
    if settings.slack_bot_token is None:
        yield Finding("SLACK_CLIENT_ID", True, "set, with its secret; only an installation can prove them")
        yield Finding("STUDYBOT_SECRET_KEY", True, "set; keep a copy apart from the backups")
