"""Slack's reading of a text typed after a command."""

from __future__ import annotations

import re

from tests.fakes.slack.team import Team


def as_sent(text: str, team: Team, *, escaped: bool) -> str:
    """The text as it reaches the app; ``escaped`` turns names and links into Slack's own marks."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if not escaped:
        return text
    users = {user.name: user.id for user in team.users.values()}
    channels = {one.name: one for one in team.channels.values() if one.kind != "im"}

    def marked(match: re.Match[str]) -> str:
        sign, name = match[1], match[2]
        if sign == "@" and name in ("here", "channel", "everyone"):
            return f"<!{name}>"
        if sign == "@" and name in team.groups:
            return f"<!subteam^{team.groups[name].id}|@{name}>"
        if sign == "@" and name in users:
            return f"<@{users[name]}>"
        if sign == "#" and name in channels:
            channel = channels[name]
            return f"<#{channel.id}|{channel.name if channel.kind == 'public' else ''}>"
        return match[0]

    text = re.sub(r"(?<!\S)(https?://\S+)", r"<\1>", text)
    return re.sub(r"(?<!\S)([@#])([\w.-]+)", marked, text)
