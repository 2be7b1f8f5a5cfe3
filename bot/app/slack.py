"""The Slack face, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

from bot.adapters.slack.answers import Answers
from bot.adapters.slack.asking import Asking
from bot.adapters.slack.checkup import check_many, check_one
from bot.adapters.slack.door import Door
from bot.adapters.slack.face import SlackFace, Transport
from bot.adapters.slack.home import Home
from bot.adapters.slack.installed import InstalledWorkspaces, KeptWorkspaces, Seal
from bot.adapters.slack.life import Life
from bot.adapters.slack.listeners import Listeners
from bot.adapters.slack.people import People
from bot.adapters.slack.places import Places
from bot.adapters.slack.publisher import SlackPublisher
from bot.adapters.slack.socket_mode import Socket
from bot.adapters.slack.web import Web
from bot.adapters.slack.workspaces import OneWorkspace
from bot.app.core import Core, RunningFace, hallway
from bot.config import Settings
from bot.domain.community import Platform
from bot.ports.clock import Clock, Dice
from bot.ports.face import Check
from bot.ports.storage import UnitOfWork
from bot.scheduler.alarm_clock import AlarmClock
from bot.scheduler.clock_watch import ClockWatch
from bot.scheduler.face_loops import FaceLoops
from bot.storage.checkup import tracks_to_check
from bot.storage.storage import look

T = TypeVar("T")

BETWEEN_POSTS = 1.0
"""Seconds between two posts in one channel, as Slack asks for."""


def assemble(
    core: Core, settings: Settings, clock: Clock, dice: Dice, alarm: AlarmClock, say: Callable[[str], None]
) -> RunningFace:
    """Put the face and its loops together; they begin when Slack first reaches us."""
    storage = core.storage
    watch = ClockWatch(clock, "Slack")
    web = Web(settings.slack_api_url, watch.heard)
    watch.ask_with(web.ask_the_time)
    one, many = _workspaces(web, core, settings, watch)
    workspaces = one or many
    assert workspaces is not None  # a token, or what it takes to be given one
    people = People(workspaces, watch)
    places = Places(frozenset(core.registry.commands), watch, lambda: face.silence)

    async def lost(id: str) -> None:
        await life.lost(id)

    publisher = SlackPublisher(workspaces, places, lost, BETWEEN_POSTS)
    loops = FaceLoops(storage, core.catalogs, publisher, clock, alive=lambda: face.alive, watch=watch)
    by_us = hallway(core, publisher, loops, watch, people.may_manage, asked_by_us=True)
    home = Home(by_us, watch, dice, people, places)
    life = Life(storage, watch, workspaces, publisher, places, home, loops.wake, say, core.catalog.subject)
    asking = Asking(web, workspaces, people, places, watch, dice)
    answers = Answers(web, places, home, dice)
    door = Door(hallway(core, publisher, loops, watch, people.may_manage), asking, dice, answers)
    face = SlackFace(web, one, door, life, lambda: alarm.ring_face("slack", loops), say)
    face.transport = _transport(face, Listeners(door, life), web, many, life, core, settings, watch, say)
    return RunningFace(face, loops)


def _workspaces(
    web: Web, core: Core, settings: Settings, clock: Clock
) -> tuple[OneWorkspace | None, InstalledWorkspaces | None]:
    """The workspace of the token that is set, or those that installed the app themselves."""
    if settings.slack_bot_token:
        return OneWorkspace(web, settings.slack_bot_token.get_secret_value()), None
    return None, InstalledWorkspaces(web, core.storage, clock, _seal(settings))


def _transport(
    face: SlackFace,
    listeners: Listeners,
    web: Web,
    many: InstalledWorkspaces | None,
    life: Life,
    core: Core,
    settings: Settings,
    clock: Clock,
    say: Callable[[str], None],
) -> Transport:
    """Choose how Slack reaches us: Socket Mode where an app-level token is set, else HTTP."""
    if settings.slack_app_token and many is None:
        return Socket(web, settings.slack_app_token.get_secret_value(), listeners, face.ready, face.heard)
    from bot.adapters.slack.http_mode import HttpLine
    from bot.adapters.slack.installing import Installing

    assert settings.slack_signing_secret is not None  # looked at before
    installing = None
    if many is not None:
        assert settings.slack_client_id is not None  # looked at before
        assert settings.slack_client_secret is not None
        secret = settings.slack_client_secret.get_secret_value()
        installing = Installing(web, core.storage, clock, many, life.installed, settings.slack_client_id, secret)
    signing = settings.slack_signing_secret.get_secret_value()
    return HttpLine(settings.http_bind, signing, installing, listeners, face.ready, say)


async def checks(settings: Settings) -> AsyncIterator[Check]:
    """Everything Slack can tell, or what it lacks."""
    wrong = settings.slack_lacks()
    if settings.slack_app_token is None and wrong is None:
        for one in _over_http(settings):
            yield one
    if wrong:
        yield Check("Slack", False, wrong)
        return
    tracks = tracks_to_check(settings.database_url, Platform.SLACK)
    if settings.slack_bot_token:
        app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else None
        bot_token = settings.slack_bot_token.get_secret_value()
        async for one in check_one(settings.slack_api_url, bot_token, app_token, tracks):
            yield one
        return
    async with Web(settings.slack_api_url) as web:
        workspaces = KeptWorkspaces(web, _Looking(settings.database_url), _seal(settings))
        there = look(settings.database_url, lambda uow: uow.installations.workspaces()) or ()
        async for one in check_many(workspaces, there, tracks):
            yield one


def _over_http(settings: Settings) -> Iterator[Check]:
    yield Check("STUDYBOT_HTTP_BIND", True, f"{settings.http_bind}; let the reverse proxy pass /slack/ there")
    yield Check("SLACK_SIGNING_SECRET", True, "set; only a request of Slack's can prove it")
    if settings.slack_bot_token is None:
        yield Check("SLACK_CLIENT_ID", True, "set, with its secret; only an installation can prove them")
        yield Check("STUDYBOT_SECRET_KEY", True, "set; keep a copy apart from the backups")


def _seal(settings: Settings) -> Seal:
    assert settings.secret_key is not None  # looked at before
    return Seal([key.strip() for key in settings.secret_key.get_secret_value().split(",")])


class _Looking:
    """Fulfils ``Reads`` beside a running bot."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Look once. ``StorageFault`` if there is nothing to look at."""
        return look(self._url, work)  # type: ignore[return-value]  # None only where there is no database yet
