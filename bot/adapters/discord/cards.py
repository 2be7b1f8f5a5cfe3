"""A card as Discord's own components: everything it says, in as few messages as hold it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import discord

from bot.adapters.discord import components
from bot.adapters.discord.blocks import block_texts, heading
from bot.adapters.discord.components import Component, View, frame, row, text_display
from bot.adapters.discord.limits import BUTTONS_ACROSS, COMPONENTS, LABEL, SELECT_OPTIONS, TEXT
from bot.adapters.discord.text import escaped
from bot.domain.identifiers import PlaceRef
from bot.domain.plain_text import shortened
from bot.replies.card import Block, Card, Choice, Document, Picture, Tone, Weight
from bot.replies.routes import PREFIX

ACCENTS = {
    Tone.PLAIN: None,
    Tone.GOOD: 0x2E9E5B,
    Tone.BAD: 0xC8553D,
    Tone.NOTICE: 0xE0A526,
}
"""The colour at a reply's edge; the words say the same."""
BRAND = 0x2A7F8E
BUTTONS_AT_MOST = 13
"""More ways on than this are easier to find in a list to pick from; a daily question's panel stays on buttons."""
TEXTS_AT_MOST = 14
_PICKED = f"{PREFIX}:pick"


@dataclass(frozen=True, slots=True)
class Names:
    """Knowledge of a server that only the face has: its channels' names, and the ids of its commands."""

    place: Callable[[PlaceRef], str | None] = lambda ref: None
    commands: dict[str, int] = field(default_factory=dict)
    rings: Callable[[str, PlaceRef], bool] = lambda role, place: True
    """Tells whether naming a role in a channel notifies anyone."""
    remark: Callable[[PlaceRef], str | None] = lambda place: None
    """A sentence about posts in a place, if there is anything to know."""

    def label(self, choice: Choice) -> str:
        """The label on a choice's button."""
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

    components: list[Component]
    files: list[discord.File] = field(default_factory=list)

    @property
    def view(self) -> View:
        """The components as the library takes them."""
        return View(self.components)


def card_pages(card: Card, names: Names, accent: int | None = None) -> list[Page]:
    """Any card: title, blocks and choices in a frame whose edge has the colour of its tone."""
    files: list[discord.File] = []
    parts = block_texts(card.blocks, files) or [""]
    if card.title:
        # A heading keeps to what it heads.
        parts[0] = f"{heading(card.title)}\n{parts[0]}".rstrip()
    made: list[Page] = []
    pieces = list(_pages(parts))
    for position, piece in enumerate(pieces):
        items = [text_display(text) for text in piece]
        last = position == len(pieces) - 1
        if last:
            items += [item for block in card.blocks if (item := _shown(block)) is not None]
            items += rows(card.choices, names)
        made.append(Page([frame(items, accent or ACCENTS[card.tone])], files if last else []))
    return made


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


def _shown(block: Block) -> Component | None:
    match block:
        case Picture(url, alt) if url:
            return components.picture(url, alt)
        case Document(name):
            return components.attached(name)
        case _:
            return None


def rows(choices: Sequence[Choice], names: Names, *, leads: bool = True) -> list[Component]:
    """Letters in a row of their own, the rest on buttons, or in lists to pick from where there are many.

    The first stands out where it leads on and stands among few; ``leads`` false keeps all alike.
    """
    letters = [choice for choice in choices if choice.letter]
    others = [choice for choice in choices if not choice.letter]
    # "More" stands beside the letters, as long as a row has room.
    beside = BUTTONS_ACROSS - len(letters) if letters else 0
    made = _button_rows([*letters, *others[:beside]], names, leads=False) if letters else []
    rest = others[beside:]
    leads = leads and not letters and len(rest) <= BUTTONS_ACROSS
    return made + (_button_rows(rest, names, leads=leads) if len(rest) <= BUTTONS_AT_MOST else _pickers(rest, names))


def _button_rows(choices: Sequence[Choice], names: Names, *, leads: bool) -> list[Component]:
    """Rows of about the same length, so that none is left with a single button."""
    if not choices:
        return []
    count = math.ceil(len(choices) / BUTTONS_ACROSS)
    across = math.ceil(len(choices) / count)
    buttons = [button(choice, names, leads=leads and i == 0) for i, choice in enumerate(choices)]
    return [row(buttons[start : start + across]) for start in range(0, len(buttons), across)]


def button(choice: Choice, names: Names, *, leads: bool = False) -> Component:
    """A choice as a button; equal choices look alike, only what deletes stands out, and what leads on."""
    style = discord.ButtonStyle.secondary
    if choice.weight is Weight.DELETES:
        style = discord.ButtonStyle.danger
    elif leads and choice.weight is Weight.LEADS:
        style = discord.ButtonStyle.primary
    return components.button(names.label(choice), choice.route.text, style)


def _pickers(choices: Sequence[Choice], names: Names) -> list[Component]:
    made: list[Component] = []
    for start in range(0, len(choices), SELECT_OPTIONS):
        part = choices[start : start + SELECT_OPTIONS]
        options = [(names.label(choice), choice.route.text) for choice in part]
        (first, _), (last, _) = options[0], options[-1]
        hint = "Choose" if len(choices) <= SELECT_OPTIONS else shortened(f"{first} to {last}", 100)
        made.append(row([components.picker(f"{_PICKED}:{start}", options, hint)]))
    return made


def is_picker(custom_id: str) -> bool:
    """Return whether a list of choices was used; the value picked from it is the route."""
    return custom_id.startswith(f"{_PICKED}:")


assert TEXTS_AT_MOST + BUTTONS_AT_MOST + BUTTONS_AT_MOST // BUTTONS_ACROSS + 7 <= COMPONENTS
