"""Thirty calls at once, then one every two seconds: whoever asks faster is told so, and nobody else waits for them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.contract.discord_stage import DiscordStage
from tests.contract.slack_stage import SlackStage
from tests.contract.stages import ONE_OF_EACH_PLATFORM
from tests.contract.test_contract import letter

AT_ONCE, SECONDS_EACH = 30, 2
TOO_FAST = "That was a lot at once."


@pytest.fixture(params=list(ONE_OF_EACH_PLATFORM))
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[DiscordStage | SlackStage]:
    async with ONE_OF_EACH_PLATFORM[request.param](tmp_path) as found:
        yield found


async def asks(stage: DiscordStage | SlackStage, who: str) -> str:
    """Use a command without a moment passing; what is answered."""
    if isinstance(stage, DiscordStage):
        seen = await stage.person(who).slash(stage.channel("#general"), "progress")
        return (await stage._shown(seen)).text
    person = stage.person(who)
    return (await stage.shown(person, await person.slash(stage.channel("#general"), "/study", "progress"))).text


async def answers(stage: DiscordStage | SlackStage, who: str, option: str) -> str:
    """Press a letter without a moment passing; what is answered."""
    if isinstance(stage, DiscordStage):
        return (await stage._shown(await stage.person(who).press(stage.newest_post(), option))).text
    person = stage.person(who)
    return (await stage.shown(person, await person.press(stage.newest_post(), option))).text


async def test_thirty_at_once_and_then_one_every_two_seconds(stage: DiscordStage | SlackStage) -> None:
    right = letter(await stage.post())
    for number in range(AT_ONCE):
        assert TOO_FAST not in await asks(stage, "ana"), number
    assert TOO_FAST in await asks(stage, "ana")
    assert TOO_FAST in await answers(stage, "ana", right), "presses are counted too"
    assert "1st to answer" in await answers(stage, "ben", right), "hers was not counted, and he does not wait for her"
    stage.clock.advance(timedelta(seconds=SECONDS_EACH))
    assert "2nd to answer" in await answers(stage, "ana", right)
    assert TOO_FAST in await asks(stage, "ana")
    stage.clock.advance(timedelta(seconds=SECONDS_EACH - 1))
    assert TOO_FAST in await asks(stage, "ana")
    stage.clock.advance(timedelta(seconds=1))
    assert TOO_FAST not in await asks(stage, "ana")
