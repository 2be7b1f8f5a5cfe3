"""The head of a table of questions: which column is what, by the names people and programs give them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.authoring.exchange.key import LETTERS

OPTION_WORDS = frozenset(
    ["option", "options", "answer", "choice", "alternative", "response", "opt", "possible", "text"]
)
WHY_WORDS = frozenset(["why", "explanation", "rationale", "feedback", "reason", "justification", "comment"])
WRONG_WORDS = frozenset(["wrong", "incorrect", "distractor", "false"])
_RIGHT_WORDS = frozenset(["correct", "right", "key", "solution", "ans"])
_PICTURE_WORDS = frozenset(["image", "images", "picture", "pictures", "photo", "media", "video", "audio"])
_NAMES: Mapping[str, str] = {
    "question": "stem", "questions": "stem", "stem": "stem", "question text": "stem", "question stem": "stem",
    "question title": "stem", "prompt": "stem", "q": "stem", "answer": "correct", "answers": "correct",
    "takeaway": "takeaway", "topic": "topic", "category": "topic", "subject": "topic", "chapter": "topic",
    "difficulty": "difficulty", "level": "difficulty", "bloom": "bloom", "ref": "ref", "reference": "ref",
    "references": "ref", "source": "ref", "sources": "ref", "id": "id",
}  # fmt: skip
WANTED = (
    "a question, its options (a to d, Option A or Answer 1 ...) and which is correct (its letter, number or text), "
    "such as Question, Option A, Option B, Option C, Correct, Explanation"
)


@dataclass(slots=True)
class Head:
    """The columns of a table by what they hold."""

    columns: dict[str, int] = field(default_factory=dict)
    """``stem``, ``a`` ..., ``why_a`` ..., ``why``, ``correct``, ``topic`` ..., each with its place."""
    wrong: list[int] = field(default_factory=list)
    """Columns of wrong options, where the right one stands alone."""
    pictures: list[int] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Return whether there is all a question needs."""
        options = [letter for letter in LETTERS if letter in self.columns]
        return {"stem", "correct"} <= self.columns.keys() and len(options) + len(self.wrong) >= 2

    @property
    def is_ours(self) -> bool:
        """Return whether every column has the name that our own tables give it."""
        return not self.unread and all(self.names[at].casefold() == role for role, at in self.columns.items())

    def told(self) -> str:
        """Say what was taken for what, for a line of the report."""
        told = [f"{role} is {self.names[at]!r}" for role, at in self.columns.items()]
        told += [f"wrong options in {self.names[at]!r}" for at in self.wrong]
        unread = f"; not read: {', '.join(self.unread)}" if self.unread else ""
        return f"{', '.join(told) or 'none is known'}{unread}"


def head_of(names: Sequence[str]) -> Head:
    """Read a row of names."""
    head = Head(names=[" ".join(name.split()) for name in names])
    while head.names and not head.names[-1]:
        head.names.pop()
    for at, name in enumerate(head.names):
        words = _words(name)
        role = _role(words)
        if role == "correct" and "correct" in head.columns and words[0] in _RIGHT_WORDS:
            # Beside "Correct", a column "Answer" is something else.
            before = head.columns["correct"]
            if _words(head.names[before])[0] not in _RIGHT_WORDS:
                head.unread.append(head.names[before])
                del head.columns["correct"]
        if role == "wrong":
            head.wrong.append(at)
        elif role == "picture":
            head.pictures.append(at)
        elif role and role not in head.columns:
            head.columns[role] = at
        else:
            head.unread.append(name or f"column {at + 1}")
    return head


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKC", name).casefold().replace("(s)", "s")
    # What follows a dash explains the name, unless it is the letter of an option.
    text = re.split(r"\s+[-\u2013\u2014]\s+(?=\S\S)", text)[0]
    words = re.findall(r"[^\W\d_]+|\d+", text)
    if len(words) == 1:
        joined = re.fullmatch(r"(option|answer|choice)([a-h])", words[0])
        words = [*joined.groups()] if joined else words
    return words


def _role(words: Sequence[str]) -> str:
    """Say what a column of that name holds; empty if nobody knows."""
    if not words:
        return ""
    *before, last = words
    letter = _letter(last)
    if letter and set(before) <= OPTION_WORDS:
        return letter
    if letter and set(before) <= OPTION_WORDS | WHY_WORDS:
        return f"why_{letter}"
    if last in WHY_WORDS and len(before) > 1 and set(before[:-1]) <= OPTION_WORDS and _letter(before[-1]):
        return f"why_{_letter(before[-1])}"
    if words[0] in WRONG_WORDS and set(words[1:-1]) <= OPTION_WORDS and (letter or last in OPTION_WORDS | WRONG_WORDS):
        return "wrong"
    if words[0] in _RIGHT_WORDS | {"answer"} and set(words[1:]) <= {*OPTION_WORDS, *_RIGHT_WORDS, "answers", "letter"}:
        return "correct"
    if last in WHY_WORDS | {"explanations"} and len(words) < 4:
        return "why"
    if _PICTURE_WORDS & {*words}:
        return "picture"
    return _NAMES.get(" ".join(words), "")


def _letter(word: str) -> str:
    if word.isdigit():
        return LETTERS[int(word) - 1] if word in "12345678" and len(word) == 1 else ""
    return word if len(word) == 1 and word in LETTERS else ""
