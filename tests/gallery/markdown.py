"""Discord's Markdown as HTML: what the bot uses of it, read by the rules of Discord's client.

What is not a rule here stands on the page as it was written, so that a stray asterisk is seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
"""The zone of the reader we imagine; Discord shows times in each reader's own."""
_HEADING = re.compile(r"(#{1,3}) +(.+)")
_SMALL = re.compile(r"-# +(.+)")
_POINT = re.compile(r"[-*] +(.+)")
_NUMBERED = re.compile(r"(\d+)\. +(.+)")
_INLINE = re.compile(
    r"\\(?P<literal>[^0-9A-Za-z\s])"
    r"|`(?P<code>[^`]+)`"
    r"|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*(?!\*)"
    r"|\*(?P<italic>(?=\S)(?:\\.|[^\\*])+?)\*"
    r"|__(?P<underlined>.+?)__"
    r"|~~(?P<struck>.+?)~~"
    r"|\[(?P<label>(?:\\.|[^\\\]])+)\]\(<?(?P<url>https?://[^\s>)]+)>?\)"
    r"|<(?P<quiet>https?://[^\s>]+)>"
    r"|(?P<address>https?://[^\s<>]*[^\s<>.,:;\"')\]])"
    r"|<@!?(?P<person>\d+)>"
    r"|<@&(?P<role>\d+)>"
    r"|<#(?P<channel>\d+)>"
    r"|</(?P<command>[^:>]+):\d+>"
    r"|<t:(?P<at>-?\d+):(?P<style>[tDf])>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Known:
    """Names that Discord's client puts in place of ids."""

    people: Mapping[str, str]
    roles: Mapping[str, str]
    channels: Mapping[str, str]


def html(text: str, known: Known) -> str:
    """A text as the client shows it; lines stay lines."""
    made: list[str] = []
    plain: list[str] = []
    points: list[str] = []

    def end_of_text() -> None:
        if plain:
            made.append(f"<div>{inline(chr(10).join(plain), known)}</div>")
            plain.clear()

    def end_of_list() -> None:
        if points:
            made.append(f"<ul>{''.join(points)}</ul>")
            points.clear()

    for line in text.split("\n"):
        if found := _POINT.fullmatch(line):
            end_of_text()
            points.append(f"<li>{inline(found[1], known)}</li>")
            continue
        if found := _NUMBERED.fullmatch(line):
            end_of_text()
            points.append(f'<li class="numbered" value="{found[1]}">{inline(found[2], known)}</li>')
            continue
        end_of_list()
        if found := _HEADING.fullmatch(line):
            end_of_text()
            level = len(found[1])
            made.append(f"<h{level}>{inline(found[2], known)}</h{level}>")
        elif found := _SMALL.fullmatch(line):
            end_of_text()
            made.append(f"<small>{inline(found[1], known)}</small>")
        else:
            plain.append(line)
    end_of_list()
    end_of_text()
    return "".join(made)


def inline(text: str, known: Known) -> str:
    """The marks inside a line."""
    made: list[str] = []
    after = 0
    for found in _INLINE.finditer(text):
        made.append(escape(text[after : found.start()], quote=False))
        made.append(_marked(found, known))
        after = found.end()
    made.append(escape(text[after:], quote=False))
    return "".join(made)


def _marked(found: re.Match[str], known: Known) -> str:
    kind = found.lastgroup
    value = found[kind] if kind else ""
    match kind:
        case "literal":
            return escape(value, quote=False)
        case "code":
            return f"<code>{escape(value, quote=False)}</code>"
        case "bold":
            return f"<strong>{inline(value, known)}</strong>"
        case "italic":
            return f"<em>{inline(value, known)}</em>"
        case "underlined":
            return f"<u>{inline(value, known)}</u>"
        case "struck":
            return f"<s>{inline(value, known)}</s>"
        case "url":
            return f'<a href="{escape(value)}">{inline(found["label"], known)}</a>'
        case "quiet" | "address":
            return f'<a href="{escape(value)}">{escape(value, quote=False)}</a>'
        case "person":
            return _pill(f"@{known.people[value]}")
        case "role":
            return _pill(f"@{known.roles[value]}")
        case "channel":
            return _pill(f"#{known.channels[value]}")
        case "command":
            return _pill(f"/{value}")
        case "style":
            return f'<span class="moment">{moment(int(found["at"]), value)}</span>'
    raise ValueError(f"no such mark: {kind}")


def _pill(text: str) -> str:
    return f'<span class="pill">{escape(text, quote=False)}</span>'


def moment(at: int, style: str) -> str:
    """An instant as the client writes it, in the zone of the page."""
    there = datetime.fromtimestamp(at, UTC).astimezone(ZONE)
    day, time = f"{there.day} {there:%B %Y}", f"{there:%H:%M}"
    return {"t": time, "D": day, "f": f"{day} at {time}"}[style]
