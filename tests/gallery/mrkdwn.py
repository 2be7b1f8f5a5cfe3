"""Slack's mrkdwn as HTML, read as Slack's client reads it."""

from __future__ import annotations

import re
from html import escape, unescape

from tests.gallery.markdown import Known, moment

_APART = "\u200b"
_INLINE = re.compile(
    r"```(?P<fence>[^`]+)```"
    r"|`(?P<code>[^`\n]+)`"
    rf"|(?<![\w{_APART}])\*(?P<bold>[^*\n]+)\*(?![\w{_APART}])"
    rf"|(?<![\w{_APART}])_(?P<italic>[^_\n]+)_(?![\w{_APART}])"
    r"|<@(?P<person>U\w+)>|<\#(?P<channel>C\w+)>|<!subteam\^(?P<group>S\w+)>"
    r"|<!date\^(?P<at>\d+)\^(?P<tokens>[^|>]+)\|[^>]*>"
    r"|<(?P<url>https?://[^|>]+)(?:\|(?P<label>[^>]+))?>"
)
_TOKENS = {"{time}": "t", "{date_long}": "D", "{date_short_pretty}": "D"}


def html(text: str, known: Known) -> str:
    """A text as the client shows it; lines stay lines."""
    made: list[str] = []
    after = 0
    for found in _INLINE.finditer(text):
        made.append(_plain(text[after : found.start()]))
        made.append(_marked(found, known))
        after = found.end()
    made.append(_plain(text[after:]))
    return "".join(made)


def _plain(text: str) -> str:
    if left := re.search(r"<[^>]*>", text):
        raise ValueError(f"no look for {left[0]}")
    return escape(unescape(text).replace(_APART, ""), quote=False)


def _marked(found: re.Match[str], known: Known) -> str:
    match found.lastgroup:
        case "fence":
            return f"<pre>{_plain(found['fence'])}</pre>"
        case "code":
            return f"<code>{_plain(found['code'])}</code>"
        case "bold":
            return f"<strong>{html(found['bold'], known)}</strong>"
        case "italic":
            return f"<em>{html(found['italic'], known)}</em>"
        case "person":
            return _pill(f"@{known.people[found['person']]}")
        case "channel":
            return _pill(f"#{known.channels[found['channel']]}")
        case "group":
            return _pill(f"@{known.roles[found['group']]}")
        case "tokens":
            return re.sub(r"\{\w+\}", lambda token: moment(int(found["at"]), _TOKENS[token[0]]), found["tokens"])
        case "url" | "label":
            return f'<a href="{found["url"]}">{_plain(found["label"] or found["url"])}</a>'
        case kind:
            raise ValueError(f"no such mark: {kind}")


def _pill(text: str) -> str:
    return f'<span class="pill">{escape(text, quote=False)}</span>'
