"""Moodle's GIFT: multiple-choice questions with feedback for each option."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.authoring.exchange.found import (
    PICTURE,
    TABLE,
    Finds,
    FoundOption,
    FoundQuestion,
    LeftOut,
    PassedOver,
    asked_in_full,
)
from bot.authoring.exchange.hypertext import shown
from bot.domain.question import Question

# \x00 never occurs in a text that was let in, so escaped characters can wait behind it.
_ESCAPED = {char: f"\0{number:02d}" for number, char in enumerate("\\~=#{}:n")}
_HELD = re.compile(r"\0(\d\d)")
_FORMATS = re.compile(r"\[(html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
_NAME = re.compile(r"::(.*?)::", re.DOTALL)
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d+)?)%")
_CATEGORY = re.compile(r"\$CATEGORY:\s*(.+)")
_AS_HTML = ("html", "moodle")
MOST_OPTIONS = 20


def read(path: Path, text: str) -> Finds:
    """The multiple-choice questions; others of GIFT's kinds are left out by name."""
    topic = ""
    for first, end, lines in _blocks(text):
        # Comments belong to nothing.
        said = [(number, line) for number, line in enumerate(lines, first) if not line.strip().startswith("//")]
        category = _CATEGORY.match(said[0][1]) if said else None
        if category:
            topic = category[1].strip().rpartition("/")[2]
            # A question may follow in the line after its category.
            said = said[1:]
        yield PassedOver(first, end=said[0][0] - 1 if said else end)
        if said:
            yield _question(said[0][0], end, _hold("\n".join(line for _, line in said)), topic)


def write(questions: Sequence[Question]) -> bytes:
    """The questions by topic; the takeaway is the general feedback, sources and levels have no place in GIFT."""
    parts: list[str] = []
    topic = ""
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            parts.append(f"$CATEGORY: {topic}\n")
        options = "".join(_option(option.text, option.why, option.correct) for option in question.options)
        stem = _escape(asked_in_full(question))
        parts.append(f"::{_escape(question.id)}::{stem}{{\n{options}\t####{_escape(question.takeaway)}\n}}\n")
    return "\n".join(parts).encode()


def _blocks(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """The blocks between blank lines, each with its first and last line."""
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            lines.append(line)
        elif lines:
            yield number - len(lines), number - 1, lines
            lines = []


def _question(line: int, end: int, block: str, topic: str) -> FoundQuestion | LeftOut:
    def out(why: str) -> LeftOut:
        return LeftOut(line, why, end=end)

    name = _NAME.match(block.lstrip())
    body = block.lstrip()[name.end() :] if name else block
    before, opened, rest = body.partition("{")
    inside, closed, after = rest.partition("}")
    if not opened or not closed:
        return out("no answers in braces: a description, or a brace is missing")
    if "{" in after:
        return out("more than one set of answers: only questions with one are read")
    if "}" in after or "{" in inside:
        return out("a brace within the answers: write \\{ or \\} where one is meant")
    inside, _, general = inside.partition("####")
    answers = inside.strip()
    if not answers:
        return out("an essay, not a multiple-choice question")
    if answers.startswith("#"):
        return out("a numerical question, not a multiple-choice question")
    if re.match(r"(?:T|F|TRUE|FALSE)\s*(?:#|$)", answers):
        return out("a true-false question, not a multiple-choice question")
    if answers[0] not in "=~":
        return out("its answers begin with neither = nor ~")
    if answers.count("=") + answers.count("~") > MOST_OPTIONS:
        return out(f"more than {MOST_OPTIONS} options: a question has 3 or 4")
    if "~" not in answers:
        kind = "a matching question" if "->" in answers else "a short-answer question"
        return out(f"{kind}, not a multiple-choice question")
    options = [_found_option(sign, said) for sign, said in re.findall(r"([=~])([^=~]*)", answers)]
    stem = before.strip() + (f" _____ {after.strip()}" if after.strip() else "")
    seen = _seen(body)
    if seen:
        return out(seen)
    return FoundQuestion(
        line,
        _text(stem),
        tuple(options),
        id=_text(name[1]) if name else "",
        topic=_text(topic),
        takeaway=_text(general),
        end=end,
    )


def _found_option(sign: str, said: str) -> FoundOption:
    text, _, why = said.partition("#")
    text = text.strip()
    weight = _WEIGHT.match(text)
    correct = float(weight[1]) > 0 if weight else sign == "="
    return FoundOption(_text(text[weight.end() :] if weight else text), correct, _text(why))


def _option(text: str, why: str, correct: bool) -> str:
    # A text that begins with % would be read as a weight, unless one stands before it.
    weight = f"%{100 if correct else 0}%" if text.startswith("%") else ""
    return f"\t{'=' if correct else '~'}{weight}{_escape(text)}#{_escape(why)}\n"


def _hold(text: str) -> str:
    """The text with escaped characters out of the way, so that what is left means something."""
    return re.sub(r"\\([\\~=#{}:n])", lambda found: _ESCAPED[found[1]], text)


def _text(held: str) -> str:
    """The text as a reader of Moodle would read it: escapes undone, the form's mark and HTML's tags left out."""
    held = held.strip()
    form = _FORMATS.match(held)
    plain = _HELD.sub(_released, held[form.end() :] if form else held)
    return shown(plain).text if form and form[1].casefold() in _AS_HTML else plain.strip()


def _seen(held: str) -> str:
    """Name what the question needs beside words, where its text is HTML."""
    form = _FORMATS.match(held.strip())
    if not form or form[1].casefold() not in _AS_HTML:
        return ""
    found = shown(_HELD.sub(_released, held))
    return PICTURE if found.picture else TABLE if found.table else ""


def _released(found: re.Match[str]) -> str:
    char = "\\~=#{}:n"[int(found[1])]
    return "\n" if char == "n" else char


def _escape(text: str) -> str:
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", "\\n")
