"""A workspace whose token we do not have, or cannot look up: said wherever something can be said."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.adapters.slack.installed import InstalledWorkspaces
from bot.ports.storage import StorageFault
from tests.adapters.slack.reading import text
from tests.adapters.slack.test_forms import opened
from tests.contract.slack_stage import SlackOverHttp
from tests.contract.unhurried import SLACK, as_shipped
from tests.fakes.loop_time import LoopTime, turns
from tests.fakes.slack import Seen, View
from tests.fakes.slack.manifest import Manifest

SENTENCE = "Studybot is not installed in this workspace any more. Ask an admin to install it again."


class Workspace:
    """Everything that can be pressed, typed and sent in a workspace, made while the app was installed there."""

    def __init__(self, stage: SlackOverHttp) -> None:
        self.stage = stage
        self.boss = stage.person("boss")

    async def ready(self) -> None:
        stage = self.stage
        stage.slack.world.manifest = Manifest(
            global_shortcuts=frozenset({"open"}), message_shortcuts=frozenset({"today"})
        )
        await self.boss.open_home()
        await stage.home.settled()
        panel = await stage.press("boss", "Change", await stage.say("boss", "/config"))
        self.panel = panel.handle
        self.form: View = await opened(stage, "Another daily question")

    async def do(self, what: str) -> Seen:
        """Do it by way of one door."""
        stage, boss = self.stage, self.boss
        match what:
            case "command":
                return await boss.slash(stage.channel("general"), "/study", "quiz")
            case "post":
                return await boss.press(stage.newest_post(), "A")
            case "message":
                return await boss.press(self.panel, "Preview")
            case "message shortcut":
                return await boss.shortcut("today", stage.newest_post())
            case "shortcut":
                return await boss.shortcut("open")
            case "home":
                assert boss.home is not None
                return await boss.press(boss.home, "Practise")
            case "modal":
                return await boss.press(self.modal(), "Preview")
            case _:
                return await boss.submit(self.form, {"place": stage.channel("tea")})

    def modal(self) -> View:
        found = self.boss.modal()
        assert found is not None
        return found


@pytest.fixture
async def workspace(over_http: SlackOverHttp) -> Workspace:
    """A workspace in which everything is at hand."""
    made = Workspace(over_http)
    await made.ready()
    return made


async def forgotten(workspace: Workspace) -> None:
    """We have no token of it any more, and Slack does not know."""
    found = workspace.stage.door._asking._workspaces
    assert isinstance(found, InstalledWorkspaces)
    here = await found.find(workspace.stage.workspace.id)
    assert here is not None
    await found.gone(here)


def read(seen: Seen) -> str:
    """The text a person sees of it."""
    views = [view.blocks for view in seen.views if view.type == "modal"]
    return "\n".join(text(blocks) for blocks in (*(message.blocks for message in seen.messages), *views))


WITH_ADDRESS = ["command", "post", "message", "message shortcut"]
"""What comes with an address to answer at."""


@pytest.mark.parametrize("what", [*WITH_ADDRESS, "form"])
async def test_where_there_is_no_workspace_it_is_said(workspace: Workspace, what: str) -> None:
    await forgotten(workspace)
    seen = await workspace.do(what)
    await workspace.stage.door.settled()
    assert seen.error is None
    assert read(seen).count(SENTENCE) == 1


async def saved(workspace: Workspace) -> None:
    """The answer to a form lies before them, with buttons."""
    assert "Saved" in text((await workspace.do("form")).top.blocks)


@pytest.mark.parametrize("what", ["shortcut", "home", "modal"])
async def test_where_nothing_can_be_said_slack_says_that_it_did_not_work(workspace: Workspace, what: str) -> None:
    """Without a token and an address; Slack's own words are better than silence."""
    await saved(workspace)
    await forgotten(workspace)
    seen = await workspace.do(what)
    assert seen.error == "dispatch_failed"


@pytest.mark.parametrize("what", ["shortcut", "home", "modal"])
async def test_while_the_database_is_away_it_is_no_different(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    await saved(workspace)

    async def away(*_: object) -> None:
        raise StorageFault("the database does not answer")

    with monkeypatch.context() as patch:
        patch.setattr(InstalledWorkspaces, "find", away)
        seen = await workspace.do(what)
    assert seen.error == "dispatch_failed"
    again = await workspace.do(what)
    await workspace.stage.door.settled()
    assert again.error is None, "the next press is taken"


@pytest.mark.parametrize("what", [*WITH_ADDRESS, "form"])
async def test_after_a_second_and_a_half_it_is_said_too(
    workspace: Workspace, hurry: LoopTime, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """The look-up takes that long; a form says what to do, since nothing else can come."""
    begun, going = asyncio.Event(), asyncio.Event()

    async def slow(self: InstalledWorkspaces, *_: Any) -> None:
        begun.set()
        await going.wait()

    as_shipped(monkeypatch, *SLACK)
    workspace.stage.slack.patience = 60.0
    monkeypatch.setattr(InstalledWorkspaces, "find", slow)
    hurry.stop()
    doing = asyncio.create_task(workspace.do(what))
    await begun.wait()
    await turns()
    hurry.by(1.6)
    seen = await asyncio.wait_for(doing, 60)
    assert (seen.error, seen.messages) == (None, [])
    going.set()
    hurry.go_on()
    await workspace.stage.door.settled()
    if what == "form":
        assert "If nothing more comes, close this" in read(seen)
    else:
        assert read(seen).count(SENTENCE) == 1
