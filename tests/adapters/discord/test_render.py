"""Everything the bot says fits Discord, and nothing of it is lost on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest

from bot.adapters.discord.blocks import block_texts
from bot.adapters.discord.cards import BUTTONS_AT_MOST, Names, Page
from bot.adapters.discord.limits import faults
from bot.adapters.discord.render import posted, rendered
from bot.adapters.discord.text import escaped, markdown
from bot.domain.identifiers import PlaceRef
from bot.replies.asked import OpenRoundShown, PracticeAsked, QuestionPosted, QuestionPreviewed
from bot.replies.card import Block, Choice, Facts, Points, Reply, paragraph
from bot.replies.configuring import ConfigShown, TrackPanel
from bot.replies.helping import Greeted, HelpShown
from bot.replies.judged import PracticeVerdict, ReasonsShown
from bot.replies.markup import Emphasis, Link, Run, bold, code, markup
from bot.replies.revealed import Revealed
from bot.replies.routes import route
from bot.replies.said import Listed, said
from bot.replies.saving_tracks import TrackIntroduced, TrackSaved
from tests.adapters.discord.reading import Component, pressable, text
from tests.adapters.discord.reading import everything as walk
from tests.replies.everything import everything
from tests.replies.words import words

LETTERS = {"**A**", "**B**", "**C**", "**D**"}
NAMES = Names({"1": "general", "2": "a-channel-with-quite-a-long-name"}.get, {"quiz": 4711})
# Some twelve thousand replies: rendered once, and so in one worker.
pytestmark = pytest.mark.xdist_group("everything on Discord")


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply and the messages it becomes."""

    reply: Reply
    messages: tuple[list[Component], ...]

    @property
    def components(self) -> list[Component]:
        return [component for message in self.messages for component in message]


whole = pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.long)])


@cache
def sent(whole: bool = False) -> tuple[Sent, ...]:
    """Everything the bot says but forms, which have their own tests."""
    return tuple(
        Sent(reply, tuple(list(page.components) for page in rendered(reply, NAMES)))
        for reply in everything(whole=whole)
        if reply.as_card().form is None
    )


def shown(pages: list[Page]) -> list[Component]:
    return [component for page in pages for component in page.components]


def squeezed(said: str) -> str:
    return re.sub(r"[\s`\u02cb]+", "", said)


@whole
def test_every_reply_fits_its_messages(whole: bool) -> None:
    misfits = {
        f"{type(one.reply).__name__}: {fault}"
        for one in sent(whole)
        for message in one.messages
        for fault in faults(message)
    }
    assert misfits == set()


def test_every_post_fits_one_message() -> None:
    public = (QuestionPosted, Revealed, TrackIntroduced, Greeted)
    posts = [one for one in sent() if isinstance(one.reply, public)]
    assert {type(one.reply) for one in posts} == set(public)
    assert all(len(one.messages) == 1 for one in posts)
    assert posted(posts[0].reply, NAMES).files == []


@whole
def test_nothing_a_card_says_is_lost(whole: bool) -> None:
    for one in sent(whole):
        reply, card = one.reply, one.reply.as_card()
        said = squeezed(text(one.components))
        # Help shows commands to be pressed in place of how they are typed.
        usages = {told.usage for told in reply.commands} if isinstance(reply, HelpShown) else set()
        missing = [run for run in words(card, documents=False) if squeezed(run) not in said and run not in usages]
        assert missing == [], type(reply).__name__


def test_every_choice_can_be_pressed() -> None:
    for one in sent():
        wanted = {choice.route.text for choice in one.reply.as_card().choices}
        pressed = [id for _, id in pressable(one.components)]
        assert sorted(pressed) == sorted(wanted), type(one.reply).__name__


def test_options_stand_apart_from_each_other() -> None:
    """Each option is a text of its own, before and after the round: on a phone most take two lines."""
    kinds = {QuestionPosted, OpenRoundShown, PracticeAsked, QuestionPreviewed, ReasonsShown, Revealed}
    replies = {type(reply): reply for reply in (one.reply for one in sent()) if not getattr(reply, "withdrawn", False)}
    for kind in kinds:
        begun = [content.split(" ")[0] for content in contents(replies[kind])]
        assert [one for one in begun if one in LETTERS] == sorted(LETTERS), kind


def test_a_list_reads_as_one_list() -> None:
    """Its heading stands above all of it, lines that wrap begin with a bullet, short ones need none."""
    long = "a line of words enough that it is longer than a message is wide, and goes on below itself"
    shown = Listed("Roles", markup("Which?"), (("AI Engineer", markup("Builds.")), ("UX Designer", markup("Draws."))))
    assert contents(shown)[1] == "- **AI Engineer:** Builds.\n- **UX Designer:** Draws."
    blocks: list[tuple[Block, str]] = [
        (Points((("Does", markup("One.")), ("", markup("Two.")))), "**Does**\n- One.\n- Two."),
        (Points((("Not its job", markup("One.")),)), "**Not its job**\nOne."),
        (Points((("1.", markup("One.")), ("2.", markup("Two.")))), "**1.**  One.\n**2.**  Two."),
        (Facts((("Place", markup("here")), ("Level", markup("all")))), "**Place:** here\n**Level:** all"),
        (Facts((("Place", markup(long)), ("Level", markup("all")))), f"- **Place:** {long}\n- **Level:** all"),
    ]
    for block, read in blocks:
        assert block_texts([paragraph(bold("Above")), block], []) == [f"**Above**\n{read}"]
        assert block_texts([paragraph("Above"), block], []) == ["Above", read]


def contents(reply: Reply) -> list[str]:
    """The texts of a message as they are sent."""
    (page,) = rendered(reply, NAMES)
    return [one["content"] for one in walk(page.components) if one["type"] == 10]


async def test_nothing_is_kept_in_memory_to_hear_a_press() -> None:
    for one in sent()[:50]:
        assert all(page.view.is_finished() for page in rendered(one.reply, NAMES))


@pytest.mark.parametrize(
    ("literal", "sent"),
    [
        ("a * b_c ~~d~~ |e|", r"a \* b\_c \~\~d\~\~ \|e\|"),
        ("<@1> <#2> <@&3> </quiz:4> <t:5>", r"\<@1> \<#2> \<@&3> \</quiz:4> \<t:5>"),
        ("[click](https://evil.example/a_b)", r"\[click\](https://evil.example/a_b)"),
        (
            "# not a heading\n- no list\n1. nor this\n> nor that",
            "\\# not a heading\n\\- no list\n1\\. nor this\n\\> nor that",
        ),
        ("@everyone and @here", "@\u200beveryone and @\u200bhere"),
        ("see https://a.example/x_y_z.", "see https://a.example/x_y_z."),
        ("\u202eright to left", "\u202eright to left"),
    ],
)
def test_literal_text_stays_literal(literal: str, sent: str) -> None:
    assert escaped(literal) == sent


def test_emphasis_stands_without_spaces_inside() -> None:
    assert markdown((Run(" word ", Emphasis.BOLD),)) == " **word** "
    assert markdown(markup(bold("a*b"), code("x`y"))) == "**a\\*b**`x\u02cby`"
    assert markdown((Link("site", "https://a.example"),)) == "[site](<https://a.example>)"


def test_a_long_reply_goes_on_in_further_messages() -> None:
    long = said(*(f"Line {i} " + "x" * 90 + "\n" for i in range(100)), choices=(Choice("On", route("how")),))
    pages = rendered(long, NAMES)
    assert len(pages) == 3
    assert all(list(faults(page.components)) == [] for page in pages)
    assert [bool(pressable(page.components)) for page in pages] == [False, False, True]
    assert "Line 99 " in text(pages[-1].components)


def test_a_button_names_its_channel_if_it_is_known() -> None:
    def labels(ref: str) -> list[str]:
        choice = Choice("Change", route("cfg", 1), place=PlaceRef(ref))
        return [label for label, _ in pressable(shown(rendered(said("x", choices=(choice,)), NAMES)))]

    assert labels("1") == ["Change #general"]
    assert labels("9") == ["Change 9"]


def test_many_ways_on_become_a_list_to_pick_from() -> None:
    choices = tuple(Choice(f"Role {i}", route("role", i)) for i in range(30))
    components = shown(rendered(said("Which?", choices=choices), NAMES))
    pickers = [one for one in components[0]["components"] if one["type"] == 1]
    assert [len(row["components"][0]["options"]) for row in pickers] == [25, 5]


def test_only_a_next_step_stands_out() -> None:
    """One button at most, the first; in panels of controls none does, for a stray press there would post."""
    standing = [(one.reply, standing_out(one.components)) for one in sent()]
    leading = {(type(reply), label) for reply, labels in standing for label in labels}
    assert {kind for kind, _ in leading} >= {Greeted, PracticeVerdict, TrackSaved, ConfigShown}
    assert not any(labels for reply, labels in standing if isinstance(reply, TrackPanel | QuestionPosted))
    assert all(len(labels) <= 1 for _, labels in standing)
    assert "Another daily question" not in {label for _, label in leading}


def standing_out(components: list[Component]) -> list[str]:
    """The labels of the buttons that lead on."""
    return [one["label"] for one in walk(components) if one["type"] == 2 and one["style"] == 1]


def test_no_row_is_left_with_a_single_button() -> None:
    for count in range(2, BUTTONS_AT_MOST + 1):
        choices = tuple(Choice(f"Way {i}", route("way", i)) for i in range(count))
        components = shown(rendered(said("Which?", choices=choices), NAMES))
        assert min(len(one["components"]) for one in walk(components) if one["type"] == 1) > 1, count


def test_what_does_not_fit_is_found() -> None:
    """The check itself can fail: one message for each thing Discord refuses."""
    button = {"type": 2, "label": "A", "custom_id": "sb1:x", "style": 2}
    many = [{"type": 10, "content": "x"}] * 41
    bad: list[tuple[list[Component], str]] = [
        ([], "empty message"),
        ([{"type": 10, "content": "x" * 4001}], "4001 characters"),
        ([{"type": 10, "content": " "}], "empty text"),
        (list(many), "41 components"),
        ([{"type": 1, "components": [button, button]}], "custom ids twice"),
        ([{"type": 1, "components": [{**button, "label": "x" * 81}]}], "label of 81"),
        ([{"type": 1, "components": [{**button, "custom_id": "x" * 101}]}], "custom id of 101"),
        ([{"type": 1, "components": [{**button, "custom_id": str(i)} for i in range(6)]}], "row of 6"),
        ([{"type": 1, "components": [{"type": 3, "custom_id": "p", "options": []}]}], "list of 0"),
    ]
    for components, told in bad:
        assert any(told in fault for fault in faults(components)), told
