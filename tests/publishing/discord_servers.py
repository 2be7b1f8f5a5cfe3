"""Servers on a Discord of the tests' own, and what stands in their channels after a bot was killed there."""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef, ZoneName
from bot.domain.schedule import Schedule, first_due
from bot.domain.track import TrackSettings
from bot.ports.storage import UnitOfWork
from bot.storage.storage import Storage
from tests.adapters.discord.reading import pressable, text
from tests.dialogues.telling import migrated
from tests.fakes.clock import FakeClock
from tests.fakes.discord import Channel, FakeDiscord, Guild, Message, Person
from tests.lives.life import Life
from tests.lives.process import Setting
from tests.lives.stopping import Kill
from tests.publishing.steps import DUE
from tests.scheduler.world import DAY, HOUR, MIGRATIONS

BEFORE = DUE - HOUR


class Servers:
    """Two servers, two channels and a forum with a question each day at the same moment; people who press."""

    def __init__(self, discord: FakeDiscord, clock: FakeClock, folder: Path, content: Path) -> None:
        self.discord = discord
        self.clock = clock
        self._database = folder / "studybot.db"
        self._content = content
        big, small = discord.guild("Big"), discord.guild("Small")
        self.channels = (big.text_channel("general"), big.text_channel("careers"), small.forum("questions", "Daily"))
        self._people: dict[Guild, Person] = {guild: guild.person("ana") for guild in (big, small)}
        self.dates = 0
        """How many dates have come."""
        self._posts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        """By channel, the round and the message of each question that was ever posted."""
        self.on_accepted: dict[str, Callable[[], None]] = {}
        """What to call when Discord has taken a question, a "post" or an "edit", and has not answered yet."""
        discord.onlookers.append(self._see)

    async def prepare(self) -> None:
        """Save the tracks."""
        shutil.copy(migrated(), self._database)
        storage = Storage(f"sqlite:///{self._database}", MIGRATIONS)
        storage.open(BEFORE)

        def save(uow: UnitOfWork) -> None:
            for channel in self.channels:
                assert channel.guild is not None
                community = uow.communities.of(Platform.DISCORD, channel.guild.id)
                schedule = Schedule(time(DUE.hour), ZoneName("UTC"))
                settings = TrackSettings(PlaceRef(channel.id), schedule)
                uow.tracks.add(community.id, settings, channel.guild.owner.id, 7, first_due(schedule, BEFORE))

        await storage.write(save)
        storage.close()

    def life(self, *, hasty: bool = False, kill: Kill | None = None) -> Life:
        """A bot that begins to live now; a kill is in force until its first order is carried out."""
        return Life(
            Setting(
                self._database,
                self._content,
                self.discord.token,
                self.discord.api_url,
                self.clock.now(),
                sent_at_once=2,
                hasty=hasty,
                kill=kill,
            )
        )

    def next_due(self) -> datetime:
        """The clock is set to the next date's question."""
        self.clock.go_to(DUE + self.dates * DAY)
        self.dates += 1
        return self.clock.now()

    def later(self, by: timedelta) -> datetime:
        """Time goes by."""
        self.clock.advance(by)
        return self.clock.now()

    # --- what is there ------------------------------------------------------------------------------------------

    def posted_twice(self) -> int:
        """Count the posts that stand there beside one of the same round."""
        return sum(len(posts) - len(dict(posts)) for posts in self._posts.values())

    async def check(self) -> None:
        """Everything stands as it should, and the newest questions take presses."""
        self.check_standing()
        for channel in self.channels:
            await self.press(self.newest(channel))

    def check_standing(self) -> None:
        """Every date stands in every channel exactly once, the newest open, those before it closed and revealed."""
        for channel in self.channels:
            posts = self._posts[channel.id]
            assert len(posts) == self.dates, "one post for each date"
            assert len(dict(posts)) == self.dates, "and each of a round of its own"
            kept = self._rounds(channel)
            assert [(id, message) for id, _, message in kept] == posts, "each round knows its own message"
            assert [state for _, state, _ in kept] == ["closed"] * (self.dates - 1) + ["open"]
            closed = [self.discord.messages_by_id[message] for _, message in posts[:-1]]
            assert all("closed" in text(message.components) for message in closed)
        owners = [message for person in self._people for message in self.discord.dms(person.owner)]
        assert not [told for told in map(_read, owners) if "may or may not" in told or "not posted" in told]

    def newest(self, channel: Channel) -> Message:
        """The question that was posted last."""
        return self.discord.messages_by_id[self._posts[channel.id][-1][1]]

    async def press(self, newest: Message) -> None:
        """Somebody is the first to answer a question."""
        assert newest.channel.guild is not None
        seen = await self._people[newest.channel.guild].press(newest, "A")
        assert not seen.did_not_respond
        assert "1st to answer" in _read(seen.messages[-1])

    def _rounds(self, channel: Channel) -> list[tuple[str, str, str]]:
        with closing(sqlite3.connect(self._database)) as connection:
            return connection.execute(
                "SELECT id || '-' || tag, state, message_ref FROM rounds WHERE place = ? ORDER BY local_date",
                (channel.id,),
            ).fetchall()

    def _see(self, event: str, message: Message) -> None:
        channel = message.channel
        place = channel.parent if channel.is_thread and channel.parent else channel
        if place not in self.channels or message.ephemeral:
            return
        if event == "MESSAGE_UPDATE":
            self._accepted("edit")
        if event != "MESSAGE_CREATE":
            return
        for label, id in pressable(message.components):
            if label == "More":
                self._posts[place.id].append((id.rpartition(":")[2], message.id))
                self._accepted("post")

    def _accepted(self, what: str) -> None:
        if what in self.on_accepted:
            self.on_accepted[what]()


def _read(message: Message) -> str:
    return text(message.components)
