"""A card as Discord's own components: everything it says, in as few messages as hold it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.blocks import heading, texts
from bot.adapters.discord.limits import BUTTONS_ACROSS, COMPONENTS, LABEL, SELECT_OPTIONS, TEXT
from bot.adapters.discord.text import escaped
from bot.domain.identifiers import PlaceRef
from bot.domain.plain_text import shortened
from bot.replies.card import Block, Card, Choice, Document, Picture, Tone
from bot.replies.routes import PREFIX

ACCENTS = {
    Tone.PLAIN: None,
    Tone.GOOD: discord.Colour(0x2E9E5B),
    Tone.BAD: discord.Colour(0xC8553D),
    Tone.NOTICE: discord.Colour(0xE0A526),
}
"""The colour at a reply's edge; the words say the same."""
BRAND = discord.Colour(0x2A7F8E)
BUTTONS_AT_MOST = 13
"""More ways on than this are easier to find in a list to pick from; a daily question's panel stays on buttons."""
DESTRUCTIVE = frozenset({"cfg-delete-yes", "cfg-void-yes", "forget-yes"})
LEADING = frozenset({"cfg-new", "cfg-now", "next"})
"""Where most people go next, if it comes first among few: in a panel of controls nothing leads."""
TEXTS_AT_MOST = 14
_PICKED = f"{PREFIX}:pick"


@dataclass(frozen=True, slots=True)
class Names:
    """What only the face knows of a server: how its channels are called, and the ids of its commands."""

    place: Callable[[PlaceRef], str | None] = lambda ref: None
    commands: dict[str, int] = field(default_factory=dict)
    rings: Callable[[str, PlaceRef], bool] = lambda role, place: True
    """Whether naming a role in a channel notifies anyone."""

    def label(self, choice: Choice) -> str:
        """What stands on the button of a choice."""
        if choice.place is None:
            return choice.label
        name = self.place(choice.place)
        return shortened(f"{choice.label} {f'#{name}' if name else choice.place}", LABEL)

    def command(self, name: str) -> str:
        """A command to press in a text, or its name where its id is not known."""
        id = self.commands.get(name)
        return f"</{name}:{id}>" if id else f"**/{escaped(name)}**"


@dataclass(slots=True)
class Page:
    """One message: its components and the files they show."""

    view: Unheard
    files: list[discord.File] = field(default_factory=list)

    @property
    def components(self) -> list[dict[str, Any]]:
        """The components as they are sent."""
        made: list[dict[str, Any]] = self.view.to_components()  # type: ignore[no-untyped-call]
        return made


Item = ui.Item[ui.LayoutView]


def card_pages(card: Card, names: Names, accent: discord.Colour | None = None) -> list[Page]:
    """Any card: title, blocks and choices in a frame whose edge has the colour of its tone."""
    files: list[discord.File] = []
    parts = texts(card.blocks, files) or [""]
    if card.title:
        # A heading keeps to what it heads.
        parts[0] = f"{heading(card.title)}\n{parts[0]}".rstrip()
    made: list[Page] = []
    pieces = list(_pages(parts))
    for position, piece in enumerate(pieces):
        items: list[Item] = [ui.TextDisplay(text) for text in piece]
        last = position == len(pieces) - 1
        if last:
            items += [item for block in card.blocks if (item := _shown(block)) is not None]
            items += rows(card.choices, names)
        made.append(Page(framed(items, accent or ACCENTS[card.tone]), files if last else []))
    return made


class Unheard(ui.LayoutView):
    """A message the library does not keep in memory to hear its buttons.

    Presses on all messages come in through one door by what their buttons carry, so a restart changes nothing.
    """

    def __init__(self, *items: Item) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)

    def is_finished(self) -> bool:
        """True from the start: only unfinished views are kept."""
        return True


def framed(items: Sequence[Item], accent: discord.Colour | None = None) -> Unheard:
    """A message of one frame with a colour at its edge."""
    return Unheard(ui.Container(*items, accent_colour=accent))


def _pages(parts: Iterable[str]) -> Iterable[list[str]]:
    """Texts in messages of as many characters as one holds, cut between blocks, or between lines of a long one."""
    page: list[str] = []
    room = TEXT
    for part in (piece for whole in parts for piece in _fitting(whole)):
        if len(part) > room:
            yield page
            page, room = [], TEXT
        if len(page) == TEXTS_AT_MOST:
            page[-1] += f"\n\n{part}"
            room -= len(part) + 2
        else:
            page.append(part)
            # What is joined later needs room for the lines between.
            room -= len(part) + 2
    yield page


def _fitting(text: str) -> Iterable[str]:
    while len(text) > TEXT:
        cut = text.rfind("\n", 0, TEXT)
        cut = cut if cut > 0 else TEXT
        yield text[:cut]
        text = text[cut:].lstrip("\n")
    yield text


def _shown(block: Block) -> Item | None:
    match block:
        case Picture(url, alt):
            return ui.MediaGallery(discord.MediaGalleryItem(url, description=alt))
        case Document(name):
            return ui.File(f"attachment://{name}")
        case _:
            return None


def rows(choices: Sequence[Choice], names: Names, *, leads: bool = True) -> list[Item]:
    """Letters in a row of their own, the rest on buttons, or in lists to pick from where there are many.

    The first stands out where it leads on; ``leads`` false keeps all alike.
    """
    letters = [choice for choice in choices if choice.letter]
    others = [choice for choice in choices if not choice.letter]
    # "More" stands beside the letters, as long as a row has room.
    beside = BUTTONS_ACROSS - len(letters) if letters else 0
    made = _button_rows([*letters, *others[:beside]], names, leads=False) if letters else []
    rest = others[beside:]
    leads = leads and not letters and len(rest) <= BUTTONS_ACROSS
    return made + (_button_rows(rest, names, leads=leads) if len(rest) <= BUTTONS_AT_MOST else _pickers(rest, names))


def _button_rows(choices: Sequence[Choice], names: Names, *, leads: bool) -> list[Item]:
    """Rows of about the same length, so that none is left with a single button."""
    if not choices:
        return []
    count = math.ceil(len(choices) / BUTTONS_ACROSS)
    across = math.ceil(len(choices) / count)
    buttons = [button(choice, names, leads=leads and i == 0) for i, choice in enumerate(choices)]
    return [ui.ActionRow(*buttons[start : start + across]) for start in range(0, len(buttons), across)]


def button(choice: Choice, names: Names, *, leads: bool = False) -> ui.Button[ui.LayoutView]:
    """A choice as a button; equal choices look alike, only what deletes stands out, and what leads on."""
    style = discord.ButtonStyle.secondary
    if choice.route.what in DESTRUCTIVE:
        style = discord.ButtonStyle.danger
    elif leads and choice.route.what in LEADING:
        style = discord.ButtonStyle.primary
    return ui.Button(label=names.label(choice), custom_id=str(choice.route), style=style)


def _pickers(choices: Sequence[Choice], names: Names) -> list[Item]:
    made: list[Item] = []
    for start in range(0, len(choices), SELECT_OPTIONS):
        part = choices[start : start + SELECT_OPTIONS]
        options = [discord.SelectOption(label=names.label(choice), value=str(choice.route)) for choice in part]
        first, last = options[0].label, options[-1].label
        hint = "Choose" if len(choices) <= SELECT_OPTIONS else shortened(f"{first} to {last}", 100)
        made.append(
            ui.ActionRow(ui.Select[ui.LayoutView](custom_id=f"{_PICKED}:{start}", options=options, placeholder=hint))
        )
    return made


def is_picker(custom_id: str) -> bool:
    """Whether a list of choices was used: what was picked is the route."""
    return custom_id.startswith(f"{_PICKED}:")


assert TEXTS_AT_MOST + BUTTONS_AT_MOST + BUTTONS_AT_MOST // BUTTONS_ACROSS + 7 <= COMPONENTS
