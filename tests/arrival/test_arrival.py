"""Everything sent arrives whole: each reply goes through the real client and is read where it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from functools import cache
from pathlib import Path

import pytest

from bot.adapters.discord.cards import Names
from bot.adapters.discord.render import rendered
from bot.replies.asked import QuestionPosted
from bot.replies.card import Choice, Reply
from bot.replies.helping import Greeted
from bot.replies.judged import DailyVerdict, ReasonsShown
from bot.replies.markup import markup
from bot.replies.revealed import Revealed
from bot.replies.roles import RoleShared
from bot.replies.routes import route
from bot.replies.said import Listed
from bot.replies.saving_tracks import TrackIntroduced
from tests.arrival.arrived import faults
from tests.arrival.faces import FACES, Sending
from tests.domain.samples import content
from tests.replies.everything import (
    about_knowledge,
    about_members,
    about_question,
    about_roles,
    about_steps,
    everything,
)

# Making everything there is takes seconds: once, and so in one worker.
pytestmark = pytest.mark.xdist_group("everything arrives")
POSTED = (QuestionPosted, Revealed, TrackIntroduced, Greeted)
"""What is posted for everyone, besides roles that members share."""


@pytest.fixture(params=list(FACES))
async def face(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Sending]:
    async with FACES[request.param](tmp_path) as found:
        yield found


def messages(replies: Iterable[Reply]) -> list[Reply]:
    """Those that are messages; a form opens in its own way."""
    return [reply for reply in replies if reply.as_card().form is None]


@cache
def longest() -> tuple[Reply, ...]:
    """The longest of each kind."""
    found: dict[type, Reply] = {}
    for reply in sorted(everything(), key=lambda reply: len(str(reply.as_card()))):
        found[type(reply)] = reply
    return tuple(found.values())


async def misfits(face: Sending, replies: Iterable[Reply], *, private: bool) -> str:
    """List what did not arrive as its card has it, a line each."""
    wrong = []
    for reply in replies:
        arrived = await face.answer(reply, private=private)
        wrong += [f"{type(reply).__name__}: {one}" for one in faults(reply, arrived, private=private, typed=face.typed)]
    return "\n".join(wrong)


async def test_the_longest_of_each_kind_arrives_whole(face: Sending) -> None:
    for private in (True, False):
        assert await misfits(face, messages(longest()), private=private) == ""


async def test_every_role_and_comparison_arrives_whole(face: Sending) -> None:
    assert await misfits(face, about_roles(), private=True) == ""


async def test_a_reply_longer_than_a_message_arrives_whole(face: Sending) -> None:
    rows = tuple((f"Row {n}", markup(f"{n} " * 150)) for n in range(20))
    long = Listed("A long list", markup("As a bank may have one."), rows, (Choice("How", route("how")),))
    assert len(rendered(long, Names())) > 1
    assert await misfits(face, [long], private=True) == ""


async def test_what_is_posted_stands_in_the_channel(face: Sending) -> None:
    shared = [reply for reply in about_roles() if isinstance(reply, RoleShared)]
    assert len(shared) == len(content().roles)
    for reply in [*(one for one in longest() if isinstance(one, POSTED)), *shared]:
        assert faults(reply, await face.post(reply), private=False, typed=face.typed) == [], type(reply).__name__


@pytest.mark.long
async def test_every_question_arrives_whole(face: Sending) -> None:
    """As it is posted, judged for each letter, told in full and revealed with votes."""
    for question in content().questions:
        kinds: dict[tuple[type, str], Reply] = {}
        for reply in about_question(question):
            if isinstance(reply, QuestionPosted | DailyVerdict | ReasonsShown | Revealed):
                chosen = str(reply.judgement.chosen) if isinstance(reply, DailyVerdict) else ""
                kinds[type(reply), chosen] = reply
        assert await misfits(face, kinds.values(), private=True) == "", question.id


@pytest.mark.long
async def test_everything_else_arrives_whole(face: Sending) -> None:
    for replies in (about_knowledge(), about_steps(), about_members()):
        assert await misfits(face, messages(replies), private=True) == ""
