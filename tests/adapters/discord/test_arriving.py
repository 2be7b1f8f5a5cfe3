"""What is said on Discord arrives whole: every message of a reply, its buttons, in order, for whom it is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import pytest

from bot.adapters.discord.cards import Names
from bot.adapters.discord.render import rendered
from bot.commands.dispatch import Answered, Dispatch
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef, ProfileId, ZoneName
from bot.ports.call import Call
from bot.replies.card import Reply
from bot.services.looking_up import role_profile
from tests.adapters.discord.reading import Component, pressable
from tests.contract.discord_stage import DiscordStage
from tests.dialogues.telling import CATALOG, MONDAY
from tests.fakes.discord import Message
from tests.replies.everything import everything

OF_A_KIND = 12
"""Replies of one class and one number of messages are alike; so many of them stand for the others."""


ADDED = ("id", "media", "file")
ANYWHERE = Call(Platform.DISCORD, "1", PlaceRef("1"), "2", MONDAY, 1, ZoneName("UTC"))


def bare(components: Iterable[Component]) -> list[Any]:
    """Components without what Discord adds to them: numbers, addresses of files."""

    def one(component: Any) -> Any:
        if isinstance(component, dict):
            return {name: one(part) for name, part in component.items() if name not in ADDED and part is not None}
        return [one(each) for each in component] if isinstance(component, list) else component

    return [one(component) for component in components]


def buttons(messages: Iterable[Message]) -> list[tuple[str, str]]:
    return [found for message in messages for found in pressable(message.components)]


async def test_every_role_and_comparison_shows_all_its_pages_and_buttons(stage: DiscordStage) -> None:
    general, ana = stage.channel("#general"), stage.person("ana")
    names = Names(commands=stage.commands())
    pairs: list[tuple[str, str | None]] = [(role.id, None) for role in CATALOG.roles]
    pairs += [(one.id, other.id) for one, other in combinations(CATALOG.roles, 2)]
    several = 0
    for name, versus in pairs:
        stage.passes()
        options = {"name": name} | ({"versus": versus} if versus else {})
        seen = await ana.slash(general, "role", force=True, **options)
        await stage.quiet()
        reply = role_profile(ANYWHERE, CATALOG, ProfileId(name), ProfileId(versus) if versus else None).reply
        wanted = rendered(reply, names)
        several += len(wanted) > 1
        assert [bare(message.components) for message in seen.messages] == [bare(page.components) for page in wanted]
        assert all(message.ephemeral for message in seen.messages)
        assert buttons(seen.messages) == [(choice.label, str(choice.route)) for choice in reply.as_card().choices]
    assert several >= 1, "none of them is long, which this test is about"


def samples() -> Iterator[Reply]:
    """Some replies of every class and length; a form is no message."""
    seen: Counter[object] = Counter()
    for reply in everything():
        if reply.as_card().form is not None:
            continue
        kind = (type(reply), len(rendered(reply, Names())))
        seen[kind] += 1
        if seen[kind] <= OF_A_KIND:
            yield reply


@pytest.mark.parametrize("private", [True, False])
async def test_every_kind_of_reply_arrives_whole(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch, private: bool
) -> None:
    general, ana = stage.channel("#general"), stage.person("ana")
    names = Names(commands=stage.commands())
    due: list[Reply] = []

    async def say(self: Dispatch, call: Call, name: str, given: object) -> Answered:
        return Answered(due[0], private=private)

    monkeypatch.setattr(Dispatch, "command", say)
    for reply in samples():
        due[:] = [reply]
        seen = await ana.slash(general, "help", force=True)
        await stage.quiet()
        wanted = rendered(reply, names)
        assert [bare(message.components) for message in seen.messages] == [bare(page.components) for page in wanted]
        assert {message.ephemeral for message in seen.messages} == {private}
        files = [found["filename"] for message in seen.messages for found in message.attachments]
        assert files == [file.filename for page in wanted for file in page.files]
