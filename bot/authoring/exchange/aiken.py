"""Aiken: a question, its lettered options, and a line ``ANSWER: B``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.authoring.exchange.found import Finds, FoundOption, FoundQuestion, LeftOut
from bot.authoring.exchange.key import NoKey, key_of

_OPTION = re.compile(r"\s*([A-Ha-h])\s?[.)]\s+(\S.*)")
ANSWER = re.compile(r"\s*ANSWER\s*:\s*(.*)", re.IGNORECASE)
_WHY = re.compile(r"\s*(?:FEEDBACK|EXPLANATION|RATIONALE)\s*:\s*(.*)", re.IGNORECASE)

Lines = list[tuple[int, str]]


def read(path: Path, text: str) -> Finds:
    """A question up to each answer; what has none is left out."""
    for lines in _pieces(text):
        yield _question(lines)


def _pieces(text: str) -> Iterator[Lines]:
    """The lines of each question, blank ones left out."""
    piece: Lines = []
    options = answered = blank = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            blank = True
            continue
        option = _OPTION.match(line)
        ends = answered and not _WHY.match(line)
        if piece and (ends or (options and blank and not option and not ANSWER.match(line) and not answered)):
            yield piece
            piece = []
            options = answered = False
        piece.append((number, line))
        options = options or bool(option)
        answered = answered or bool(ANSWER.match(line))
        blank = False
    if piece:
        yield piece


def _question(lines: Lines) -> FoundQuestion | LeftOut:
    first, last = lines[0][0], lines[-1][0]
    stem: list[str] = []
    options: dict[str, str] = {}
    said = why = None
    for number, line in lines:
        option, answer, reason = _OPTION.match(line), ANSWER.match(line), _WHY.match(line)
        if answer:
            said = answer[1]
        elif reason and said is not None:
            why = reason[1]
        elif option and option[1].casefold() not in options:
            options[option[1].casefold()] = option[2].strip()
        elif options:
            return LeftOut(first, f"line {number} is neither a further option nor ANSWER:", end=last)
        else:
            stem.append(line.strip())
    if said is None:
        return LeftOut(first, "no line ANSWER: says which option is right", end=last)
    try:
        key = key_of(said, options)
    except NoKey as reason:
        return LeftOut(first, str(reason), end=last)
    found = [FoundOption(text, letter == key, (why or "") * (letter == key)) for letter, text in options.items()]
    return FoundQuestion(first, " ".join(stem), tuple(found), end=last)
