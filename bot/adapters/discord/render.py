"""A reply as messages of Discord: natively where there is a visible gain, else from its card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.adapters.discord.blocks import block_text, block_texts, heading, small_print
from bot.adapters.discord.cards import ACCENTS, BRAND, Names, Page, button, card_pages, rows
from bot.adapters.discord.components import Component, frame, line, section, text_display
from bot.adapters.discord.limits import BUTTON, ROW, TEXT_DISPLAY, faults, walked
from bot.adapters.discord.private import Privately
from bot.adapters.discord.text import escaped, markdown
from bot.replies.around import inside
from bot.replies.asked import OpenRoundShown, PracticeAsked, QuestionPosted, QuestionPreviewed, question_blocks
from bot.replies.card import Card, Choice, Paragraph, Reply, paragraph
from bot.replies.configuring import ConfigShown, TrackPanel
from bot.replies.helping import HelpShown
from bot.replies.judged import DailyVerdict, PracticeVerdict, learned
from bot.replies.markup import PingRole, bold, markup
from bot.replies.revealed import Revealed
from bot.replies.reviewing import ReviewAsked, ReviewVerdict
from bot.replies.saving_tracks import TrackIntroduced, TrackSaved

TRACKS_IN_FULL = 6
"""Tracks that get a line with a button of their own in the settings; more are picked from a list."""


def question_posted(post: QuestionPosted, card: Card, names: Names) -> Page:
    """The post: the line on the round before has its button beside it, the question its letters below."""
    items: list[Component] = []
    choices = list(card.choices)
    if post.before:
        why = choices.pop()
        items.append(section(small_print(post.before.spans()), button(why, names)))
        items.append(line())
    items += _question(card.title, post)
    foot = card.blocks[-1]
    assert isinstance(foot, Paragraph)
    items.append(text_display(small_print(foot.text)))
    items += rows(choices, names)
    if not post.ping_role:
        return Page([frame(items, BRAND)])
    # Within a frame a mention notifies as well; above it people see whom it called.
    call = text_display(markdown(markup(PingRole(post.ping_role))))
    return Page([call, frame(items, BRAND)])


def _question(
    title: str, asked: QuestionPosted | OpenRoundShown | PracticeAsked | QuestionPreviewed | ReviewAsked
) -> list[Component]:
    stem, *options = block_texts(question_blocks(asked.asked), [])
    return [text_display(f"{heading(title)}\n{stem}"), *(text_display(option) for option in options)]


def question_shown(
    reply: OpenRoundShown | PracticeAsked | QuestionPreviewed | ReviewAsked, card: Card, names: Names
) -> Page:
    """A question in private; the letters in one row, the rest below."""
    items = _question(card.title, reply)
    items += [text_display(block_text(block, [])) for block in card.blocks[len(question_blocks(reply.asked)) :]]
    return Page([frame([*items, *rows(card.choices, names)], BRAND)])


def verdict(reply: DailyVerdict | PracticeVerdict | ReviewVerdict, card: Card, names: Names) -> Page:
    """Right or not in words and at the edge; where you stand below a line."""
    said = [block_text(block, []) for block in card.blocks]
    taught = learned(card.blocks)
    items: list[Component] = [text_display(f"{heading(card.title)}\n{said[0]}")]
    items += [text_display(text) for text in said[1:taught]]
    items.append(line())
    items += [text_display(text) for text in said[taught:]]
    return Page([frame([*items, *rows(card.choices, names)], ACCENTS[card.tone] or BRAND)])


def revealed(reply: Revealed, card: Card, names: Names) -> Page:
    """The closed post, without the colour of one that waits for you."""
    (page,) = card_pages(card, names)
    return page


def help_shown(reply: HelpShown, card: Card, names: Names) -> Page:
    """Every command, each to be pressed where it stands."""
    opening = [block_text(block, []) for block in card.blocks[: 2 if reply.next_step else 1]]
    items: list[Component] = [text_display(f"{heading(card.title)}\n{opening[0]}"), *map(text_display, opening[1:])]
    for above, managers in (("", False), ("**For managers**\n", True)):
        told = [one for one in reply.commands if one.for_managers is managers]
        lines = [f"- {names.command(one.name)}  {escaped(one.summary)}" for one in told]
        if lines:
            items.append(text_display(above + "\n".join(lines)))
    items.append(text_display(block_text(card.blocks[-1], [])))
    return Page([frame([*items, *rows(card.choices, names)])])


def config_shown(reply: ConfigShown, card: Card, names: Names) -> Page:
    """Each daily question with its button beside it."""
    if not reply.tracks or len(reply.tracks) > TRACKS_IN_FULL:
        (page,) = card_pages(card, names)
        return page
    items: list[Component] = [text_display(heading(card.title))]
    notices, tracks = len(reply.notices), len(reply.tracks)
    items += [text_display(block_text(block, [])) for block in card.blocks[:notices]]
    for block, choice in zip(card.blocks[notices : notices + tracks], card.choices[:tracks], strict=True):
        change = Choice("Change", choice.route)
        items.append(section(block_text(block, []), button(change, names)))
    items += [text_display(block_text(block, [])) for block in card.blocks[notices + tracks :]]
    return Page([frame([*items, *rows(card.choices[tracks:], names, leads=False)])])


def with_ping(reply: TrackSaved | TrackPanel, card: Card, names: Names) -> Page:
    """A daily question's settings, with a note on a ping that would reach nobody, and one on the place."""
    settings = reply.seen.track.settings
    if remark := names.remark(settings.place):
        card = replace(card, blocks=(*card.blocks, paragraph(remark)))
    if settings.ping_role and not names.rings(settings.ping_role, settings.place):
        silent = paragraph(
            bold("Nobody will be notified: "),
            "Studybot may not mention ",
            PingRole(settings.ping_role),
            ". Let anyone mention that role, in its settings under Roles, or grant Studybot Mention Everyone.",
        )
        card = replace(card, blocks=(*card.blocks, silent))
    (page,) = card_pages(card, names)
    return page


def introduced(reply: TrackIntroduced, card: Card, names: Names) -> Page:
    """The introduction of a daily question, in the colour of its posts."""
    (page,) = card_pages(card, names, BRAND)
    return page


NATIVE: Mapping[type, Callable[..., Page]] = {
    QuestionPosted: question_posted,
    OpenRoundShown: question_shown,
    PracticeAsked: question_shown,
    ReviewAsked: question_shown,
    QuestionPreviewed: question_shown,
    DailyVerdict: verdict,
    PracticeVerdict: verdict,
    ReviewVerdict: verdict,
    Revealed: revealed,
    HelpShown: help_shown,
    ConfigShown: config_shown,
    TrackIntroduced: introduced,
    TrackSaved: with_ping,
    TrackPanel: with_ping,
}
"""The replies with a rendering of their own; every other is rendered from its card."""


def rendered(reply: Reply, names: Names, card: Card | None = None) -> list[Page]:
    """The reply in as few messages as hold it; its choices stand on the last. ``card`` is its card, if it is made."""
    inner = inside(reply)
    native = NATIVE.get(type(inner))
    card = card or reply.as_card()
    return [native(inner, card, names)] if native else card_pages(card, names)


def posted(reply: Reply, names: Names) -> Page:
    """A reply as the one message of a post; tests hold that no post is longer."""
    page, *rest = rendered(reply, names)
    if rest:
        raise ValueError(f"{type(reply).__name__} does not fit one message")
    return page


def told_privately(reply: Reply, names: Names, server: int, called: str | None) -> Page:
    """A reply as a private message, under the server's name: its reader may manage several."""
    (page,) = card_pages(Privately(reply, server).as_card(), names)
    if called is None:
        return page
    return Page([text_display(f"-# From Studybot in {escaped(called)}"), *page.components], page.files)


def preview(reply: Reply) -> list[str]:
    """A reply as its readers would see it, line after line, and what Discord would refuse of it."""
    found: list[str] = []
    for page in rendered(reply, Names()):
        for one in (each for component in page.components for each in walked(component)):
            if one["type"] == TEXT_DISPLAY:
                found += str(one["content"]).splitlines()
            elif one["type"] == ROW:
                inside = one["components"]
                found.append(" ".join(f"[{each['label']}]" for each in inside if each["type"] == BUTTON))
        found += [f"Discord would refuse: {fault}" for fault in faults(page.components)]
    return found
