"""Promises of the docs about Discord, held at its door: the numbers here are those that are printed."""

from __future__ import annotations

import asyncio
import logging
from contextlib import nullcontext
from datetime import date, timedelta
from functools import partial

import pytest

from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId
from bot.domain.schedule import Due
from bot.domain.track import TrackSettings
from bot.ports.storage import UnitOfWork
from tests.adapters.discord.reading import text
from tests.contract.discord_stage import DiscordStage
from tests.contract.unhurried import DISCORD, as_shipped
from tests.fakes.discord import Fail, Seen
from tests.fakes.loop_time import LoopTime, loop_time

CALLBACK = "/interactions/*/*/callback"


@pytest.mark.parametrize("what", ["a command", "a press", "a form"])
async def test_an_interaction_delivered_twice_is_answered_once(stage: DiscordStage, what: str) -> None:
    """docs/reliability.md"""
    boss, general = stage.person("boss"), stage.channel("#general")
    config = await stage.say("boss", "/config")
    form = await stage.press("boss", "Another daily question", config)
    stage.passes()
    before = len(stage.discord.requests_to("POST", CALLBACK))
    introduced = len(stage.discord.messages(general))
    stage.discord.gateway.send_twice()
    match what:
        case "a command":
            await boss.slash(general, "quiz")
        case "a press":
            await boss.press(stage.newest_post(), "A")
        case _:
            await boss.submit(form.handle, {"place": general, "time": "10:00", "zone": "utc"})
    await stage.quiet()
    await stage.heard()
    answers = stage.discord.requests_to("POST", CALLBACK)[before:]
    assert [answer.status for answer in answers if answer.body["type"] != 8] == [200]
    if what == "a form":
        assert len(stage.discord.messages(general)) == introduced + 1, "one introduction, so one was saved"


class Slow:
    """The database, which answers when it may."""

    def __init__(self, stage: DiscordStage, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may = asyncio.Event()
        self.asked = False
        write = stage.bot.core.storage.write

        async def slow(_: object, work: object) -> object:
            self.asked = True
            await self.may.wait()
            return await write(work)  # type: ignore[arg-type]

        monkeypatch.setattr(type(stage.bot.core.storage), "write", slow)


@pytest.mark.parametrize("seconds", [1.4, 1.6])
async def test_an_answer_that_takes_longer_than_a_second_and_a_half_is_put_off_with_thinking(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    """docs/reliability.md"""
    as_shipped(monkeypatch, *DISCORD)
    slow = Slow(stage, monkeypatch)
    with loop_time() as time:
        pressing = asyncio.create_task(stage.person("ana").press(stage.newest_post(), "A"))
        await time.until(lambda: slow.asked, "the press never came")
        await time.passes(seconds)
        if seconds > 1.5:
            await time.until(pressing.done, "it was not put off")
        assert pressing.done() == (seconds > 1.5)
        slow.may.set()
        await time.until(pressing.done, "it was never answered")
    seen: Seen = await pressing
    await stage.quiet()
    assert (seen.answer.name == "THINKING") == (seconds > 1.5)
    assert seen.ephemeral
    assert "1 in a row" in text(seen.message.components)


SECRET = "what-ana-chose-and-typed"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", CALLBACK),
        ("POST", "/webhooks/*/*"),
        ("POST", "/channels/*/messages"),
        ("PATCH", "/channels/*/messages/*"),
        ("POST", "/users/@me/channels"),
        ("PUT", "/applications/*/commands"),
        ("GET", "/channels/*/messages"),
        ("POST", "/channels/*/threads"),
    ],
)
@pytest.mark.parametrize("status", [400, 429])
async def test_neither_discords_error_text_nor_what_was_sent_reaches_the_log(
    stage: DiscordStage, caplog: pytest.LogCaptureFixture, method: str, path: str, status: int
) -> None:
    """docs/security.md"""
    caplog.set_level(logging.INFO)
    forum = stage.guild.forum("ideas")
    await stage.heard()
    stage.discord.on(method, path, Fail(status, 99999, f"Discord repeats {SECRET}"))
    stage.passes()
    ana, boss, general = stage.person("ana"), stage.person("boss"), stage.channel("#general")
    with stage.discord.nobody_waits() if path == CALLBACK else nullcontext():
        await ana.slash(general, "role", name=SECRET, force=True)
        await ana.slash(general, "role", name="genai-engineer", force=True)
        stage.passes()
        await boss.slash(general, "config", time="00:00", zone="utc", weekdays="every day", place=forum, force=True)
    await stage.tomorrow()
    await stage.quiet()
    stage.clock.advance(timedelta(minutes=30))
    await stage.part.loops.reconcile()
    stage.discord.commands.replace(None, stage.discord.commands.of(None)[:1])
    await stage.restart()
    formatter = logging.Formatter()
    logged = "\n".join(formatter.format(record) for record in caplog.records)
    assert SECRET not in logged
    assert "Question 2" not in logged
    assert stage.discord.token not in logged
    assert "Traceback" not in logged
    stage.logged.errors.clear()


@pytest.mark.parametrize(("away", "kept"), [(timedelta(days=6, hours=23), True), (timedelta(days=7, hours=1), False)])
async def test_a_server_that_removed_us_is_erased_after_a_week(
    stage: DiscordStage, away: timedelta, kept: bool
) -> None:
    """docs/running.md"""
    await stage.answer("ana", "A")
    stage.guild.leave()
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))
    stage.clock.advance(away)
    await stage.part.loops.reconcile()
    found = await stage.bot.core.storage.read(lambda uow: uow.communities.find(Platform.DISCORD, stage.guild.id))
    assert (found is not None) == kept


def many_tracks(uow: UnitOfWork, like: TrackSettings, community: CommunityId, due: Due, number: int) -> None:
    for seed in range(number):
        uow.tracks.add(community, like, "1", seed, due)


async def test_at_most_forty_eight_posts_leave_in_a_second(stage: DiscordStage) -> None:
    """docs/reliability.md"""
    storage = stage.bot.core.storage
    due = await stage.part.loops.next_due(stage.clock.now() + timedelta(days=3))
    assert due

    def add(uow: UnitOfWork) -> None:
        (track,) = [track for id in uow.tracks.every() if (track := uow.tracks.get(id)) is not None]
        many_tracks(uow, track.settings, track.community, Due(date(2026, 11, 24), due), 79)

    await storage.write(add)
    stage.clock.go_to(due)
    with loop_time() as time:
        sent = await _posts_as_time_passes(stage, time)
    assert len(sent) == 80
    for moment in sent:
        assert sum(moment <= one < moment + 1 for one in sent) <= 48
    assert sent[-1] - sent[0] <= 80 / 47 + 0.2, "nor is it much slower"


async def _posts_as_time_passes(stage: DiscordStage, time: LoopTime) -> list[float]:
    """When each post reached Discord, in the loop's own time."""
    path = f"/channels/{stage.channel('#general').id}/messages"
    before = len(stage.discord.requests_to("POST", path))
    sent: list[float] = []

    def came() -> int:
        return len(stage.discord.requests_to("POST", path)) - before

    def arrived(least: int) -> bool:
        return came() >= least

    ticking = asyncio.create_task(stage.part.loops.post())
    for _ in range(400):
        await stage.bot.core.storage.write(lambda uow: None)  # what was to be written down before is
        await time.passes(0.01)
        # A busy machine carries a post later than it left; time waits for those that must have left by now.
        left = min(80, int((time.now - sent[0] - 0.02) * 47)) if sent else 0
        await time.until(partial(arrived, left), "posts were slower than the rate")
        sent += [time.now] * (came() - len(sent))
        if len(sent) >= 80:
            break
    await time.until(ticking.done, "the posts were never begun")
    return sent
