"""Quizzes in Markdown: a heading asks, a task list answers, the ticked one is right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from bot.authoring.exchange.found import FoundOption, FoundOrLeftOut, FoundQuestion, LeftOut
from bot.domain.common_fields import Reference

_HEADING = re.compile(r"#{1,6}\s+(.*)")
_NUMBER = re.compile(r"Q(?:uestion)?\s{0,3}\d{1,5}\s{0,3}[.):]?\s+|\d{1,5}[.)]\s+", re.IGNORECASE)
_OPTION = re.compile(r"\s{0,3}(?:[-*+]|\d{1,5}[.)])\s+\[([ xX])\]\s+(.*)")
_EXPLAINED = re.compile(r"[\s>]*[*_]{0,2}(?:explanation|why)[*_:]{0,5}\s+(.*)", re.IGNORECASE)
_SOURCE = re.compile(r"\s*[*_]{0,2}(?:reference|source)s?[*_:]{0,5}\s+(.*)", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\((https?://[^()\s]{1,300})\)\s*$")
LONGEST = 2_000
"""No text of a question is so long; what is longer is not looked at."""


@dataclass(slots=True)
class _Item:
    """A question while its lines are read."""

    line: int
    stem: list[str]
    options: list[tuple[str, bool, list[str]]] = field(default_factory=list)
    explained: list[str] = field(default_factory=list)
    refs: list[Reference] = field(default_factory=list)
    code: bool = False
    in_explanation: bool = False


def read(path: Path, text: str) -> FoundOrLeftOut:
    """The questions with a ticked list; a heading without options is a title."""
    item: _Item | None = None
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
            if item:
                item.code = True
            continue
        heading = None if fenced else _HEADING.match(line)
        if heading:
            yield from _done(item)
            asked = heading[1].rstrip("# ")
            numbered = _NUMBER.match(asked)
            item = _Item(number, [asked[numbered.end() :] if numbered else asked])
        elif item and not fenced:
            _take(item, line)
    yield from _done(item)


def _take(item: _Item, line: str) -> None:
    option, explained, source = _OPTION.match(line), _EXPLAINED.match(line), _SOURCE.match(line)
    link = _LINK.match(source[1] if source else line.strip())
    if option:
        item.options.append((option[2].strip(), option[1] != " ", []))
        item.in_explanation = False
    elif explained and item.options:
        item.explained.append(explained[1])
        item.in_explanation = True
    elif link and item.options:
        item.refs.append(Reference(general=link[1], citation=link[2]))
    elif source and item.options:
        item.refs.append(Reference(general=source[1], citation=source[1]))
    elif not line.strip():
        item.in_explanation = False
    elif item.in_explanation:
        item.explained.append(line.strip())
    elif item.options and line.startswith((" ", "\t", ">")):
        # What is set in under an option is its reason.
        item.options[-1][2].append(line.strip().lstrip("->*+ ").strip())
    elif not item.options:
        item.stem.append(line.strip())


def _done(item: _Item | None) -> FoundOrLeftOut:
    if item is None or not (item.options or item.code):
        return
    if item.code:
        yield LeftOut(item.line, "a block of code, which is not read from Markdown: write it as a block in YAML")
        return
    said = [*item.stem, *item.explained, *(part for text, _, why in item.options for part in (text, *why))]
    if sum(map(len, said)) > LONGEST:
        yield LeftOut(item.line, f"more than {LONGEST:,} characters: no question of ours is so long")
        return
    explained = " ".join(item.explained).strip()
    options = tuple(
        FoundOption(_plain(text), right, _plain(" ".join(why) or (explained if right else "")))
        for text, right, why in item.options
    )
    yield FoundQuestion(item.line, _plain(" ".join(part for part in item.stem if part)), options, refs=tuple(item.refs))


def _plain(text: str) -> str:
    """Without the marks of Markdown that our texts do not have."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!<>|])", r"\1", text).strip()
