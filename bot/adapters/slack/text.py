"""Markup as Slack's mrkdwn, with whatever Slack would read as its own taken out of its reach.

Slack knows no escape but for ``& < >``. A character without width beside a mark keeps it from being one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.zones import zone_in_words
from bot.replies.markup import Emphasis, FaceWord, Link, Markup, Moment, MomentStyle, Person, PingRole, Place, Run, Span

_APART = "\u200b"
_ADDRESS = re.compile(r"(https?://[^\s<>|]*[^\s<>|.,;:!?)])")
_MARKS = re.compile(r"([*_~`])")
_EMOJI = re.compile(r":(?=[a-z0-9_+'-]+:)")
_QUOTE = re.compile(r"(?m)^(\s*)(?=&gt;)")
_AROUND = {Emphasis.PLAIN: "", Emphasis.BOLD: "*", Emphasis.ITALIC: "_", Emphasis.CODE: "`", Emphasis.TYPED: "`"}
_TOKENS = {
    MomentStyle.TIME: ("{time}", "%H:%M"),
    MomentStyle.DATE: ("{date_long}", "%a %d %b %Y"),
    MomentStyle.DATE_TIME: ("{date_short_pretty}, {time}", "%a %d %b, %H:%M"),
}
_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_CHANNEL = re.compile(r"[CGD][A-Z0-9]{2,}")
_GROUP = re.compile(r"S[A-Z0-9]{2,}")

KEPT = 8192
"""Texts kept as they were made: each stands in the blocks and in what is read aloud, and most come again."""


def is_channel(ref: str) -> bool:
    """Return whether it is the id of a channel or of a conversation."""
    return _CHANNEL.fullmatch(ref) is not None


Commands = frozenset[str]
"""The names of commands, which in texts stand as ``/name`` and are typed ``/study name``."""
STUDY = "/study"
FACE_WORDS = {
    FaceWord.COMMUNITY: "workspace",
    FaceWord.MANAGERS: "admins of this workspace",
    FaceWord.PLATFORM: "Slack",
}


@lru_cache(maxsize=KEPT)
def as_typed(text: str, commands: Commands) -> str:
    """The text with each command as it is typed here: one slash command reaches all."""
    return _commands(commands).sub(rf"{STUDY} \1", text) if commands else text


@cache
def _commands(names: Commands) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.:<])/({'|'.join(sorted(names, key=len, reverse=True))})(?![\w/-])")


@lru_cache(maxsize=KEPT)
def escaped(text: str) -> str:
    """Literal text: no emphasis, quote, emoji, mention or link comes of it but addresses."""
    parts = _ADDRESS.split(text)
    parts[::2] = [_escaped(part) for part in parts[::2]]
    parts[1::2] = [f"<{entities(part)}>" for part in parts[1::2]]
    return "".join(parts)


def entities(text: str) -> str:
    """The text with the three characters Slack wants written otherwise."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escaped(text: str) -> str:
    text = entities(_EMOJI.sub(f":{_APART}", text))
    text = _MARKS.sub(rf"{_APART}\1{_APART}", text)
    return _QUOTE.sub(rf"\1{_APART}", text)


def mrkdwn(text: Markup, commands: Commands = frozenset()) -> str:
    """The markup as Slack reads it; times show in each reader's own zone, people and channels by their names."""
    return "".join(_span(span, commands) for span in text)


def _span(span: Span, commands: Commands) -> str:
    match span:
        case Run(text, emphasis):
            return _run(text, emphasis, commands)
        case Link(label, url):
            return f"<{entities(url)}>" if label == url else f"<{entities(url)}|{entities(label).replace('|', ' ')}>"
        case Moment():
            return _moment(span)
        case Person(user):
            return f"<@{user}>" if _USER.fullmatch(user) else escaped(user)
        case Place(ref):
            return f"<#{ref}>" if _CHANNEL.fullmatch(ref) else escaped(ref)
        case FaceWord():
            return FACE_WORDS[span]
        case PingRole(ref):
            return f"<!subteam^{ref}>" if _GROUP.fullmatch(ref) else escaped(ref)
        case _:
            assert_never(span)


def _moment(moment: Moment) -> str:
    tokens, otherwise = _TOKENS[moment.style]
    fallback = f"{moment.at.astimezone(ZoneInfo(moment.zone)):{otherwise}} ({zone_in_words(moment.zone)})"
    return f"<!date^{int(moment.at.timestamp())}^{tokens}|{entities(fallback)}>"


@lru_cache(maxsize=KEPT)
def _run(text: str, emphasis: Emphasis, commands: Commands) -> str:
    around = _AROUND[emphasis]
    if emphasis is not Emphasis.CODE:
        text = as_typed(text, commands)
    if around == "`" and text.strip():
        return f"`{entities(text.replace('`', chr(0x2CB)))}`"
    # Emphasis ends with its line, and is none where it begins or ends with a space.
    return "\n".join(_line(line, around) for line in text.split("\n"))


def _line(text: str, around: str) -> str:
    bare = text.strip()
    if not around or not bare:
        return escaped(text)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{around}{escaped(bare)}{around}{after}"
