"""Markup as Discord's Markdown, with whatever Discord would read as its own escaped."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import assert_never

from bot.replies.markup import Emphasis, FaceWord, Link, Markup, Moment, MomentStyle, Person, PingRole, Place, Run, Span

# An address is left as it is: Discord links it by itself, and a backslash in it would break it.
_ADDRESS = re.compile(r"(https?://[^\s<>]+)")
_SPECIAL = re.compile(r"([\\*_~|`<\[\]])")
_LINE_START = re.compile(r"(?m)^(\s*)([#>+-]|\d+(?=\.\s))")
_EVERYONE = re.compile(r"@(?=everyone|here)")
_AROUND = {Emphasis.PLAIN: "", Emphasis.BOLD: "**", Emphasis.ITALIC: "*", Emphasis.CODE: "`", Emphasis.TYPED: "`"}
FACE_WORDS = {
    FaceWord.COMMUNITY: "server",
    FaceWord.MANAGERS: "people with Manage Server",
    FaceWord.PLATFORM: "Discord",
}
_STYLES = {MomentStyle.TIME: "t", MomentStyle.DATE: "D", MomentStyle.DATE_TIME: "f"}


@lru_cache(maxsize=4096)  # most of what is said is content, said again and again
def escaped(text: str) -> str:
    """Literal text: no emphasis, heading, list, mention or link comes of it but addresses, which Discord links."""
    parts = _ADDRESS.split(text)
    parts[::2] = [_escaped(part) for part in parts[::2]]
    return "".join(parts)


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(r"\\\1", text)
    text = _LINE_START.sub(_marked, text)
    # No backslash keeps this one from being shown as a mention; a character without width does.
    return _EVERYONE.sub("@\u200b", text)


def _marked(found: re.Match[str]) -> str:
    space, mark = found.groups()
    # A number stays, the dot behind it is what would begin a list.
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def markdown(text: Markup) -> str:
    """The markup as Discord reads it; times show in each reader's own zone, people and channels by their names."""
    return "".join(map(_span, text))


def _span(span: Span) -> str:
    match span:
        case Run(text, emphasis):
            return _run(text, emphasis)
        case Link(label, url):
            return url if label == url else f"[{escaped(label)}](<{url}>)"
        case Moment(at, style):
            return f"<t:{int(at.timestamp())}:{_STYLES[style]}>"
        case Person(user):
            return f"<@{user}>" if user.isdigit() else escaped(user)
        case Place(ref):
            return f"<#{ref}>" if ref.isdigit() else escaped(ref)
        case FaceWord():
            return FACE_WORDS[span]
        case PingRole(ref):
            return f"<@&{ref}>" if ref.isdigit() else escaped(ref)
        case _:
            assert_never(span)


def _run(text: str, emphasis: Emphasis) -> str:
    if emphasis in (Emphasis.CODE, Emphasis.TYPED):
        return f"`{text.replace('`', chr(0x2CB))}`"
    around = _AROUND[emphasis]
    bare = text.strip()
    if not around or not bare:
        return escaped(text)
    # Emphasis that begins or ends with a space is shown as asterisks.
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{around}{escaped(bare)}{around}{after}"
