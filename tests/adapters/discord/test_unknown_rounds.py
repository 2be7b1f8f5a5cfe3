"""A post whose fate nobody can tell, on Discord: settled from the private message, by who may manage just then."""

from __future__ import annotations

import pytest

from bot.domain.round import RoundState
from tests.adapters.discord.reading import pressable, text
from tests.adapters.discord.test_posting import SENDING, questions, state
from tests.contract.discord_stage import DiscordStage
from tests.contract.test_contract import letter
from tests.fakes.discord import Can, CutBefore, Fail, LoseAnswer, Message, Person
from tests.fakes.discord.interactions import COMPONENT
from tests.scheduler.world import MINUTE

THERE, AGAIN = "It is there", "Post it again"
MEMBERS = "/guilds/*/members/*"


async def lost(stage: DiscordStage, *, taken: bool) -> Message:
    """The line is cut while the second question is posted in a channel whose history may not be read."""
    stage.channel("#general").overwrite(stage.guild.me, deny=Can.READ_MESSAGE_HISTORY)
    await stage.heard()
    cut = stage.discord.on("POST", SENDING, LoseAnswer() if taken else CutBefore(), times=1)
    await stage.tomorrow()
    assert cut.hits == 1
    # Longer than a nonce is known for sure.
    stage.clock.advance(10 * MINUTE)
    await stage.part.loops.reconcile()
    (told,) = stage.person("boss").dms
    assert await state(stage, 2) is RoundState.UNKNOWN
    return told


async def press(stage: DiscordStage, who: Person, told: Message, label: str) -> str:
    seen = await who.press(told, label)
    await stage.quiet()
    await stage.part.loops.settled()
    assert not pressable(seen.messages[-1].components)
    return text(seen.messages[-1].components)


async def test_the_message_has_both_buttons_and_says_where_the_rest_is(stage: DiscordStage) -> None:
    told = await lost(stage, taken=True)
    assert [label for label, _ in pressable(told.components)] == [THERE, AGAIN]
    assert "From Studybot in Study group" in text(told.components)
    assert "The other buttons for it are in /config, in the server." in text(told.components)


async def test_it_is_there_opens_it(stage: DiscordStage) -> None:
    told = await lost(stage, taken=True)
    assert "it is open now" in await press(stage, stage.person("boss"), told, THERE)
    assert await state(stage, 2) is RoundState.OPEN
    assert len(questions(stage)) == 2
    assert "1 in a row" in (await stage.answer("ana", letter(await stage.post()))).text
    assert "Nothing was changed" in await press(stage, stage.person("boss"), told, AGAIN)
    assert len(questions(stage)) == 2


async def test_post_it_again_posts_it(stage: DiscordStage) -> None:
    told = await lost(stage, taken=False)
    assert "being posted again" in await press(stage, stage.person("boss"), told, AGAIN)
    assert await state(stage, 2) is RoundState.OPEN
    assert len(questions(stage)) == 2


@pytest.mark.parametrize("gone", ["no manager", "left", "not said"])
async def test_who_manages_no_more_can_settle_nothing(stage: DiscordStage, gone: str) -> None:
    told = await lost(stage, taken=False)
    boss = stage.person("boss")
    if gone == "no manager":
        boss.take(*boss.roles)
        expected = "Only managers can do that"
    elif gone == "left":
        del stage.guild.members[boss.id]
        expected = "You are not in that server any more. Nothing was changed."
    else:
        stage.discord.on("GET", MEMBERS, Fail(403, 50001))
        expected = "Discord did not say whether you manage that server. Nothing was changed"
    assert expected in await press(stage, boss, told, AGAIN)
    assert await state(stage, 2) is RoundState.UNKNOWN


async def test_a_button_that_names_another_server_settles_nothing(stage: DiscordStage) -> None:
    told = await lost(stage, taken=False)
    other = stage.discord.guild("Another group")
    await stage.heard()
    forged = dict(pressable(told.components))[AGAIN].replace(stage.guild.id, other.id)
    chief = other.person("chief", manager=True)
    pressed = {"custom_id": forged, "component_type": 2, "id": 1}
    seen = await chief.interaction(stage.discord.dm_with(chief.user), COMPONENT, pressed, message=told)
    assert "not from this server" in text(seen.messages[-1].components)
    assert await state(stage, 2) is RoundState.UNKNOWN
