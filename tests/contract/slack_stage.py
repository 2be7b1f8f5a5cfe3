"""The contract's stage on Slack: the running bot and a Slack on loopback, over Socket Mode."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.slack.door import Door
from bot.adapters.slack.face import SlackFace
from bot.adapters.slack.home import Home
from bot.adapters.slack.http_mode import HttpLine
from bot.commands.kinds import Weekdays, kind_of
from bot.config import Settings
from tests.adapters.slack.reading import Block, pressable, text
from tests.contract.platform_stage import PlatformStage, set_up
from tests.contract.stage import LETTERS, Shown
from tests.contract.unhurried import SLACK, unhurried
from tests.dialogues.telling import MONDAY, migrated
from tests.fakes.clock import FakeClock
from tests.fakes.slack import Channel, FakeSlack, Message, Person, Seen, View, Workspace
from tests.fakes.slack.elements import elements_of
from tests.fakes.slack.installing import Page

KEY = "dGhpcyBpcyBubyBzZWNyZXQ6IGEga2V5IGZvciB0ZXM="
"""Encrypts the tokens of workspaces that do not exist."""


class SlackStage(PlatformStage):
    """One workspace with a few channels."""

    def __init__(self, slack: FakeSlack, clock: FakeClock, database: Path) -> None:
        super().__init__(clock, database)
        self.slack = slack
        slack.date = self.platform_time
        self.workspace: Workspace = slack.home_workspace

    # --- the bot ------------------------------------------------------------------------------------------------

    def settings(self) -> Settings:
        return Settings(
            database_url=self.database_url,
            slack_bot_token=self.slack.bot_token,
            slack_app_token=self.slack.app_token,
            slack_api_url=self.slack.api_url,
        )

    @property
    def face(self) -> SlackFace:
        face = self.part.face
        assert isinstance(face, SlackFace)
        return face

    @property
    def door(self) -> Door:
        return self.face._door

    @property
    def home(self) -> Home:
        homes = self.door._answers._home
        assert isinstance(homes, Home)
        return homes

    # --- the world ----------------------------------------------------------------------------------------------

    def channel(self, name: str) -> Channel:
        return self.workspace.channel(name.lstrip("#"))

    def person(self, name: str) -> Person:
        return self.workspace.user(name, admin=name == "boss")

    def posts(self, place: str = "#general") -> list[Message]:
        return self.slack.messages(self.channel(place))

    def newest_post(self) -> Message:
        return next(post for post in reversed(self.posts()) if "A" in dict(pressable(post.blocks)))

    # --- what people do -----------------------------------------------------------------------------------------

    async def say(self, who: str, line: str, place: str = "#general") -> Shown:
        self.passes()
        self.channel("#tea")
        person = self.person(who)
        return await self.shown(person, await person.slash(self.channel(place), "/study", line.removeprefix("/")))

    async def press(self, who: str, label: str, on: Shown) -> Shown:
        self.passes()
        assert label in LETTERS or label in on.labels, f"no {label!r} among {on.labels} in:\n{on.text}"
        place: Message | View = on.handle
        person = self.person(who)
        if isinstance(place, View):
            # The newest state of what lies before them.
            place = person.modal() or place
        for element in elements_of(place.blocks):
            is_list = element.type == "static_select" and not element.is_input
            if is_list and any(one["text"]["text"] == label for one in element.options()):
                return await self.shown(person, await person.select(place, element.action_id, label))
        return await self.shown(person, await person.press(place, label))

    async def fill(self, who: str, form: Shown, name: str, values: Mapping[str, str]) -> Shown:
        self.passes()
        person, view = self.person(who), form.handle
        await self._put(person, view, {field: value for field, value in values.items() if value != "none"})
        return await self.shown(person, await person.submit(view), view)

    async def _put(self, person: Person, view: View, values: Mapping[str, str]) -> None:
        shown = [element.action_id for element in elements_of(view.blocks)]
        # Where dates can be picked and typed they are typed; that they are picked is tested beside the adapter.
        put = {f"{field}.more" if f"{field}.more" in shown else field: value for field, value in values.items()}
        for element in elements_of(view.blocks):
            if element.action_id not in put:
                continue
            value: Any = put[element.action_id]
            match element.type:
                case "checkboxes":
                    value = list(kind_of(Weekdays).chosen(value))
                case "conversations_select":
                    value = self.channel(value)
                case "users_select":
                    value = self.person(value).id
                case "multi_static_select":
                    value = [one.strip() for one in value.split(",")]
                case "external_select":
                    value = (await person.suggest(view, element.action_id, value)).options[0]["value"]
            await person.select(view, element.action_id, value)

    async def correct(self, who: str, wrong: Shown, values: Mapping[str, str]) -> Shown:
        return await self.fill(who, wrong, "", values)

    async def answer(self, who: str, letter: str) -> Shown:
        self.passes()
        person = self.person(who)
        return await self.shown(person, await person.press(self.newest_post(), letter))

    async def more(self, who: str) -> Shown:
        self.passes()
        person = self.person(who)
        return await self.shown(person, await person.press(self.newest_post(), "More"))

    async def post(self) -> str:
        return text(self.newest_post().blocks)

    def standing(self) -> Iterable[tuple[str, str]]:
        for channel in list(self.workspace.team.channels.values()):
            for message in [] if channel.kind == "im" else self.slack.messages(channel):
                yield message.ts, text(message.blocks)

    async def shown(self, person: Person, seen: Seen, form: View | None = None) -> Shown:
        """The outcome of something that was done, once all of it is there."""
        await self.door.settled()
        await self.home.settled()
        assert seen.error is None, seen.summary()
        if seen.errors and form is not None:
            return Shown("\n".join(seen.errors.values()), handle=form)
        if seen.messages or seen.replaced:
            read = seen.messages or seen.replaced
            last = read[-1]
            private = last.ephemeral_to is not None
            return _shown([block for message in read for block in message.blocks], last.blocks, private, last)
        # What changes in the form before somebody is told to nobody; they see it all the same.
        view = seen.top if seen.views else person.modal()
        assert view is not None, f"nothing came of it: {seen.summary()}"
        return _shown(view.blocks, view.blocks, True, view)


def _shown(said: list[Block], last: list[Block], private: bool, handle: Message | View) -> Shown:
    """The text and buttons that were read, with commands as the contract writes them."""
    return Shown(text(said).replace("/study ", "/"), _labels(last), private, handle)


def _labels(blocks: list[Block]) -> tuple[str, ...]:
    return tuple(label for label, _ in pressable(blocks) if label not in LETTERS)


class SlackOverHttp(SlackStage):
    """The same in HTTP mode, installed over OAuth."""

    def __init__(self, slack: FakeSlack, clock: FakeClock, database: Path) -> None:
        super().__init__(slack, clock, database)
        self.url = ""

    def settings(self) -> Settings:
        return Settings(
            database_url=self.database_url,
            slack_signing_secret=self.slack.signing_secret,
            slack_client_id=self.slack.client_id,
            slack_client_secret=self.slack.client_secret,
            secret_key=KEY,
            http_bind="127.0.0.1:0",
            slack_api_url=self.slack.api_url,
        )

    async def begin(self) -> None:
        await super().begin()
        line = self.face.transport
        assert isinstance(line, HttpLine)
        self.url = f"http://127.0.0.1:{line.port}"
        await self.slack.deliver_to(f"{self.url}/slack/events")
        if not self.workspace.team.installed:
            await self.install(self.workspace, self.person("boss"))

    async def install(self, workspace: Workspace, who: Person) -> Page:
        """Somebody clicks through the pages."""
        page = await self.slack.browser(who, self.url).install()
        assert workspace.team.installed, page.text
        return page


@asynccontextmanager
async def slack_stage(folder: Path, *, over_http: bool = False) -> AsyncIterator[SlackStage]:
    """A workspace in which ``boss`` has set up a daily question, the first of which stands there."""
    database = folder / "slack.db"
    shutil.copy(migrated(), database)
    clock = FakeClock(MONDAY)
    patch = pytest.MonkeyPatch()
    patch.setattr("bot.app.slack.BETWEEN_POSTS", 0.0)
    unhurried(patch, *SLACK)
    async with FakeSlack(clock=clock) as slack:
        slack.workspace(installed=not over_http)
        stage = (SlackOverHttp if over_http else SlackStage)(slack, clock, database)
        try:
            async with set_up(stage):
                yield stage
        finally:
            patch.undo()


@asynccontextmanager
async def slack_http_stage(folder: Path) -> AsyncIterator[SlackOverHttp]:
    """The same over HTTP."""
    async with slack_stage(folder, over_http=True) as stage:
        assert isinstance(stage, SlackOverHttp)
        yield stage


STAGES = {"slack": slack_stage, "slack over http": slack_http_stage}
