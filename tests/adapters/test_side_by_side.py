"""Each thing that is ever said, on all three faces: the same words, and the same ways on."""

from __future__ import annotations

import re

import pytest

from bot.adapters.discord import cards as discord_cards
from bot.adapters.discord.render import rendered as on_discord
from bot.adapters.slack import cards as slack_cards
from bot.adapters.slack.render import rendered as on_slack
from bot.adapters.slack.text import as_typed
from bot.adapters.terminal import render as terminal
from bot.replies.card import Document, Facts, Paragraph, Picture, Points, Reply, Table, Verbatim
from bot.replies.helping import HelpShown
from bot.replies.markup import Markup, Run
from tests.adapters.discord import reading as discord
from tests.adapters.replies import BERLIN
from tests.adapters.slack import reading as slack
from tests.commands.samples import registry
from tests.replies.everything import everything

COMMANDS = frozenset(registry().commands)
ONE_OF_EACH: dict[type, Reply] = {}
for one in everything():
    if one.as_card().form is None:  # each face has its own pickers; the contract fills them in
        ONE_OF_EACH.setdefault(type(one), one)


def runs(reply: Reply) -> list[str]:
    """Every piece of text that has no platform in it."""
    card = reply.as_card()
    found = [card.title]
    for block in card.blocks:
        match block:
            case Paragraph(text):
                found += _runs(text)
            case Points(items) | Facts(items):
                for mark, text in items:
                    found += [mark, *_runs(text)]
            case Table(columns, rows):
                found += [word for name in columns for word in name.split()]
                for label, *both in rows:
                    found += [label, *(word for cell in both for run in _runs(cell) for word in run.split())]
            case Verbatim(text):
                found.append(text)
            case Picture(_, alt):
                found.append(alt)
            case Document(name):
                found.append(name)
    return [run for run in found if run.strip()]


def _runs(text: Markup) -> list[str]:
    return [span.text for span in text if isinstance(span, Run)]


def squeezed(said: str) -> str:
    return re.sub(r"[\s*_`\u02cb\u200b]+", "", as_typed(said, COMMANDS))


@pytest.mark.parametrize("kind", list(ONE_OF_EACH), ids=lambda kind: kind.__name__)
def test_the_faces_say_the_same(kind: type) -> None:
    reply = ONE_OF_EACH[kind]
    card = reply.as_card()
    lines = terminal.card_lines(card, 200, BERLIN)
    pages = on_discord(reply, discord_cards.Names())
    blocks = [block for page in on_slack(reply, slack_cards.Names(commands=COMMANDS)) for block in page.blocks]
    components = [component for page in pages for component in page.components]
    said = {
        "terminal": squeezed("\n".join(line.text for line in lines)),
        "discord": squeezed(discord.text(components)),
        "slack": squeezed(slack.text(blocks)),
    }
    if kind is not HelpShown:  # each face shows commands as they are used there
        lost = {(face, run) for face, words in said.items() for run in runs(reply) if squeezed(run) not in words}
        assert lost == set()
    wanted = sorted(choice.route.text for choice in card.choices)
    assert sorted(route for _, route in discord.pressable(components)) == wanted
    assert sorted(route for _, route in slack.pressable(blocks)) == wanted
    assert all(squeezed(choice.label.split()[0]) in said["terminal"] for choice in card.choices[:1])
