"""Everything the bot says fits Slack, and nothing of it is lost on the way."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import cache

import pytest

from bot.adapters.slack.cards import BLOCKS, READ_ALOUD, Names, Page
from bot.adapters.slack.render import one_page, rendered
from bot.adapters.slack.text import as_typed, entities, escaped, mrkdwn
from bot.domain.identifiers import PlaceRef, ZoneName
from bot.replies.asked import QuestionPosted
from bot.replies.card import Choice, Reply
from bot.replies.helping import Greeted, HelpShown
from bot.replies.markup import Emphasis, Link, Moment, MomentStyle, Person, Place, Run, code, markup
from bot.replies.revealed import Revealed
from bot.replies.routes import route
from bot.replies.said import said
from bot.replies.saving_tracks import TrackIntroduced
from tests.adapters.slack.reading import Block, pressable, text
from tests.commands.samples import registry
from tests.fakes.slack.checks.surfaces import check_message
from tests.replies.everything import everything
from tests.replies.words import words

COMMANDS = frozenset(registry().commands)
NAMES = Names({"C1": "general", "C2": "a-channel-with-quite-a-long-name"}.get, COMMANDS)
# Some twelve thousand replies: rendered once, and so in one worker.
pytestmark = pytest.mark.xdist_group("everything on Slack")
whole = pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.long)])


@cache
def sent(whole: bool = False) -> tuple[tuple[Reply, list[Page]], ...]:
    """Everything the bot says but forms, which have their own tests, with the messages it becomes."""
    return tuple((reply, rendered(reply, NAMES)) for reply in everything(whole=whole) if reply.as_card().form is None)


def blocks_of(pages: list[Page]) -> list[Block]:
    return [block for page in pages for block in page.blocks]


@cache
def squeezed(words: str) -> str:
    return re.sub(r"[\s`*_\u02cb\u200b]+", "", as_typed(words, COMMANDS))


@whole
def test_every_reply_fits_its_messages(whole: bool) -> None:
    distinct: dict[str, tuple[str, Block]] = {}
    for reply, pages in sent(whole):
        for page in pages:
            assert 0 < len(page.blocks) <= BLOCKS, type(reply).__name__
            assert 0 < len(page.text) <= READ_ALOUD, type(reply).__name__
            for block in page.blocks:
                distinct.setdefault(json.dumps(block), (type(reply).__name__, block))
    misfits = {
        f"{name}: {fault}"
        for name, block in distinct.values()
        for fault in check_message({"blocks": [block], "text": "x"})
    }
    assert misfits == set()


def test_every_post_fits_one_message() -> None:
    public = (QuestionPosted, Revealed, TrackIntroduced, Greeted)
    posts = [reply for reply, _ in sent() if isinstance(reply, public)]
    assert {type(post) for post in posts} == set(public)
    for post in posts:
        assert one_page(rendered(post, NAMES), post).text


@whole
def test_nothing_a_card_says_is_lost(whole: bool) -> None:
    for reply, pages in sent(whole):
        card = reply.as_card()
        shown = squeezed(text(blocks_of(pages)))
        # Help shows commands as they are typed here, in place of their options.
        missing = [run for run in words(card) if squeezed(run) not in shown and not isinstance(reply, HelpShown)]
        assert missing == [], type(reply).__name__


def test_a_post_is_read_aloud_in_full() -> None:
    for reply, _ in sent():
        if isinstance(reply, QuestionPosted | Revealed | TrackIntroduced):
            read = squeezed(one_page(rendered(reply, NAMES), reply).text)
            missing = [
                run
                for run in words(reply.as_card())
                # A block stands as it was typed.
                if squeezed(escaped(run)) not in read and squeezed(entities(run)) not in read
            ]
            assert missing == [], type(reply).__name__


def test_every_choice_can_be_pressed() -> None:
    for reply, pages in sent():
        wanted = {choice.route.text for choice in reply.as_card().choices}
        pressed = [route for _, route in pressable(blocks_of(pages))]
        assert sorted(pressed) == sorted(wanted), type(reply).__name__


@pytest.mark.parametrize(
    ("literal", "sent"),
    [
        ("a * b", "a \u200b*\u200b b"),
        ("<@U1> <!here> & </x>", "&lt;@U1&gt; &lt;!here&gt; &amp; &lt;/x&gt;"),
        ("> not a quote", "\u200b&gt; not a quote"),
        (":smile: at 09:30", ":\u200bsmile: at 09:30"),
        ("see https://a.example/x_y?a=1&b=2.", "see <https://a.example/x_y?a=1&amp;b=2>."),
        ("\u202eright to left", "\u202eright to left"),
    ],
)
def test_literal_text_stays_literal(literal: str, sent: str) -> None:
    assert escaped(literal) == sent


def test_emphasis_and_names() -> None:
    assert mrkdwn((Run(" word ", Emphasis.BOLD),)) == " *word* "
    assert mrkdwn((Run("one\ntwo", Emphasis.BOLD),)) == "*one*\n*two*"
    assert mrkdwn(markup(code("x`y"))) == "`x\u02cby`"
    assert mrkdwn((Link("site", "https://a.example"),)) == "<https://a.example|site>"
    assert mrkdwn(markup(Person("U012AB"), " ", Place(PlaceRef("C012AB")))) == "<@U012AB> <#C012AB>"
    assert mrkdwn(markup(Place(PlaceRef("#tea")), Person("@ana"))) == "#tea@ana"


def test_moments_show_in_the_readers_zone_and_fall_back_to_the_tracks() -> None:
    moment = Moment(datetime(2026, 11, 23, 8, tzinfo=UTC), MomentStyle.TIME, ZoneName("Europe/Berlin"))
    assert mrkdwn((moment,)) == "<!date^1795420800^{time}|09:00 (Europe/Berlin)>"


def test_commands_stand_as_they_are_typed_here() -> None:
    typed = as_typed("/config and /quiz rag, not a/config, https://x.example/help or /configure", COMMANDS)
    assert typed == "/study config and /study quiz rag, not a/config, https://x.example/help or /configure"


def test_a_long_reply_goes_on_in_further_messages() -> None:
    long = said(*(f"Line {i} " + "x" * 90 + "\n" for i in range(300)), choices=(Choice("On", route("how")),))
    pages = rendered(long, NAMES)
    assert len(pages) == 3
    assert all(check_message({"blocks": page.blocks, "text": page.text}) == [] for page in pages)
    assert [bool(pressable(page.blocks)) for page in pages] == [False, False, True]
    assert "Line 299 " in text(pages[-1].blocks)


def test_a_button_names_its_channel_if_it_is_known() -> None:
    def labels(ref: str) -> list[str]:
        choice = Choice("Change", route("cfg", 1), place=PlaceRef(ref))
        return [label for label, _ in pressable(blocks_of(rendered(said("x", choices=(choice,)), NAMES)))]

    assert labels("C1") == ["Change #general"]
    assert labels("C9") == ["Change C9"]


def test_many_ways_on_become_a_list_to_pick_from() -> None:
    choices = tuple(Choice(f"Role {i}", route("role", i)) for i in range(30))
    (page,) = rendered(said("Which?", choices=choices), NAMES)
    assert [len(one["options"]) for one in page.blocks[-1]["elements"]] == [30]
