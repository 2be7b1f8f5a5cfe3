"""Posts in a forum: each is a thread of its own with a title, its message the first in it.

Discord takes no nonce for them, so we look for the first one before we send it again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

import discord

from bot.adapters.discord.components import View
from bot.adapters.discord.once import once
from bot.adapters.discord.permissions import tag_of
from bot.domain.plain_text import shortened
from bot.replies.asked import QuestionPosted
from bot.replies.card import Reply

TITLE = 100
"""Characters of a post's title."""
A_WEEK: Final = 10080
"""Minutes without a word after which Discord archives a post; the longest there is."""


def title(reply: Reply) -> str:
    """The title of a post: a question's is its number and its first words."""
    heading = reply.as_card().title
    if isinstance(reply, QuestionPosted):
        heading = f"{heading}: {reply.asked.question.stem}"
    return shortened(heading or "Studybot", TITLE)


async def create(
    forum: discord.ForumChannel, name: str, view: View, silent: bool, mentions: discord.AllowedMentions
) -> int:
    """Write a post; its id, which is that of its thread and of its first message."""
    tag = tag_of(forum)
    with once():
        made = await forum.create_thread(
            name=name,
            view=view,
            silent=silent,
            allowed_mentions=mentions,
            auto_archive_duration=A_WEEK,
            applied_tags=[tag] if tag else [],
        )
    return made.thread.id


async def first_messages(forum: discord.ForumChannel, since: datetime) -> AsyncIterator[discord.Message]:
    """The first messages of our own posts since then, as Discord has them now."""
    for thread in await forum.guild.active_threads():
        if (found := await _ours(forum, thread, since)) is not None:
            yield found
    async for thread in forum.archived_threads(limit=100):
        if (found := await _ours(forum, thread, since)) is not None:
            yield found


async def _ours(forum: discord.ForumChannel, thread: discord.Thread, since: datetime) -> discord.Message | None:
    me = forum.guild.me.id
    if thread.parent_id != forum.id or thread.owner_id != me or discord.utils.snowflake_time(thread.id) < since:
        return None
    try:
        return await thread.fetch_message(thread.id)
    except discord.NotFound:
        return None  # the question was deleted and its replies were left
