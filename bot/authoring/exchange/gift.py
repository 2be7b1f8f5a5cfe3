"""Moodle's GIFT: multiple-choice questions with feedback for each option."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.authoring.exchange.found import FoundOption, FoundOrLeftOut, FoundQuestion, LeftOut, asked_in_full
from bot.domain.question import Question

# \x00 never occurs in a text that was let in, so escaped characters can wait behind it.
_ESCAPED = {char: f"\0{number:02d}" for number, char in enumerate("\\~=#{}:n")}
_HELD = re.compile(r"\0(\d\d)")
_FORMATS = re.compile(r"\[(html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
_NAME = re.compile(r"::(.*?)::", re.DOTALL)
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d+)?)%")
_CATEGORY = re.compile(r"\$CATEGORY:\s*(.+)")
MOST_OPTIONS = 20


def read(path: Path, text: str) -> FoundOrLeftOut:
    """The multiple-choice questions; others of GIFT's kinds are left out by name."""
    topic = ""
    for line, block in _blocks(text):
        category = _CATEGORY.match(block)
        if category:
            topic = category[1].strip().rpartition("/")[2]
        # A question may follow in the line after its category.
        rest = block[category.end() :].removeprefix("\n") if category else block
        if rest.strip():
            yield _question(line + bool(category), _hold(rest), topic)


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


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The blocks between blank lines, each with the line it begins in; comments are left out."""
    begun, lines = 0, list[str]()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip().startswith("//"):
            continue
        if line.strip():
            begun = begun or number
            lines.append(line)
        elif lines:
            yield begun, "\n".join(lines)
            begun, lines = 0, []


def _question(line: int, block: str, topic: str) -> FoundQuestion | LeftOut:
    name = _NAME.match(block.lstrip())
    body = block.lstrip()[name.end() :] if name else block
    before, opened, rest = body.partition("{")
    inside, closed, after = rest.partition("}")
    if not opened or not closed:
        return LeftOut(line, "no answers in braces: a description, or a brace is missing")
    if "{" in after:
        return LeftOut(line, "more than one set of answers: only questions with one are read")
    inside, _, general = inside.partition("####")
    answers = inside.strip()
    if not answers:
        return LeftOut(line, "an essay, not a multiple-choice question")
    if answers.startswith("#"):
        return LeftOut(line, "a numerical question, not a multiple-choice question")
    if answers[0] not in "=~":
        return LeftOut(line, "a true-false question, not a multiple-choice question")
    if answers.count("=") + answers.count("~") > MOST_OPTIONS:
        return LeftOut(line, f"more than {MOST_OPTIONS} options: a question has 3 or 4")
    if "~" not in answers:
        kind = "a matching question" if "->" in answers else "a short-answer question"
        return LeftOut(line, f"{kind}, not a multiple-choice question")
    options = [_found_option(sign, said) for sign, said in re.findall(r"([=~])([^=~]*)", answers)]
    stem = before.strip() + (f" _____ {after.strip()}" if after.strip() else "")
    return FoundQuestion(
        line,
        _text(stem),
        tuple(options),
        id=_text(name[1]) if name else "",
        topic=_text(topic),
        takeaway=_text(general),
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
    if form and form[1].casefold() in ("html", "moodle"):
        plain = html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", " ", plain))
    return plain.strip()


def _released(found: re.Match[str]) -> str:
    char = "\\~=#{}:n"[int(found[1])]
    return "\n" if char == "n" else char


def _escape(text: str) -> str:
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", "\\n")
