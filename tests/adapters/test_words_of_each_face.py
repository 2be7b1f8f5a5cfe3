"""Each face speaks its own words: no reply names a command that the face does not have."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.discord.cards import Names as DiscordNames
from bot.adapters.discord.forms import modal
from bot.adapters.discord.render import rendered as on_discord
from bot.adapters.discord.text import markdown
from bot.adapters.slack.cards import Names as SlackNames
from bot.adapters.slack.forms import form_view, reply_view
from bot.adapters.slack.render import rendered as on_slack
from bot.adapters.slack.text import mrkdwn
from bot.adapters.terminal.render import Names as TerminalNames
from bot.adapters.terminal.render import card_lines
from bot.commands.dispatch import NOT_A_MANAGER
from bot.domain.identifiers import ZoneName
from bot.replies.card import Reply
from bot.replies.said import FormAsked
from tests.commands.samples import registry
from tests.replies.everything import everything

ROOT = Path(__file__).parents[2]
COMMANDS = frozenset(registry().commands)
NAMED = re.compile(r"(?<![\w/.:<&;^)\]])/([a-z][a-z-]*)(?![\w/.-])(?: ([a-z-]+))?")

WIDE = 400
"""Columns of a terminal in which no address is broken."""
OF_QUESTIONS = {
    name for file in ROOT.glob("content/*/questions/*.yaml") for name, _ in NAMED.findall(file.read_text("utf-8"))
} - COMMANDS
"""Addresses such as ``/orders``, which questions speak of."""


def texts(value: Any) -> Iterator[str]:
    """Every text people read in a payload."""
    match value:
        case dict():
            for key, part in value.items():
                if key not in ("action_id", "block_id", "callback_id", "value", "custom_id", "image_url", "url", "id"):
                    yield from texts(part)
        case list() | tuple():
            for part in value:
                yield from texts(part)
        case str():
            yield value


@cache
def replies() -> tuple[Reply, ...]:
    return tuple(everything())


def slack(reply: Reply) -> Iterator[str]:
    names = SlackNames(commands=COMMANDS)
    if isinstance(reply, FormAsked):
        yield from texts(form_view(reply.form, names, "C1", (reply.text,)))
    else:
        pages = on_slack(reply, names)
        yield from texts([[page.blocks, page.text] for page in pages])
        yield from texts(reply_view(pages, "C1"))


def discord(reply: Reply) -> Iterator[str]:
    if isinstance(reply, FormAsked):
        yield from texts(modal(reply.form).to_dict())
    else:
        yield from texts([page.view.to_components() for page in on_discord(reply, DiscordNames())])


def terminal(reply: Reply) -> str:
    shown = card_lines(reply.as_card(), WIDE, ZoneName("UTC"), TerminalNames("ana"))
    return "\n".join(line.text for line in shown)


def lacking_there(text: str) -> list[str]:
    """``/study <command>`` reaches every command; the client's own ``/invite`` is there too."""
    found = NAMED.findall(text)
    return [
        f"/{name} {word}".strip()
        for name, word in found
        if name not in OF_QUESTIONS
        and not (name == "invite" or (name == "study" and (word in COMMANDS or word in ("", "and", "reaches"))))
    ]


def lacking(text: str) -> list[str]:
    return [f"/{name}" for name, _ in NAMED.findall(text) if name not in COMMANDS | OF_QUESTIONS]


def written(*rooms: str) -> Iterator[tuple[str, str]]:
    """Every sentence written in a room of the bot, docstrings left out, with the file it stands in."""
    for room in rooms:
        for file in sorted((ROOT / "bot" / room).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            # Strings that stand alone tell about something: docstrings, and what stands under a field.
            alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
                    yield file.name, node.value


def test_no_reply_on_slack_names_a_command_it_does_not_have() -> None:
    wrong = {(type(reply).__name__, one) for reply in replies() for text in slack(reply) for one in lacking_there(text)}
    assert wrong == set()


def test_no_reply_on_discord_names_a_command_it_does_not_have() -> None:
    wrong = {(type(reply).__name__, one) for reply in replies() for text in discord(reply) for one in lacking(text)}
    assert wrong == set()


def test_no_reply_at_the_terminal_names_a_command_it_does_not_have() -> None:
    shown = (reply for reply in replies() if not isinstance(reply, FormAsked))
    assert {(type(reply).__name__, one) for reply in shown for one in lacking(terminal(reply))} == set()


def test_no_refusal_and_no_sentence_of_a_face_names_a_command_it_does_not_have() -> None:
    """Refusals are in no list of replies; each face's own sentences are not typed over on their way."""
    for_all = ("replies", "features", "posting", "commands", "domain", "adapters/discord", "adapters/terminal")
    assert {(file, one) for file, text in written(*for_all) if file != "clock.py" for one in lacking(text)} == set()
    assert {(file, one) for file, text in written("adapters/slack") for one in lacking_there(text)} == set()


def test_who_manages_is_said_in_the_words_of_the_face() -> None:
    assert mrkdwn(NOT_A_MANAGER).startswith("Only managers can do that: admins of this workspace, and those")
    assert markdown(NOT_A_MANAGER).startswith("Only managers can do that: people with Manage Server, and those")


@pytest.mark.parametrize("room", ["replies", "features", "posting", "commands", "domain"])
def test_what_all_faces_say_names_none_of_them(room: str) -> None:
    own = re.compile(r"\b(?:Discord|Slack|workspaces?|Manage Server)\b")
    allowed = {"identifiers.py", "community.py", "declare.py"}  # ids, and what only who declares a command reads
    assert {(file, text) for file, text in written(room) if own.search(text) and file not in allowed} == set()
