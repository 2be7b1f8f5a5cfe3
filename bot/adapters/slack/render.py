"""A reply as messages of Slack: natively where there is a visible gain, else from its card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.adapters.slack.cards import (
    Json,
    Names,
    Page,
    block_parts,
    button,
    card_pages,
    divider,
    header,
    paged,
    rows,
    section,
    small,
    spoken,
)
from bot.adapters.slack.places import Places
from bot.adapters.slack.text import as_typed, escaped, mrkdwn
from bot.adapters.slack.workspaces import Workspace
from bot.replies.around import inside
from bot.replies.asked import QuestionPosted
from bot.replies.card import Card, Choice, Paragraph, Reply
from bot.replies.configuring import ConfigShown
from bot.replies.health import HealthShown
from bot.replies.helping import HelpShown
from bot.replies.judged import DailyVerdict, PracticeVerdict, learned
from bot.replies.markup import PingRole, markup
from bot.replies.reviewing import ReviewVerdict

TRACKS_IN_FULL = 6
"""Tracks that get a line with a button of their own in the settings; more are picked from a list."""


def question_posted(post: QuestionPosted, card: Card, names: Names) -> list[Page]:
    """The post: the line on the round before has its button beside it, the question its letters below."""
    choices = list(card.choices)
    blocks: list[Json] = []
    said = spoken(card, names)
    if post.ping_role:
        call = mrkdwn(markup(PingRole(post.ping_role)))
        blocks.append(section(call))
        said = f"{call} {said}"
    body = list(card.blocks)
    if post.before:
        body.pop(0)
        blocks.append(section(mrkdwn(post.before.spans(), names.commands), button(choices.pop(), names)))
        blocks.append(divider())
    blocks.append(header(card.title))
    blocks += [part for block in body for part in block_parts(block, names)]
    return paged(blocks, rows(choices, names), said)


def verdict(reply: DailyVerdict | PracticeVerdict | ReviewVerdict, card: Card, names: Names) -> list[Page]:
    """Right or not in words; where you stand below a line."""
    taught = learned(card.blocks)
    blocks: list[Json] = [header(card.title)]
    blocks += [part for block in card.blocks[:taught] for part in block_parts(block, names)]
    blocks.append(divider())
    blocks += [part for block in card.blocks[taught:] for part in block_parts(block, names)]
    return paged(blocks, rows(card.choices, names), spoken(card, names))


def help_shown(reply: HelpShown, card: Card, names: Names) -> list[Page]:
    """Every command as it is typed here, one a line."""
    blocks: list[Json] = [header(card.title)]
    if reply.next_step:
        blocks.append(section(f"*Next for you:* {mrkdwn(reply.next_step, names.commands)}"))
    blocks += block_parts(card.blocks[1 if reply.next_step else 0], names)
    for above, managers in (("", False), ("*For managers*\n", True)):
        told = [one for one in reply.commands if one.for_managers is managers]
        lines = [f"`/study {one.name}`  {escaped(one.summary)}" for one in told]
        if lines:
            blocks.append(section(above + "\n".join(lines)))
    blocks += list(block_parts(card.blocks[-1], names))
    blocks.append(small("Slash commands do not work in threads. The Home tab and the buttons do everything they do."))
    return paged(blocks, rows(card.choices, names), spoken(card, names))


def config_shown(reply: ConfigShown, card: Card, names: Names) -> list[Page]:
    """Each daily question with its button beside it."""
    notices, tracks = len(reply.notices), len(reply.tracks)
    in_full = tracks if tracks <= TRACKS_IN_FULL else 0
    blocks: list[Json] = [header(card.title)]
    blocks += [part for block in card.blocks[:notices] for part in block_parts(block, names)]
    for block, choice in zip(card.blocks[notices : notices + in_full], card.choices[:in_full], strict=True):
        assert isinstance(block, Paragraph)
        change = Choice("Change", choice.route)
        blocks.append(section(mrkdwn(block.text, names.commands), button(change, names)))
    blocks += [part for block in card.blocks[notices + in_full :] for part in block_parts(block, names)]
    return paged(blocks, rows(card.choices[in_full:], names), spoken(card, names))


def health_shown(reply: HealthShown, card: Card, names: Names) -> list[Page]:
    """The state of the daily questions, and of the line to Slack."""
    blocks = [header(card.title), *(part for block in card.blocks for part in block_parts(block, names))]
    silence = names.silence()
    if silence is not None:
        blocks.append(small(f"Slack was heard {silence:.0f} s ago."))
    return paged(blocks, rows(card.choices, names), spoken(card, names))


NATIVE: Mapping[type, Callable[..., list[Page]]] = {
    QuestionPosted: question_posted,
    DailyVerdict: verdict,
    PracticeVerdict: verdict,
    ReviewVerdict: verdict,
    HelpShown: help_shown,
    ConfigShown: config_shown,
    HealthShown: health_shown,
}
"""The replies with a rendering of their own; every other is rendered from its card."""


def rendered(reply: Reply, names: Names, card: Card | None = None) -> list[Page]:
    """The reply in as few messages as hold it; its choices stand on the last. ``card`` is its card, if it is made."""
    inner = inside(reply)
    native = NATIVE.get(type(inner))
    made = card or reply.as_card()
    made = replace(made, title=as_typed(made.title, names.commands))
    return native(inner, made, names) if native else card_pages(made, names)


async def rendered_in(workspace: Workspace, places: Places, reply: Reply, card: Card | None = None) -> list[Page]:
    """The reply with its channels named on buttons, which may have to be asked for."""
    card = card or reply.as_card()
    return rendered(reply, await places.for_card(workspace, card), card)


def one_page(pages: list[Page], reply: Reply) -> Page:
    """The one message of a post; tests hold that no post is longer."""
    page, *rest = pages
    if rest:
        raise ValueError(f"{type(reply).__name__} does not fit one message")
    return page


def preview(reply: Reply) -> list[str]:
    """A reply as its readers would see it: texts and labels of its blocks, line after line."""
    return [line for page in rendered(reply, Names()) for block in page.blocks for line in _texts_of(block)]


def _texts_of(block: Json) -> list[str]:
    match block["type"]:
        case "header" | "section":
            return str(block["text"]["text"]).splitlines()
        case "context":
            return [line for one in block["elements"] for line in str(one["text"]).splitlines()]
        case "actions":
            return [" ".join(f"[{one['text']['text']}]" for one in block["elements"] if one["type"] == "button")]
        case _:
            return []
