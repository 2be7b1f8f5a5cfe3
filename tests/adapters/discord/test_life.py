"""Servers that come and go, lines that break, tokens that end: what people notice of it, and what is kept."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.discord.face import DiscordFace
from bot.adapters.discord.life import Life
from bot.app.core import FixedDice
from bot.app.run import Bot, bot
from bot.config import Settings
from bot.domain.community import Platform
from bot.domain.identifiers import RoundId
from bot.posting.places import KEPT_AFTER_LEAVING
from tests.adapters.discord.reading import pressable, text
from tests.contract.discord_stage import DiscordStage
from tests.contract.test_contract import letter
from tests.dialogues.telling import MONDAY
from tests.fakes.clock import FakeClock
from tests.fakes.discord import Can, Fail, FakeDiscord
from tests.fakes.discord.client_base import keep_alive_time
from tests.fakes.loop_time import loop_time
from tests.fakes.patience import PATIENCE


async def test_an_invitation_is_answered_once_in_the_system_channel(stage: DiscordStage) -> None:
    guild = stage.discord.guild("Another group", joined=False)
    lobby = guild.text_channel("lobby")
    guild.use_system_channel(lobby)
    guild.join()
    (greeting,) = await stage.discord.until(lambda: stage.discord.messages(lobby))
    assert "Studybot is here" in text(greeting.components)
    labels = dict(pressable(greeting.components))
    refused = await guild.person("ana").press(greeting, "Set up daily question")
    assert "Only managers can do that" in text(refused.messages[-1].components)
    form = await guild.person("chief", manager=True).press(greeting, "Set up daily question")
    assert form.modal["title"] == "Daily question"
    assert set(labels) == {"Set up daily question", "How this works", "Practise"}
    await stage.restart()
    await stage.heard()
    assert len(stage.discord.messages(lobby)) == 1


async def test_without_a_channel_to_greet_in_the_owner_is_written_to(stage: DiscordStage) -> None:
    guild = stage.discord.guild("Quiet group")
    await stage.discord.until(lambda: guild.owner.dm and stage.discord.dms(guild.owner))
    (letter_,) = stage.discord.dms(guild.owner)
    assert "type /config in the channel where you want it" in text(letter_.components)


async def test_removed_from_a_server_nothing_is_posted_and_everything_waits_for_a_return(stage: DiscordStage) -> None:
    await stage.answer("ana", letter(await stage.post()))
    posts = len(stage.discord.messages(stage.channel("#general")))
    stage.guild.leave()
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))
    stage.clock.advance(timedelta(days=2))
    await stage.part.loops.tick()
    assert len(stage.discord.messages(stage.channel("#general"))) == posts
    stage.guild.join()
    await stage.until_tracks(lambda tracks: all(track.running for track in tracks))
    assert "Question 2" in await stage.tomorrow()
    assert "1 answered" in (await stage.say("ana", "/progress")).text


async def test_a_server_left_for_good_is_forgotten(stage: DiscordStage) -> None:
    stage.guild.leave()
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))
    stage.clock.advance(KEPT_AFTER_LEAVING + timedelta(hours=1))
    await stage.part.loops.reconcile()
    found = await stage.bot.core.storage.read(lambda uow: uow.communities.find(Platform.DISCORD, stage.guild.id))
    assert found is None


async def test_an_outage_of_a_server_is_no_removal(stage: DiscordStage) -> None:
    stage.guild.go_down()
    guild = stage.discord.guild("Beside")  # heard after it, so that it was heard
    await stage.discord.until(lambda: guild.owner.dm)
    await stage.tomorrow()
    stage.guild.come_back()
    await stage.heard()
    stage.clock.advance(timedelta(minutes=1))
    await stage.part.loops.tick()
    assert "Question 2" in await stage.post()


async def test_removed_while_nobody_listened_is_found_out_at_the_next_start(stage: DiscordStage) -> None:
    await stage.end()
    stage.guild.leave()
    stage.discord.guild("To have somewhere to be")
    await stage.begin()
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))


async def test_a_deleted_ping_role_is_let_go(stage: DiscordStage) -> None:
    learners = stage.guild.role("learners", mentionable=True)
    panel = await stage.press("boss", "Change", await stage.say("boss", "/config"))
    form = await stage.press("boss", "Time and place", panel)
    await stage.person("boss").submit(form.handle, {"ping": learners})
    learners.delete()
    await stage.until_tracks(lambda tracks: all(track.settings.ping_role is None for track in tracks))
    await stage.part.loops.reconcile()
    assert "The role the daily question pinged was deleted." in text(stage.person("boss").dms[-1].components)


@pytest.mark.parametrize("code", [1000, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009])
async def test_a_closed_line_is_taken_up_again(stage: DiscordStage, code: int) -> None:
    gateway = stage.discord.gateway
    before = gateway.resumes + gateway.identifies
    gateway.close(code)
    await stage.discord.until(lambda: gateway.resumes + gateway.identifies > before)
    await gateway.connected()
    assert "1 in a row" in (await stage.answer("ana", letter(await stage.post()))).text


async def test_a_cut_line_and_one_asked_to_move_are_taken_up_again(stage: DiscordStage) -> None:
    gateway = stage.discord.gateway
    for trouble in (gateway.abort, gateway.ask_to_reconnect):
        before = gateway.resumes
        trouble()
        await stage.discord.until(lambda: gateway.resumes > before)  # noqa: B023
        assert "Practice" in (await stage.say("ana", "/quiz")).text


@pytest.mark.slow
async def test_an_invalid_session_begins_anew_and_loses_nothing(stage: DiscordStage) -> None:
    stage.discord.gateway.invalidate()
    before = stage.discord.gateway.identifies
    await stage.discord.until(lambda: stage.discord.gateway.identifies > before)
    await stage.discord.gateway.connected()
    assert "1 in a row" in (await stage.answer("ana", letter(await stage.post()))).text


async def test_a_line_that_has_gone_silent_is_noticed_and_made_anew(
    tmp_path: Path,
) -> None:
    async with FakeDiscord(heartbeat_interval_ms=100) as discord:
        ana = discord.guild("Study group").person("ana")
        channel = ana.guild.text_channel("general")
        with keep_alive_time() as time:
            async with starting(discord, tmp_path) as (at_work, said):
                await asyncio.wait_for(at_work.faces[0].loops.begun.wait(), PATIENCE)
                before = discord.gateway.resumes + discord.gateway.identifies
                discord.gateway.go_silent()
                await time.passes(61)
                await discord.until(lambda: discord.gateway.resumes + discord.gateway.identifies > before)
                assert "Practice" in text((await ana.slash(channel, "quiz")).message.components)
                assert "Discord: the line was lost; connecting again." in said


async def test_an_hour_without_a_line_excuses_who_could_not_answer(stage: DiscordStage) -> None:
    await stage.part.loops.beat()
    gateway = stage.discord.gateway
    gateway.refuse_connections(1)
    gateway.forget_sessions()
    gateway.close(4000)
    await stage.until(lambda: not stage.alive(), "the end of the line")
    stage.clock.advance(timedelta(hours=2))
    await stage.part.loops.beat()
    await stage.until(stage.alive, "a line")
    await stage.part.loops.beat()
    await stage.tomorrow()
    first = await stage.bot.core.storage.read(lambda uow: uow.rounds.get(RoundId(1)))
    assert first is not None
    assert first.excused


async def test_a_channel_deleted_while_nobody_listened_is_refused_with_the_reason(stage: DiscordStage) -> None:
    await stage.end()
    stage.channel("#general").delete()
    await stage.begin()
    await stage.tomorrow()
    assert "The channel was deleted, or Studybot cannot see it." in text(stage.person("boss").dms[-1].components)


@pytest.mark.slow
async def test_many_servers_on_two_shards_are_served_alike(tmp_path: Path) -> None:
    async with FakeDiscord(shards=2, check_spec=False) as discord:
        guilds = discord.many_guilds(40, channels=3, roles=2)
        async with starting(discord, tmp_path) as (at_work, said):
            await asyncio.wait_for(at_work.faces[0].loops.begun.wait(), PATIENCE)
            assert "Discord: connected as Studybot, in 40 servers." in said
            people = [guild.person("ana") for guild in guilds]
            seen = await asyncio.gather(
                *(person.slash(next(iter(person.guild.channels.values())), "quiz") for person in people)
            )
            assert not any(one.did_not_respond for one in seen)


async def test_events_out_of_order_are_no_trouble(stage: DiscordStage) -> None:
    stage.discord.gateway.swap(3)
    ana, ben = stage.person("ana"), stage.person("ben")
    post = stage.newest_post()
    seen = await asyncio.gather(
        *(person.press(post, name) for person, name in zip([ana, ben] * 2, "ABCD", strict=True))
    )
    assert not any(one.did_not_respond for one in seen)


@asynccontextmanager
async def starting(
    discord: FakeDiscord, folder: Path, token: str | None = None, dev_guild: int | None = None
) -> AsyncIterator[tuple[Bot, list[str]]]:
    said: list[str] = []
    settings = Settings(
        database_url=f"sqlite:///{folder}/starting.db",
        discord_token=token or discord.token,
        discord_api_url=discord.api_url,
        discord_dev_guild=dev_guild,
    )
    async with bot(settings, said.append, FakeClock(MONDAY), FixedDice(1)) as at_work:
        yield at_work, said


async def test_a_wrong_token_ends_the_face_with_a_sentence(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, starting(discord, tmp_path, "wrong.token.here") as (at_work, said):
        await asyncio.wait_for(asyncio.gather(*at_work.running), PATIENCE)
        assert any("Discord does not accept DISCORD_TOKEN" in line for line in said)


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013, 4014])
async def test_a_close_that_means_it_ends_the_face_with_a_sentence(tmp_path: Path, code: int) -> None:
    async with FakeDiscord() as discord:
        discord.guild("Study group")
        discord.gateway.refuse_identify(code)
        async with starting(discord, tmp_path) as (at_work, said):
            await asyncio.wait_for(asyncio.gather(*at_work.running), PATIENCE)
            assert said[-1].startswith("Discord has stopped. ")


async def test_a_token_revoked_in_flight_ends_the_face_with_a_sentence(stage: DiscordStage) -> None:
    stage.discord.gateway.close(4004)
    await asyncio.wait_for(asyncio.gather(*stage.bot.running), PATIENCE)
    assert "Discord does not accept the token any more." in stage.said[-1]
    (logged,) = stage.logged.errors
    assert logged.startswith("Discord has ended")
    stage.logged.errors.clear()


async def test_a_discord_that_cannot_be_reached_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.discord.face.FIRST_WAIT", 0.01)
    async with FakeDiscord() as discord:
        discord.guild("Study group")
        discord.on("GET", "/gateway/bot", Fail(400), times=2)
        async with starting(discord, tmp_path) as (at_work, said):
            await asyncio.wait_for(at_work.faces[0].loops.begun.wait(), PATIENCE)
            assert sum("cannot be reached; trying again" in line for line in said) == 2


async def test_stopped_before_every_server_came_it_ends_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library goes on waiting for servers, and then says that it is ready."""
    monkeypatch.setattr("bot.adapters.discord.client.LAST_SERVER_WITHIN", PATIENCE)
    left_over: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, told: left_over.append(told))
    async with FakeDiscord() as discord:
        discord.guild("Study group")
        async with starting(discord, tmp_path) as (at_work, said):
            face = at_work.faces[0].face
            assert isinstance(face, DiscordFace)
            await discord.until(lambda: (client := face._connected.client) and client.guilds)
    with loop_time() as time:
        await time.passes(PATIENCE + 1)
    gc.collect()
    assert left_over == []
    assert "Discord: connected" not in " ".join(said)


async def test_a_stopped_bot_finishes_what_is_on_its_way(stage: DiscordStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.run.FINISH_WITHIN", PATIENCE)
    due = await stage.part.loops.next_due(stage.clock.now() + timedelta(days=3))
    assert due
    stage.clock.go_to(due)
    stage.part.loops.wake()
    await asyncio.sleep(0)
    await stage.end()
    assert "Question 2" in await stage.post()


async def test_commands_are_registered_only_when_they_changed(stage: DiscordStage) -> None:
    await stage.restart()
    assert len(stage.discord.requests_to("PUT", "/applications/*/commands")) == 1


async def test_commands_that_are_gone_come_back_at_the_next_start(stage: DiscordStage) -> None:
    stage.discord.commands.replace(None, [])
    await stage.restart()
    assert "quiz" in stage.person("ana").commands(stage.channel("#general"))


async def test_the_bot_needs_no_permission_it_was_not_invited_with(stage: DiscordStage) -> None:
    assert Can.ADMINISTRATOR not in stage.guild.me.permissions()
    assert "Question 2" in await stage.tomorrow()


async def test_a_fault_in_keeping_up_holds_no_question_back(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(life: Life, client: object) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(Life, "ready", fail)
    await stage.restart()
    assert "Question 2" in await stage.tomorrow()
    assert stage.logged.errors == ["keeping up with Discord failed"]
    stage.logged.errors.clear()
