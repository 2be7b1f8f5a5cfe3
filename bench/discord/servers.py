"""The communities of a generated database as servers of a Discord on loopback."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.adapters.discord.cards import Names
from bot.adapters.discord.commands import payload
from bot.adapters.discord.render import posted
from bot.app.features import all_commands
from bot.catalog.catalog import LoadedCatalog
from bot.domain.grading import AskedQuestion
from bot.domain.identifiers import OptionId, RoundId, RoundRef, ZoneName
from bot.domain.question import Question
from bot.replies.asked import QuestionPosted
from tests.fakes.discord import Channel, FakeDiscord, Guild, Message, Person, User
from tests.fakes.discord.components import numbered
from tests.fakes.discord.wire import COMPONENTS_V2

OPEN_FOR = timedelta(hours=20)
DATED_BACK = timedelta(days=2)
"""The open round's date, on no day on which another may be due, whatever the hour now is."""


@dataclass(frozen=True, slots=True)
class Server:
    """A community: its server, the channel of its daily question, and the post that stands open there."""

    guild: Guild
    channel: Channel
    post: Message

    def person(self, user: str) -> Person:
        """The member with that id; one who has never answered comes in new."""
        known = self.guild.members.get(user)
        if isinstance(known, Person):
            return known
        return self.guild.person(User(user, f"member {user}") if user.isdigit() else user)


def built(discord: FakeDiscord, database: Path, catalog: LoadedCatalog, now: datetime) -> dict[str, Server]:
    """A server for every community of the database, by the id that it had there; the database is told the new ids."""
    discord.commands.replace(None, payload(all_commands()))
    questions = {str(question.id): question for question in catalog.questions}
    opened = int((now - OPEN_FOR).timestamp())
    servers = {}
    with closing(sqlite3.connect(database)) as told:
        rows = told.execute(
            "SELECT c.id, c.external_id, r.id, r.question_id, r.option_order FROM rounds r"
            " JOIN tracks t ON t.id = r.track_id JOIN communities c ON c.id = t.community_id"
            " WHERE r.state = 'open' ORDER BY c.id"
        ).fetchall()
        for community, name, round, asked, order in rows:
            server = servers[name] = _server(
                discord, name, _components(RoundRef(RoundId(round)), questions[asked], order)
            )
            told.execute("UPDATE communities SET external_id = ? WHERE id = ?", (server.guild.id, community))
            told.execute("UPDATE tracks SET place = ? WHERE community_id = ?", (server.channel.id, community))
            told.execute(
                "UPDATE rounds SET place = ?, message_ref = ?, posted_at = ?, due_at = ?, first_attempt_at = ?,"
                " local_date = ? WHERE id = ?",
                (server.channel.id, server.post.id, opened, opened, opened, str((now - DATED_BACK).date()), round),
            )
        told.execute("UPDATE tracks SET next_local_date = ?", (str((now + timedelta(days=1)).date()),))
        told.commit()
    return servers


def all_due(database: Path, now: datetime) -> None:
    """Make the next question of every track due since a minute."""
    due = now.replace(second=0, microsecond=0) - timedelta(minutes=1)
    with closing(sqlite3.connect(database)) as told:
        told.execute(
            "UPDATE tracks SET zone = 'UTC', local_time = ?, next_local_date = ?, next_due_at = ?",
            (f"{due:%H:%M}", str(due.date()), int(due.timestamp())),
        )
        told.commit()


def _server(discord: FakeDiscord, name: str, components: list[dict[str, object]]) -> Server:
    guild = Guild(discord, f"Server {name}")
    guild.text_channel("general")
    channel = guild.text_channel("daily")
    guild.join()
    message = Message(
        discord.ids.now(),
        channel,
        discord.bot,
        discord.now() - OPEN_FOR,
        components=numbered(components),
        flags=COMPONENTS_V2,
    )
    channel.messages[message.id] = discord.messages_by_id[message.id] = message
    return Server(guild, channel, message)


def _components(round: RoundRef, question: Question, order: str) -> list[dict[str, object]]:
    asked = AskedQuestion(question, tuple(map(OptionId, order)))
    post = QuestionPosted(round, 1, asked, "a topic", False, None, ZoneName("UTC"))
    return posted(post, Names()).components
