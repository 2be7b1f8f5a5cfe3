"""Blocks, pictures and options that are code, exactly as each face sends them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.discord import render as discord
from bot.adapters.discord.cards import Names as DiscordNames
from bot.adapters.discord.limits import faults
from bot.adapters.mcp.text import as_plain_text
from bot.adapters.slack import render as slack
from bot.adapters.slack.cards import SECTION
from bot.adapters.slack.cards import Names as SlackNames
from bot.adapters.slack.text import mrkdwn
from bot.adapters.terminal import render as terminal
from bot.adapters.terminal.wrapping import Look
from bot.domain.artefact import BLOCK_LINES, BLOCK_WIDTH, Block, BlockKind
from bot.domain.question import Question
from bot.replies.markup import markup, typed
from tests.adapters.discord.reading import everything
from tests.adapters.replies import BERLIN, posted, practice
from tests.domain.artefacts import ARTEFACTS, CODE, LARGEST, LOG, SQL


def on_discord(question: Question) -> list[str]:
    view = discord.posted(posted(question), DiscordNames()).view
    return [one["content"] for one in everything(view.to_components()) if "content" in one]


def on_slack(question: Question) -> list[str]:
    blocks = slack.one_page(slack.rendered(posted(question), SlackNames()), posted(question)).blocks
    return [one["text"]["text"] for one in blocks if one["type"] == "section"]


def test_discord_has_it_in_a_fence_with_its_language() -> None:
    assert f"```sql\n{SQL}\n```" in on_discord(CODE)
    assert LOG.block
    assert f"```\n{LOG.block.text}\n```" in on_discord(LOG)
    assert "-# Picture: A curve that climbs to its limit and stays there." in on_discord(LOG)


def test_slack_has_it_in_a_fence_and_no_mark_or_mention_comes_of_it() -> None:
    assert f"```\n{SQL.replace('<', '&lt;').replace('>', '&gt;')}\n```" in on_slack(CODE)
    assert LOG.block
    written = LOG.block.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"```\n{written}\n```" in on_slack(LOG)


def test_a_program_has_it_in_a_fence() -> None:
    assert f"\n```sql\n{SQL}\n```\n" in as_plain_text(practice(CODE).as_card(), BERLIN)
    assert LOG.picture
    assert f"\nPicture: {LOG.picture.alt}\n" in as_plain_text(practice(LOG).as_card(), BERLIN)


def test_options_that_are_code_are_shown_as_such() -> None:
    assert {line.partition("  ")[2] for line in on_discord(CODE)} >= {f"`{option.text}`" for option in CODE.options}
    (options,) = [text for text in on_slack(CODE) if text.startswith("*A*")]
    assert "`having COUNT(*) &gt;= 5`" in options


@pytest.mark.parametrize("width", [20, 62, 100])
@pytest.mark.parametrize("question", ARTEFACTS, ids=lambda one: one.id)
def test_the_terminal_cuts_no_line_of_it(question: Question, width: int) -> None:
    assert question.block
    shown = terminal.card_lines(practice(question).as_card(), width, BERLIN)
    code = [line.text for line in shown if line.pieces and line.pieces[-1].look is Look.CODE]
    wanted = question.block.text.split("\n")
    before = "  " if max(map(len, wanted)) + 2 <= width else ""
    assert code[: len(wanted)] == [before + line for line in wanted]


def test_slack_changes_nothing_in_options_that_are_code() -> None:
    texts = ("@app.get('/config')", "cat /find", "/help", "x")
    options = tuple(replace(one, text=text) for one, text in zip(CODE.options, texts, strict=True))
    reply = posted(replace(CODE, options=options))
    names = SlackNames(commands=frozenset({"config", "find", "help"}))
    said = str(slack.one_page(slack.rendered(reply, names), reply).blocks)
    assert "/study" not in said
    assert all(f"`{text}`" in said for text in ("cat /find", "/help"))
    assert mrkdwn(markup(typed("/find rag")), names.commands) == "`/study find rag`"


def test_a_block_that_grows_on_slack_stands_in_several_fences() -> None:
    lines = [f"{number:02d}".ljust(BLOCK_WIDTH, "&") for number in range(BLOCK_LINES)]
    fences = [one for one in on_slack(replace(CODE, block=Block(BlockKind.LOG, "\n".join(lines)))) if "```" in one]
    assert all(len(one) <= SECTION for one in fences)
    assert all(one.startswith("```\n") and one.endswith("\n```") for one in fences)
    assert "\n".join(one[4:-4] for one in fences).replace("&amp;", "&").split("\n") == lines


def test_the_terminal_keeps_the_spaces_of_options_that_are_code() -> None:
    texts = ("print('a  b')", "print('c d')", "if x:    # why", "x")
    options = tuple(replace(one, text=text) for one, text in zip(CODE.options, texts, strict=True))
    shown = [line.text for line in terminal.card_lines(practice(replace(CODE, options=options)).as_card(), 62, BERLIN)]
    assert all(any(line.endswith(f"  {text}") for line in shown) for text in texts)


def test_the_most_a_question_can_hold_is_one_post() -> None:
    view = discord.posted(posted(LARGEST), DiscordNames()).view
    assert list(faults(view.to_components())) == []
    assert len(on_discord(LARGEST)) > 6
    assert len(on_slack(LARGEST)) == 3
