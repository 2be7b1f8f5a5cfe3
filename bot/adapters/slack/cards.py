"""A card as Slack's blocks, and as the text that screen readers and notifications take instead of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from bot.adapters.slack.text import Commands, as_typed, entities, escaped, mrkdwn
from bot.domain.identifiers import PlaceRef
from bot.domain.plain_text import shortened
from bot.replies.card import Block, Card, Choice, Document, Facts, Paragraph, Picture, Points, Table, Verbatim, Weight
from bot.replies.routes import PREFIX

Json = dict[str, Any]

# What Slack takes of Block Kit, as far as the renderers have to keep to it (2026).
SECTION = 3000
"""Characters of a section's or a context's text."""
HEADER = 150
BLOCKS = 50
"""Blocks of a message."""
VIEW_BLOCKS = 100
"""Blocks of a modal or a Home tab."""
VIEW_BYTES = 250_000
PAGE = 12_000
"""Characters of a message's blocks; Slack has a limit and does not say where."""
READ_ALOUD = 4000
"""Characters of the text that screen readers and notifications take instead of the blocks."""
BUTTONS = 25
"""Elements of one row of actions."""
BUTTON = 75
OPTIONS = 100
OPTION = 75
ALT_TEXT = 2000
PLACEHOLDER = 150
VIEW_TITLE = 24
TYPED = 3000
METADATA = 3000
ANSWERS = 5
"""Uses of a response URL, within half an hour."""

BUTTONS_AT_MOST = 15
"""More ways on than this are easier to find in a list to pick from."""
STYLES = {Weight.DELETES: "danger", Weight.LEADS: "primary"}
_PICKED = f"{PREFIX}:pick"
_FENCE = "```"


@dataclass(frozen=True, slots=True)
class Names:
    """Knowledge that only the face has: the names of a workspace's channels, and which commands there are."""

    place: Callable[[PlaceRef], str | None] = lambda ref: None
    commands: Commands = frozenset()
    silence: Callable[[], float | None] = lambda: None
    """Seconds since Slack was last heard, where that can be told."""

    def label(self, choice: Choice) -> str:
        """The label on a choice's button."""
        said = as_typed(choice.label, self.commands)
        if choice.place is None:
            return said
        name = self.place(choice.place)
        return shortened(f"{said} {f'#{name}' if name else choice.place}", BUTTON)


@dataclass(slots=True)
class Page:
    """One message: its blocks, and the text that is read aloud."""

    blocks: list[Json]
    text: str


def card_pages(card: Card, names: Names) -> list[Page]:
    """Any card: title, blocks and choices, in as few messages as hold it."""
    # Each block stands twice, as itself and in what is read aloud; its text is made once.
    told = [tuple(_block_lines(block, names)) for block in card.blocks]
    parts = [made for block, lines in zip(card.blocks, told, strict=True) for made in block_parts(block, names, lines)]
    head = [header(card.title)] if card.title else []
    return paged([*head, *parts], rows(card.choices, names), spoken(card, names, told))


def paged(parts: Sequence[Json], controls: Sequence[Json], said: str) -> list[Page]:
    """Blocks in messages; what can be pressed stands under the last."""
    pages: list[list[Json]] = [[]]
    room = PAGE
    for part in parts:
        size = _size(part)
        if pages[-1] and (size > room or len(pages[-1]) >= BLOCKS - len(controls)):
            pages.append([])
            room = PAGE
        pages[-1].append(part)
        room -= size
    pages[-1].extend(controls)
    if len(pages) == 1:
        return [Page(pages[0], said)]
    return [Page(blocks, shortened(_read(blocks) or said, READ_ALOUD)) for blocks in pages]


def _size(block: Json) -> int:
    return sum(map(len, _said(block))) or 100


def _said(block: Json) -> list[str]:
    """The text of a block and those of its fields."""
    return [str(one["text"]) for one in (block.get("text"), *block.get("fields", ())) if one]


def _read(blocks: Iterable[Json]) -> str:
    return "\n".join(text for block in blocks for text in _said(block))


def spoken(card: Card, names: Names, told: Iterable[Sequence[str]] | None = None) -> str:
    """The whole card as text: what a screen reader reads and a notification shows; ``told`` are its blocks' lines."""
    lines = [escaped(card.title)] if card.title else []
    for block_lines in told or (tuple(_block_lines(block, names)) for block in card.blocks):
        lines.extend(block_lines)
    said = "\n".join(line for line in lines if line.strip())
    return _cut(said) or "Studybot"


def _cut(text: str) -> str:
    """At the end of a line, so that no link or mention is cut in two."""
    if len(text) <= READ_ALOUD:
        return text
    return text[: text.rfind("\n", 0, READ_ALOUD - 2)] + "\n…"


def header(title: str) -> Json:
    """A title."""
    return {"type": "header", "text": {"type": "plain_text", "text": shortened(title, HEADER), "emoji": False}}


def section(text: str, accessory: Json | None = None) -> Json:
    """A paragraph, with something to press beside it or not."""
    made: Json = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    if accessory is not None:
        made["accessory"] = accessory
    return made


def _field(text: str) -> Json:
    """Text that stands beside other text where the screen is wide enough."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def small(text: str) -> Json:
    """A paragraph that stands back."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def divider() -> Json:
    """A line."""
    return {"type": "divider"}


def block_parts(block: Block, names: Names, told: Sequence[str] | None = None) -> Iterator[Json]:
    """A block of a card as Slack's blocks, as many as hold it; ``told`` are its lines, if they are made."""
    lines = told or tuple(_block_lines(block, names))
    match block:
        case Paragraph(_, stands_back):
            make = small if stands_back else section
            yield from (make(piece) for piece in fitting(lines[0]) if piece.strip())
        case Verbatim():
            yield from map(section, lines)
        case Picture(url, alt) if url:
            yield {"type": "image", "image_url": url, "alt_text": alt[:ALT_TEXT]}
        case Picture():
            yield small(lines[0])
        case Document(name, text):
            yield section(escaped(name))
            for piece in fitting(text.replace("`", "\u02cb"), SECTION - 300):
                yield section(
                    f"{_FENCE}{piece.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}{_FENCE}"
                )
        case Table(columns, table_rows):
            yield {"type": "section", "fields": [_field(f"*{escaped(column)}*") for column in columns]}
            for label, *both in table_rows:
                cells = [_field(mrkdwn(text, names.commands)) for text in both]
                yield {**section(f"*{escaped(label)}*"), "fields": cells}
        case Points() | Facts():
            yield from (section(piece) for piece in fitting("\n".join(lines)) if piece)
        case _:
            assert_never(block)


def _block_lines(block: Block, names: Names) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield mrkdwn(text, names.commands)
        case Points(items):
            for mark, text in items:
                words = mrkdwn(text, names.commands)
                yield f"*{escaped(mark)}*  {words}" if mark else f"\u2022 {words}"
        case Facts(rows_):
            for label, text in rows_:
                yield f"*{escaped(as_typed(label, names.commands))}:* {mrkdwn(text, names.commands)}"
        case Table(columns, table_rows):
            for label, *both in table_rows:
                told = (mrkdwn(text, names.commands) for text in both)
                cells = (f"{escaped(name)}: {words}" for name, words in zip(columns, told, strict=True))
                yield "\n".join((f"*{escaped(label)}*", *cells))
        case Verbatim(text):
            # What Slack wants written otherwise is up to five times as long.
            yield from (f"{_FENCE}\n{piece}\n{_FENCE}" for piece in fitting(entities(text), SECTION - 8))
        case Picture(url, alt):
            yield escaped(alt) if url else f"Picture: {escaped(alt)}"
        case Document(name, _):
            yield escaped(name)
        case _:
            assert_never(block)


def fitting(text: str, most: int = SECTION) -> Iterator[str]:
    """Cut a text into pieces of a size, between lines where there are any."""
    while len(text) > most:
        cut = text.rfind("\n", 0, most)
        cut = cut if cut > 0 else text.rfind(" ", 0, most)
        cut = cut if cut > 0 else most
        yield text[:cut]
        text = text[cut:].lstrip("\n")
    yield text


def rows(choices: Sequence[Choice], names: Names) -> list[Json]:
    """Letters and what stands beside them in one row, the rest below, or in lists where there are many."""
    letters = [choice for choice in choices if choice.letter]
    others = [choice for choice in choices if not choice.letter]
    if letters:
        return [actions([*letters, *others], names)]
    if len(others) <= BUTTONS_AT_MOST:
        return [actions(others, names)] if others else []
    return [{"type": "actions", "elements": list(_pickers(others, names))}]


def actions(choices: Sequence[Choice], names: Names) -> Json:
    """Choices as buttons in a row that breaks where the screen ends."""
    return {"type": "actions", "elements": [button(choice, names) for choice in choices[:BUTTONS]]}


def button(choice: Choice, names: Names) -> Json:
    """A choice as a button; equal choices look alike; what deletes and what leads on stand out."""
    text = {"type": "plain_text", "text": names.label(choice), "emoji": False}
    leads = choice.route.text
    made: Json = {"type": "button", "action_id": leads, "value": leads, "text": text}
    if choice.weight in STYLES:
        made["style"] = STYLES[choice.weight]
    return made


def _pickers(choices: Sequence[Choice], names: Names) -> Iterator[Json]:
    for start in range(0, len(choices), OPTIONS):
        options = [option(choice.route.text, names.label(choice)) for choice in choices[start : start + OPTIONS]]
        yield {
            "type": "static_select",
            "action_id": f"{_PICKED}:{start}",
            "placeholder": {"type": "plain_text", "text": "Choose"},
            "options": options,
        }


def option(value: str, label: str) -> Json:
    """Something to pick from a list."""
    return {"text": {"type": "plain_text", "text": shortened(label, OPTION), "emoji": False}, "value": value}
