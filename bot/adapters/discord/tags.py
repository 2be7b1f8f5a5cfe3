"""Which tag our posts get in a forum."""

from __future__ import annotations

import discord

TAGS = ("daily", "question", "quiz", "study")
"""A tag with one of these words in its name is taken, the first of them that is found."""
NO_TAG = (
    "That forum requires a tag on every post, and has none that Studybot may use. In the forum's settings, add one "
    "that everybody may use, or stop requiring tags."
)


def tag_of(forum: discord.ForumChannel) -> discord.ForumTag | None:
    """The tag our posts get: one whose name fits; else, where the forum wants a tag, the first that is free to use."""
    free = [tag for tag in forum.available_tags if not tag.moderated]
    for word in TAGS:
        for tag in free:
            if word in tag.name.casefold():
                return tag
    return free[0] if free and forum.flags.require_tag else None
