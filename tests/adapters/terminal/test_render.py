"""A card as lines is complete, harmless, and no wider than there is room."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.replies
from bot.adapters.terminal.prompt import STYLES
from bot.adapters.terminal.render import Names, card_lines, moment_text
from bot.adapters.terminal.wrapping import NARROWEST, Line, Look, Piece, cells, harmless, wrapped
from bot.domain.identifiers import PlaceRef, ZoneName
from bot.domain.knowledge import KINDS
from bot.replies.card import (
    Block,
    Card,
    Choice,
    Document,
    Facts,
    Paragraph,
    Picture,
    Points,
    Reply,
    Table,
    Verbatim,
    paragraph,
)
from bot.replies.knowledge import KnowledgeShown
from bot.replies.markup import Link, Markup, Moment, MomentStyle, Person, Place, Run, bold, markup
from bot.replies.routes import route
from tests.adapters.replies import BERLIN, NOW, catalog
from tests.replies.everything import everything

# In the narrowest all is broken that can be; the others are for `make long`.
WIDTHS = (NARROWEST, *(pytest.param(width, marks=pytest.mark.long) for width in (40, 60, 80, 100)))
REPLIES = list(everything())
# Some thousands of replies: put into lines once a width, and so in one worker.
pytestmark = pytest.mark.xdist_group("everything in the terminal")


@cache
def shown_at(width: int) -> tuple[tuple[Reply, list[Line]], ...]:
    return tuple((reply, card_lines(reply.as_card(), width, BERLIN, lead="Only you see this:")) for reply in REPLIES)


def said(shown: list[Line]) -> str:
    """Everything on the lines, with the blanks of wrapping and cut words taken out."""
    return "".join("".join(line.text for line in shown).split())


def texts(card: Card) -> Iterator[str]:
    """Every piece of text the card holds."""
    yield card.title
    for choice in card.choices:
        yield choice.label
    for block in card.blocks:
        match block:
            case Paragraph(text):
                yield from _words(text)
            case Points(items) | Facts(items):
                for label, text in items:
                    yield label
                    yield from _words(text)
            case Table(columns, rows):
                yield from (word for name in columns for word in name.split())
                for label, *both in rows:
                    yield label
                    yield from (part for cell in both for text in _words(cell) for part in text.split())
            case Verbatim(text):
                yield text
            case Picture(url, alt):
                yield from (url, alt)
            case Document(name, text):
                yield from (name, text)


def _words(text: Markup) -> Iterator[str]:
    for span in text:
        match span:
            case Run(words):
                yield words
            case Link(label, url):
                yield from (label, url)
            case Moment():
                yield moment_text(span, BERLIN)
            case Person(user):
                yield user
            case Place(ref):
                yield ref


@pytest.mark.parametrize("width", WIDTHS)
def test_everything_said_is_shown_within_the_width(width: int) -> None:
    for reply, shown in shown_at(width):
        card = reply.as_card()
        printed = said(shown)
        for text in texts(card):
            assert "".join(text.split()) in printed, (type(reply).__name__, text)
        own = [block.text for block in card.blocks if isinstance(block, Document | Verbatim)]
        kept = {line for text in own for line in text.split("\n")}
        for line in shown:
            assert cells(line.text) <= width or line.text in kept, line.text


def test_every_item_of_knowledge_fits_a_message_whole() -> None:
    items = [reply for reply in REPLIES if isinstance(reply, KnowledgeShown)]
    assert len(items) == sum(len(catalog().knowledge.all(kind)) for kind in KINDS.values())
    for reply in items:
        printed = "\n".join(line.text for line in card_lines(reply.as_card(), 100, BERLIN))
        assert len(printed) <= 1900, reply.item.id
        assert reply.item.title in " ".join(printed.split()), reply.item.id


def test_nothing_that_moves_the_cursor_is_printed() -> None:
    for reply, shown in shown_at(80):
        for line in shown:
            assert all(unicodedata.category(char) != "Cc" for char in line.text), line.text
            assert line.text == line.text.rstrip() or any(isinstance(b, Document) for b in reply.as_card().blocks)


def test_every_kind_of_reply_is_among_those_tried() -> None:
    declared = set()
    for module in pkgutil.iter_modules(bot.replies.__path__, "bot.replies."):
        for _, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if found.__module__.startswith("bot.replies.") and hasattr(found, "as_card") and found is not Reply:
                declared.add(found)
    assert declared - {type(reply) for reply in REPLIES} == set()


def test_each_choice_stands_with_what_to_type_for_it() -> None:
    for reply, shown in shown_at(80):
        choices = reply.as_card().choices
        printed = "\n".join(line.text for line in shown)
        for number, choice in enumerate((choice for choice in choices if not choice.letter), 1):
            assert f"[{number}] {choice.label}" in printed
        for choice in choices:
            assert not choice.letter or f"[{choice.label}]" in printed


def test_a_question_reads_like_one() -> None:
    options = ("Prompt engineer", "AI researcher", "AI engineer", "AI product manager")
    card = Card(
        title="Question 42",
        blocks=(
            paragraph(bold("A firm wants its customer database connected to a hosted model. Whose work is this?")),
            Points(tuple((letter, markup(option)) for letter, option in zip("ABCD", options, strict=True))),
            paragraph("Roles, easy. Open until ", Moment(NOW, MomentStyle.DATE_TIME, BERLIN), ".", small=True),
        ),
        choices=(
            *(Choice(letter, route("ans", 1, letter), letter=True) for letter in "ABCD"),
            Choice("More", route("more", 1)),
        ),
    )
    shown = card_lines(card, 60, BERLIN, lead="Posted in #general, Mon 23 Nov 09:00:")
    assert "\n".join(line.text for line in shown) == (
        "Posted in #general, Mon 23 Nov 09:00:\n"
        "Question 42\n"
        "\n"
        "A firm wants its customer database connected to a hosted\n"
        "model. Whose work is this?\n"
        "\n"
        "  A  Prompt engineer\n"
        "  B  AI researcher\n"
        "  C  AI engineer\n"
        "  D  AI product manager\n"
        "\n"
        "Roles, easy. Open until Mon 23 Nov 09:00.\n"
        "\n"
        "[A] [B] [C] [D]  [1] More"
    )


def test_twenty_five_choices_stand_in_columns() -> None:
    card = Card(choices=tuple(Choice(f"Role number {number}", route("run", "role")) for number in range(1, 26)))
    shown = [line.text for line in card_lines(card, 80, BERLIN)]
    assert len(shown) == 9
    assert len({line.index("[", 2) for line in shown[:-1]}) == 1, "the second column begins at one place"


def test_a_moment_is_the_readers_own_with_the_other_zone_named() -> None:
    tokyo = Moment(datetime(2026, 11, 23, 0, 0, tzinfo=UTC), MomentStyle.DATE_TIME, ZoneName("Asia/Tokyo"))
    assert moment_text(tokyo, ZoneName("Asia/Tokyo")) == "Mon 23 Nov 09:00"
    assert moment_text(tokyo, BERLIN) == "Mon 23 Nov 01:00 (09:00 Asia/Tokyo)"
    assert moment_text(tokyo, ZoneName("America/New_York")) == "Sun 22 Nov 19:00 (Mon 23 Nov 09:00 Asia/Tokyo)"
    assert moment_text(Moment(NOW, MomentStyle.TIME, BERLIN), ZoneName("Europe/Paris")) == "09:00 (Europe/Berlin)"
    assert moment_text(Moment(NOW, MomentStyle.DATE, BERLIN), BERLIN) == "Mon 23 Nov"


def test_people_and_places_go_by_their_names() -> None:
    card = Card(blocks=(Paragraph(markup(Person("bob"), " and ", Person("ana"), " in ", Place(PlaceRef("careers")))),))
    assert said(card_lines(card, 80, BERLIN, Names("ana"))) == "bobandana(you)in#careers"


def test_words_carry_every_tone_and_look() -> None:
    assert set(STYLES) == set(Look)
    right = Card(title="Right", blocks=(Paragraph(markup(bold("B"), " it is")),))
    plain = [line.text for line in card_lines(right, 80, BERLIN)]
    assert plain == ["Right", "", "B it is"]


def test_a_picture_and_a_document_are_told() -> None:
    blocks: tuple[Block, ...] = (
        Picture("https://example.org/p.png", "A curve that rises."),
        Document("data.json", '{\n  "a": 1\n}'),
    )
    assert [line.text for line in card_lines(Card(blocks=blocks), 80, BERLIN)] == [
        "Picture: A curve that rises. (https://example.org/p.png)",
        "",
        "data.json",
        "{",
        '  "a": 1',
        "}",
    ]


anything = st.text(st.characters(exclude_categories=()), max_size=80)


@given(text=anything)
def test_no_text_reaches_the_terminal_raw(text: str) -> None:
    shown = harmless(text)
    assert all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp") for char in shown)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", shown)
    shown.encode("utf-8")


@given(
    title=st.text(max_size=120),
    text=anything,
    mark=st.text(max_size=40),
    label=st.text(min_size=1, max_size=30),
    width=st.integers(NARROWEST, 120),
)
def test_no_text_breaks_out_of_the_width(title: str, text: str, mark: str, label: str, width: int) -> None:
    block = markup(text, bold(text))
    card = Card(
        title=title,
        blocks=(Paragraph(block), Points(((mark, block), ("", block))), Facts(((mark, block), ("Short", block)))),
        choices=tuple(Choice(label, route("how")) for _ in range(12)),
    )
    for line in card_lines(card, width, BERLIN):
        assert cells(line.text) <= width
        assert "\n" not in line.text
        assert "\x1b" not in line.text


@pytest.mark.parametrize(
    ("text", "taken"),
    [("abc", 3), ("\u65e5\u672c\u8a9e", 6), ("e\u0301", 1), ("\u05e9\u05dc\u05d5\u05dd", 4), ("\u2764\ufe0f", 2)],
)
def test_cells_are_counted_as_the_terminal_does(text: str, taken: int) -> None:
    assert cells(text) == taken


def test_long_words_are_cut_and_right_to_left_words_are_kept() -> None:
    hebrew = "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd"
    card = Card(blocks=(Points((("A", markup(hebrew)), ("B", markup("x" * 70)))),))
    assert [line.text for line in card_lines(card, 40, BERLIN)] == [
        f"  A  {hebrew}",
        "  B  " + "x" * 35,
        "     " + "x" * 35,
    ]


def test_a_word_keeps_its_looks_where_they_change_in_the_middle() -> None:
    [line] = wrapped([Piece("Take "), Piece("this", Look.STRONG), Piece(". Now")], 80)
    assert line.pieces == (Piece("Take "), Piece("this", Look.STRONG), Piece(". Now"))
