"""Everything a reply says was done was done: where it fails, the reply says so instead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.discord_stage import DiscordStage
from tests.contract.slack_stage import SlackStage
from tests.contract.stages import PLATFORMS
from tests.fakes.discord import misbehaviour as on_discord
from tests.fakes.slack import misbehaviour as on_slack

PlatformStage = DiscordStage | SlackStage
REFUSED, DOWN, CUT = "refused", "down", "cut"


@pytest.fixture(params=list(PLATFORMS))
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[PlatformStage]:
    async with PLATFORMS[request.param](tmp_path) as found:
        yield found


def nothing_is_posted(stage: PlatformStage, trouble: str) -> None:
    """The platform takes no message in #general from here on."""
    if isinstance(stage, DiscordStage):
        faults: dict[str, on_discord.Fault] = {
            REFUSED: on_discord.Fail(403, 50013, "Missing Permissions"),
            DOWN: on_discord.Fail(503),
            CUT: on_discord.CutBefore(),
        }
        stage.discord.on("POST", f"/channels/{stage.channel('general').id}/messages", faults[trouble])
        return
    behaviours: dict[str, on_slack.Misbehaviour] = {
        REFUSED: on_slack.Fail("restricted_action"),
        DOWN: on_slack.ServerError(503),
        CUT: on_slack.LoseAnswer(done=False),
    }
    stage.slack.on("chat.postMessage", behaviours[trouble])


def in_general(stage: PlatformStage) -> int:
    return len(stage.discord.messages(stage.channel("general")) if isinstance(stage, DiscordStage) else stage.posts())


@pytest.mark.parametrize("trouble", [REFUSED, DOWN, CUT])
async def test_nothing_is_called_shared_that_is_not_there(stage: PlatformStage, trouble: str) -> None:
    card = await stage.say("ana", "/role name:AI engineer")
    before = in_general(stage)
    nothing_is_posted(stage, trouble)
    told = await stage.press("ana", "Share here", card)
    assert in_general(stage) == before
    assert "Shared AI Engineer here" not in told.text
    assert "could not be posted" in told.text or "Look before you share it again" in told.text
    assert told.private


@pytest.mark.parametrize("trouble", [REFUSED, DOWN, CUT])
async def test_nothing_is_called_introduced_that_is_not_there(stage: PlatformStage, trouble: str) -> None:
    before = in_general(stage)
    nothing_is_posted(stage, trouble)
    told = await stage.say("boss", "/config time:09:00 zone:utc weekdays:every day")
    assert in_general(stage) == before
    assert "introduc" not in told.text.casefold()
