"""The app removed and installed again: what is kept, what ends, and what only looks like a removal."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.slack.installed import InstalledWorkspaces
from bot.domain.community import Platform
from bot.posting.places import KEPT_AFTER_LEAVING
from tests.adapters.slack.test_life import socket, torn
from tests.adapters.slack.test_posting import POST, questions
from tests.contract.slack_stage import SlackOverHttp, SlackStage
from tests.fakes.slack import Fail
from tests.fakes.slack.misbehaviour import Hang


async def readied(stage: SlackStage) -> None:
    """A new line, and what is caught up with at each."""
    await torn(stage)
    await socket(stage)._readying.settled()


async def running(stage: SlackStage) -> bool:
    tracks = await stage.bot.core.storage.read(lambda uow: uow.tracks.running(Platform.SLACK))
    return bool(tracks)


async def test_a_new_line_does_not_undo_that_the_app_was_removed(stage: SlackStage) -> None:
    await stage.workspace.uninstall()
    for _ in range(3):
        stage.clock.advance(KEPT_AFTER_LEAVING / 3 + timedelta(hours=1))
        await readied(stage)
        assert not await running(stage)
    await stage.part.loops.reconcile()
    found = await stage.bot.core.storage.read(lambda uow: uow.communities.find(Platform.SLACK, stage.workspace.id))
    assert found is None, "erased seven days after it was removed, however often the line was new"


async def test_installed_again_a_new_line_finds_it(stage: SlackStage) -> None:
    await stage.workspace.uninstall()
    await readied(stage)
    for token in stage.workspace.team.tokens:
        stage.workspace.team.tokens[token] = "good"
    await readied(stage)
    assert await running(stage)
    assert "Question 2" in await stage.tomorrow()


@pytest.mark.parametrize("error", ["invalid_auth", "not_authed", "token_expired"])
async def test_a_token_that_is_not_taken_from_here_is_kept(over_http: SlackOverHttp, error: str) -> None:
    """Slack says ``invalid_auth`` as well to a good token from an address that the app does not allow."""
    stage = over_http
    stage.slack.on(POST, Fail(error))
    stage.slack.on("auth.test", Fail(error))
    await stage.tomorrow()
    assert len(questions(stage)) == 1
    assert await running(stage)
    stage.slack.forgive()
    stage.clock.advance(timedelta(minutes=1))
    await stage.part.loops.tick()
    assert len(questions(stage)) == 2, "from an address that is allowed it goes on by itself"


async def test_an_installation_made_while_a_removal_is_looked_at_stays(
    over_http: SlackOverHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = over_http
    asked = Hang()
    stage.slack.on("auth.test", asked)
    removed = asyncio.create_task(stage.workspace.uninstall())
    await asked.reached.wait()
    kept = asyncio.Event()
    keep = InstalledWorkspaces.keep

    async def noted(self: InstalledWorkspaces, id: str, token: str, bot_user: str, installer: str) -> None:
        await keep(self, id, token, bot_user, installer)
        kept.set()

    monkeypatch.setattr(InstalledWorkspaces, "keep", noted)
    installing = asyncio.create_task(stage.install(stage.workspace, stage.person("boss")))
    await kept.wait()
    asked.release()
    await removed
    await installing
    assert await running(stage)
    assert "Question 2" in await stage.tomorrow()
