"""A wire-level Discord for tests: gateway and REST on loopback, people who act, and mischief on demand.

    async with FakeDiscord() as discord:
        group = discord.guild("Study group")
        general = group.text_channel("general")
        ana = group.person("ana")
        with discord_py_talks_to(discord):                        # or the bot's own settings of both addresses
            ...                                                   # the bot starts with discord.token
        seen = await ana.slash(general, "quiz", topic="rag")      # waits for the first response
        seen = await ana.press(seen.message, "A")                 # by label or custom id
        assert seen.ephemeral and "Right" in seen.text
        discord.on("POST", "/channels/*/messages", Fail(503), times=2)
        discord.gateway.abort()
        assert discord.messages(general)[0].notified() == set()

What breaks Discord's limits (or its OpenAPI document, where that is found) is answered as Discord answers it, and
raises `Violations` at the end of the block, unless `discord.expecting_violations()` was around it.
"""

from __future__ import annotations

from tests.fakes.discord.channels import Channel, Kind
from tests.fakes.discord.command_options import BadOption
from tests.fakes.discord.forms import BadForm
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.interactions import Answer, Interaction
from tests.fakes.discord.members import Member
from tests.fakes.discord.messages import Message, Pings
from tests.fakes.discord.misbehaviour import (
    CloudflarePage,
    CutBefore,
    Delay,
    Fail,
    Hang,
    LoseAnswer,
    RateLimited,
    Refuse,
    Rule,
    WaitFor,
)
from tests.fakes.discord.people import NotOffered, Person
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.rate_limits import Allowance
from tests.fakes.discord.rest import Request
from tests.fakes.discord.roles import Role
from tests.fakes.discord.seen import Seen
from tests.fakes.discord.server import OVERALL, PER_CHANNEL, FakeDiscord, Violations
from tests.fakes.discord.users import User

__all__ = [
    "OVERALL",
    "PER_CHANNEL",
    "Allowance",
    "Answer",
    "BadForm",
    "BadOption",
    "Can",
    "Channel",
    "CloudflarePage",
    "CutBefore",
    "Delay",
    "Fail",
    "FakeDiscord",
    "Guild",
    "Hang",
    "Interaction",
    "Kind",
    "LoseAnswer",
    "Member",
    "Message",
    "NotOffered",
    "Person",
    "Pings",
    "RateLimited",
    "Refuse",
    "Request",
    "Role",
    "Rule",
    "Seen",
    "User",
    "Violations",
    "WaitFor",
]
