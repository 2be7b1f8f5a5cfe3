"""The replies that gain from Slack's own forms: the post, verdicts, help, the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.adapters.slack.cards import (
    Json,
    Names,
    Page,
    block_parts,
    button,
    divider,
    header,
    paged,
    rows,
    section,
    small,
    spoken,
)
from bot.adapters.slack.text import escaped, mrkdwn
from bot.replies.asked import QuestionPosted
from bot.replies.card import Card, Choice, Paragraph
from bot.replies.configuring import ConfigShown
from bot.replies.health import HealthShown
from bot.replies.helping import HelpShown
from bot.replies.judged import DailyVerdict, PracticeVerdict, learned
from bot.replies.markup import PingRole, markup

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


def verdict(reply: DailyVerdict | PracticeVerdict, card: Card, names: Names) -> list[Page]:
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
    """How the daily questions are doing, and the line to Slack."""
    blocks = [header(card.title), *(part for block in card.blocks for part in block_parts(block, names))]
    silence = names.silence()
    if silence is not None:
        blocks.append(small(f"Slack was heard {silence:.0f} s ago."))
    return paged(blocks, rows(card.choices, names), spoken(card, names))


NATIVE: Mapping[type, Callable[..., list[Page]]] = {
    QuestionPosted: question_posted,
    DailyVerdict: verdict,
    PracticeVerdict: verdict,
    HelpShown: help_shown,
    ConfigShown: config_shown,
    HealthShown: health_shown,
}
"""Who renders which reply; every other is rendered from its card."""
