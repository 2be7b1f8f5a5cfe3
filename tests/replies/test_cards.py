"""Cards: what no face could show is refused, and every reply on the real content stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.plain_text import tidy
from bot.domain.question import Difficulty
from bot.domain.selection import Wanted
from bot.replies.around import leads_to
from bot.replies.asked import QuestionPosted
from bot.replies.card import (
    LABEL_LIMIT,
    TABLE_ROWS,
    TITLE_LIMIT,
    Card,
    Choice,
    Document,
    Facts,
    Field,
    Form,
    Paragraph,
    Picture,
    Points,
    Table,
    Verbatim,
    Weight,
    label,
    paragraph,
)
from bot.replies.configuring import ConfigShown, TrackSeen
from bot.replies.judged import CountedBefore, DailyVerdict, PracticeVerdict, ReasonsShown
from bot.replies.markup import Link, Markup, Moment, Run, as_text, listed, markup
from bot.replies.revealed import Revealed
from bot.replies.roles import RoleProfile, ShortRoleShown
from bot.replies.routes import route
from bot.replies.said import Apology, Refusal
from bot.replies.saving_tracks import TrackIntroduced
from tests.adapters.replies import track
from tests.replies.everything import everything

SOMEWHERE = route("how")
CHOICES_AT_MOST = 25
CARD_AT_MOST = 1200
ROLE_AT_MOST = 900
QUESTION_AT_MOST = 1900
A_TRACK = 150
ABOUT_A_QUESTION = (QuestionPosted, DailyVerdict, CountedBefore, PracticeVerdict, ReasonsShown, Revealed)
STANDING_OUT = {
    **dict.fromkeys(("cfg-delete-yes", "cfg-void-yes", "forget-yes"), Weight.DELETES),
    **dict.fromkeys(("cfg-new", "cfg-now", "own-new", "own-save", "own-take", "turn"), Weight.LEADS),
}
STAYING = {
    "CountedBefore",
    "DailyVerdict",
    "OpenRoundShown",
    "PracticeAsked",
    "PracticeVerdict",
    "ReasonsShown",
    "ReviewAsked",
    "ReviewVerdict",
    "SittingClosed",
}


def texts(card: Card) -> Iterator[Markup]:
    """Every piece of text on a card."""
    for block in card.blocks:
        match block:
            case Paragraph(text):
                yield text
            case Points(items):
                yield from (text for _, text in items)
            case Facts(rows):
                yield from (text for _, text in rows)
            case Table(_, table):
                yield from (cell for _, *both in table for cell in both)
            case Verbatim() | Picture() | Document():
                pass


def told_in(card: Card) -> str:
    """All of a card as plain text."""
    lines = ["".join(span.text if isinstance(span, Run) else "~" for span in text) for text in texts(card)]
    return "\n".join([card.title, *lines])


def test_what_deletes_and_what_leads_on_stands_out_and_nothing_else() -> None:
    for reply in everything():
        for choice in reply.as_card().choices:
            assert choice.weight is STANDING_OUT.get(leads_to(choice.route).what, Weight.PLAIN), (reply, choice)


def test_questions_verdicts_and_reasons_stay_and_nothing_else() -> None:
    assert {type(reply).__name__ for reply in everything() if reply.as_card().stays} == STAYING
    assert {type(reply).__name__ for reply in everything() if not reply.as_card().stays}.isdisjoint(STAYING)


def test_every_card_has_something_to_read_and_every_block_says_something() -> None:
    for reply in everything():
        card = reply.as_card()
        assert card.blocks or card.form, reply
        for block in card.blocks:
            if isinstance(block, Points):
                assert block.items, reply
            if isinstance(block, Facts):
                assert block.rows, reply
        for text in texts(card):
            assert text, reply


def test_every_card_keeps_to_its_limits() -> None:
    for reply in everything():
        card = reply.as_card()
        assert len(card.title) <= TITLE_LIMIT
        assert len(card.choices) <= CHOICES_AT_MOST, reply
        assert all(0 < len(choice.label) <= LABEL_LIMIT for choice in card.choices)


def test_every_card_fits_a_screen_and_a_role_fits_a_small_one() -> None:
    """A question, its verdicts and its reveal are as long as L11 of the content check lets them be."""
    for reply in everything():
        card = reply.as_card()
        if any(isinstance(block, Verbatim) for block in card.blocks):
            continue
        most = CARD_AT_MOST
        if isinstance(reply, RoleProfile | ShortRoleShown):
            most = ROLE_AT_MOST
        elif isinstance(reply, ABOUT_A_QUESTION):
            most = QUESTION_AT_MOST
        elif isinstance(reply, ConfigShown):
            # How each daily question stands is what a manager comes to see, however many there are.
            most = max(CARD_AT_MOST, A_TRACK * len(reply.tracks))
        assert length(card) <= most, (type(reply).__name__, card.title, length(card))


def length(card: Card) -> int:
    """The characters of a card, without its buttons."""
    said = sum(len(as_text(text)) for text in texts(card))
    for block in card.blocks:
        match block:
            case Points(rows) | Facts(rows):
                said += sum(len(mark) for mark, _ in rows)
            case Table(columns, table):
                said += sum(map(len, columns)) + sum(len(label) for label, *_ in table)
            case Verbatim(text):
                said += len(text)
    return said + len(card.title)


@pytest.mark.parametrize("rows", [0, TABLE_ROWS + 1])
def test_a_table_has_one_to_eight_rows(rows: int) -> None:
    with pytest.raises(ValueError, match="1 to 8"):
        Table(("A", "B"), (("Coding", markup("yes"), markup("no")),) * rows)


def test_a_list_keeps_its_items_apart_where_they_have_commas() -> None:
    assert listed(["Python", "SQL", "Git"]) == "Python, SQL and Git"
    assert listed(["Law, medicine", "SQL", "Git"]) == "Law, medicine; SQL; and Git"
    assert listed(["Law, medicine", "SQL"], "or") == "Law, medicine; or SQL"


def test_no_card_has_two_buttons_that_do_the_same() -> None:
    for reply in everything():
        ways = [(choice.label, choice.route.text) for choice in reply.as_card().choices]
        assert len(set(ways)) == len(ways), reply


def test_nothing_hidden_and_no_loose_ends_in_what_is_said() -> None:
    for reply in everything():
        for line in told_in(reply.as_card()).splitlines():
            assert tidy(line) == line.strip(), reply
            assert "  " not in line, reply
            assert not re.search(r"(?<!\.)\.\.(?!\.)", line), reply


def test_every_moment_says_in_which_zone_it_is_told() -> None:
    for reply in everything():
        for text in texts(reply.as_card()):
            for span in text:
                if isinstance(span, Moment):
                    assert span.at.tzinfo is not None
                    assert span.zone


# --- Limits ---


@pytest.mark.parametrize("text", ["", "x" * (LABEL_LIMIT + 1)])
def test_a_label_is_neither_empty_nor_long(text: str) -> None:
    with pytest.raises(ValueError, match="label"):
        Choice(text, SOMEWHERE)


def test_labels_and_titles_that_just_fit() -> None:
    assert Choice("x" * LABEL_LIMIT, SOMEWHERE).label == "x" * LABEL_LIMIT
    assert Card(title="x" * TITLE_LIMIT).title == "x" * TITLE_LIMIT
    with pytest.raises(ValueError, match="title"):
        Card(title="x" * (TITLE_LIMIT + 1))


@pytest.mark.parametrize("fields", [0, 6])
def test_a_form_has_one_to_five_fields(fields: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        Form("Form", SOMEWHERE, tuple(Field(str(i), "Label") for i in range(fields)))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Practise", "Practise"),
        ("Machine learning and deep learning", "Machine learning and deep\u2026"),
        ("vs Generative AI Specialist in Residence", "vs Generative AI Specialist\u2026"),
        ("x" * 99, "x" * 29 + "\u2026"),
    ],
)
def test_a_long_label_is_cut_at_a_word(text: str, cut: str) -> None:
    assert label(text) == cut
    assert len(cut) <= LABEL_LIMIT


@pytest.mark.parametrize("url", ["https://example.org", "http://example.org/a?b=c#d"])
def test_a_link_leads_to_the_web(url: str) -> None:
    assert Link("Read on", url).url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        " https://x.org",
        "HTTPX://x",
    ],
)
def test_a_link_leads_nowhere_else(url: str) -> None:
    with pytest.raises(ValueError, match="http"):
        Link("Read on", url)


# --- What is said everywhere ---


def test_an_apology_tells_the_reference_and_nothing_of_the_fault() -> None:
    card = Apology("AB12CD").as_card()
    assert "Reference AB12CD." in told_in(card)
    assert "https://example.org" in told_in(Apology("AB12CD", "https://example.org").as_card())


def test_a_refusal_is_its_sentence_with_its_ways_on() -> None:
    choice = Choice("How", SOMEWHERE)
    card = Refusal("That is not a role.", (choice,)).reply().as_card()
    assert card.blocks == (paragraph("That is not a role."),)
    assert card.choices == (choice,)


@pytest.mark.parametrize(
    ("level", "subject", "said"),
    [
        (None, "the cell", "A question on the cell will be posted here"),
        (Difficulty.HARD, "", "A hard question will be posted here"),
        (Difficulty.EASY, "the cell", "An easy question on the cell will be posted here"),
    ],
)
def test_an_introduction_says_level_and_subject(level: Difficulty | None, subject: str, said: str) -> None:
    made = track()
    settings = replace(made.settings, wanted=Wanted(frozenset(), level))
    (first, *_) = TrackIntroduced(TrackSeen(replace(made, settings=settings), (), 3, 21), subject).as_card().blocks
    assert isinstance(first, Paragraph)
    assert as_text(first.text).startswith(said)
