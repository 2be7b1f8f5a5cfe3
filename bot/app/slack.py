"""The Slack face, put together."""

from __future__ import annotations

from collections.abc import Callable

from bot.adapters.slack.door import Door
from bot.adapters.slack.face import SlackFace
from bot.adapters.slack.home import Home
from bot.adapters.slack.life import Life
from bot.adapters.slack.people import People
from bot.adapters.slack.places import Places
from bot.adapters.slack.publisher import SlackPublisher
from bot.adapters.slack.socket import Socket
from bot.adapters.slack.web import Web
from bot.adapters.slack.workspaces import OneWorkspace
from bot.app.core import Broken, Core, Part
from bot.commands.dispatch import Dispatch
from bot.commands.effects import Perform
from bot.commands.rate_limit import RateLimit
from bot.config import Settings
from bot.ports.clock import Clock, Dice
from bot.scheduler.alarm_clock import AlarmClock
from bot.scheduler.face_loops import FaceLoops

BETWEEN_POSTS = 1.0
"""Seconds between two posts in one channel, as Slack asks for."""
INCOMPLETE = (
    "Slack's settings are incomplete. Socket Mode needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN; HTTP mode needs "
    "SLACK_SIGNING_SECRET with SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, or with SLACK_BOT_TOKEN. See docs/running.md."
)


def slack_part(
    core: Core, settings: Settings, clock: Clock, dice: Dice, alarm: AlarmClock, say: Callable[[str], None]
) -> Part:
    """The face and its loops, which begin when Slack first reaches us."""
    storage = core.storage
    web = Web(settings.slack_api_url)
    if not (settings.slack_bot_token and settings.slack_app_token):
        raise Broken(INCOMPLETE)
    one = OneWorkspace(web, settings.slack_bot_token.get_secret_value())
    workspaces = one
    people = People(workspaces, clock)
    places = Places(frozenset(core.registry.commands))

    async def lost(id: str) -> None:
        await life.lost(id)

    publisher = SlackPublisher(workspaces, places, lost, BETWEEN_POSTS)
    loops = FaceLoops(storage, core.catalog, publisher, clock, alive=lambda: face.alive)
    perform = Perform(publisher, storage, loops.wake)

    def dispatch(limit: RateLimit | None) -> Dispatch:
        return Dispatch(core.registry, core.catalog, storage, perform, people.may_manage, core.support_url, limit)

    home = Home(dispatch(None), clock, dice, people, places)
    life = Life(storage, clock, workspaces, places, home, loops.wake, say)
    door = Door(dispatch(RateLimit()), clock, dice, web, workspaces, people, places, home)
    face = SlackFace(web, one, door, life, lambda: alarm.ring_once("slack", loops), say)
    face.line = Socket(web, settings.slack_app_token.get_secret_value(), face.take, face.ready, face.heard)
    return Part(face, loops)
