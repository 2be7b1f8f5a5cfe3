"""The same scenes on Slack: each reply as what is sent of it there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from bot.adapters.slack.cards import Names
from bot.adapters.slack.faults import NOT_FOUND
from bot.adapters.slack.forms import errors, form_view
from bot.adapters.slack.render import rendered
from bot.adapters.slack.text import as_typed
from tests.commands.samples import registry
from tests.gallery import blocks
from tests.gallery.markdown import Known
from tests.gallery.sending import CHANNELS, PEOPLE, ROLES, Shown

COMMANDS = frozenset(registry().commands)
IDS = {
    **{id: f"U{id}" for id in PEOPLE},
    **{id: f"C{id}" for id in CHANNELS},
    **{id: f"S{id}" for id in ROLES},
}
"""The ids of the scenes, as Slack would write them."""
KNOWN = Known(
    {IDS[id]: name for id, name in PEOPLE.items()},
    {IDS[id]: name for id, name in ROLES.items()},
    {IDS[id]: name for id, name in CHANNELS.items()},
)
NAMES = Names(KNOWN.channels.get, COMMANDS)
WORDS = {
    "the channel where the server welcomes people": "the app's own messages",
    "the server": "the workspace",
    "the role above it": "the user group above it",
    "Studybot lacks Send Messages there.": "Studybot is not in that channel. Open it and type /invite @Studybot there.",
    "the button opens it again as it was": "it stays open, with what was put in",
    "rings no phone": "calls nobody",
}
"""What is otherwise here in the sentences over the scenes."""


LEFT_OUT = frozenset({"greeting", "phone-post", "phone-verdict"})
"""Nothing is posted where the app was installed, and messages are drawn in one width."""


def told(sentence: str) -> str:
    """A sentence on who sees a scene and when, as it is here."""
    for there, here in WORDS.items():
        sentence = sentence.replace(there, here)
    return as_typed(sentence, COMMANDS)


def lines(shown: Shown) -> Iterator[str]:
    """The lines of what stands in the client: messages, or a form."""
    if shown.asked is not None:
        view = form_view(_here(shown.asked), NAMES, "")
        # Slack's pickers take no wrong time or zone; what can be wrong is the channel.
        wrong = errors(view, {"place": NOT_FOUND}, COMMANDS)["errors"] if shown.wrong else {}
        yield from blocks.dialog(view, KNOWN, wrong)
        return
    assert shown.reply is not None
    for page in rendered(_here(shown.reply), NAMES):
        yield from blocks.lines(page.blocks, KNOWN)


def _here(value: Any) -> Any:
    """The value with every id of the scenes as Slack writes it."""
    match value:
        case str():
            return IDS.get(value) or WORDS.get(value) or value
        case tuple():
            return tuple(_here(part) for part in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            changed = {one.name: _here(getattr(value, one.name)) for one in fields(value) if one.init}
            return replace(value, **changed) if any(changed[n] is not getattr(value, n) for n in changed) else value
        case _:
            return value
