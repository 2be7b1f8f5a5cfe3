"""Ingredients of a scene: a fixed Friday in a made-up group, and replies turned into what is sent of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.adapters.discord.cards import Names, Page
from bot.adapters.discord.forms import modal
from bot.adapters.discord.render import posted, rendered, told_privately
from bot.domain.community import Platform
from bot.domain.grading import AskedQuestion, shuffled
from bot.domain.identifiers import PlaceRef, QuestionId, RoleId, RoundId, RoundRef, TrackId, TrackRef, ZoneName
from bot.domain.role import Role
from bot.ports.call import Call
from bot.replies.card import Form, Reply
from bot.replies.citing import cited
from bot.replies.judged import StandingLine
from tests.commands.samples import registry
from tests.domain.samples import content
from tests.gallery.markdown import Known

TODAY, YESTERDAY = QuestionId("rag-001"), QuestionId("roles-001")
"""The questions shown; while they stay as they are, the page does too."""
POSTED = datetime(2026, 11, 20, 8, tzinfo=UTC)
CLOSES = datetime(2026, 11, 23, 8, tzinfo=UTC)
BERLIN = ZoneName("Europe/Berlin")
SERVER = "Study group"
CHANNELS = {"101": "daily-question", "102": "evening-group"}
ROLES = {"201": "learners"}
PEOPLE = {"301": "Ana", "302": "Bo", "303": "Chidi", "304": "Dana", "305": "Emre"}
KNOWN = Known(PEOPLE, ROLES, CHANNELS)
NAMES = Names(CHANNELS.get, {name: 400 + i for i, name in enumerate(registry().commands)})
HERE, EVENING = PlaceRef("101"), PlaceRef("102")
TRACK, ROUND = TrackRef(TrackId(1), "k7m2q9xa"), RoundRef(RoundId(42))
CALL = Call(Platform.DISCORD, "1", HERE, "301", POSTED, seed=7, zone=BERLIN)
STANDING = StandingLine(12, 1, 84, 4, 5, 19)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message, or a form, as it is sent."""

    components: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)
    """Their sizes."""
    private: bool = True
    """Only one person sees it."""
    direct: bool = False
    """A private message outside the server."""
    form: dict[str, Any] | None = None
    reply: Reply | None = None
    """What it was made from."""
    asked: Form | None = None
    """The form it was made from."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with the form, by field."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Something the bot shows, and one sentence on who sees it and when."""

    id: str
    title: str
    when: str
    shown: tuple[Shown, ...]
    phone: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """Scenes that belong together."""

    title: str
    scenes: tuple[Scene, ...]


def private(reply: Reply) -> tuple[Shown, ...]:
    """The messages one person sees alone."""
    return tuple(sent(page, reply) for page in rendered(reply, NAMES))


def public(reply: Reply) -> tuple[Shown, ...]:
    """The message everyone in the channel sees."""
    return (replace(sent(posted(reply, NAMES), reply), private=False),)


def direct(reply: Reply) -> tuple[Shown, ...]:
    """The private message one person gets."""
    return (replace(sent(told_privately(reply, NAMES, 1, SERVER), reply), private=False, direct=True),)


def form(name: str, *carried: object, **values: str) -> Shown:
    """A form, opened."""
    asked = registry().form(name, *carried, values=values, catalog=content())
    return Shown(form=modal(asked).to_dict(), asked=asked)


def sent(page: Page, reply: Reply | None = None) -> Shown:
    """A message with the sizes of its files."""
    sizes = {file.filename: len(file.fp.read()) for file in page.files}
    return Shown(page.components, sizes, reply=reply)


def asked(id: QuestionId) -> AskedQuestion:
    """The question with its options in an order that stays."""
    question = content().question(id)
    assert question is not None, f"the gallery shows {id}, which is not in the bank any more: choose another"
    return AskedQuestion(question, shuffled(question, 7))


def source(id: QuestionId) -> str:
    """The line on where a question comes from."""
    return cited(content().sources, asked(id).question.refs)


def role(id: str) -> Role:
    """A role of the content."""
    found = content().role(RoleId(id))
    assert found is not None, f"the gallery shows {id}, which is not among the roles any more: choose another"
    return found
