"""Moodle XML: multiple-choice questions with feedback, read by defusedxml."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.authoring.exchange.found import (
    MISSING,
    PICTURE,
    TABLE,
    FileRefused,
    Finds,
    FoundOption,
    FoundQuestion,
    LeftOut,
    PassedOver,
)
from bot.authoring.exchange.hypertext import Shown, shown
from bot.domain.artefact import Block, BlockKind
from bot.domain.content_faults import Faulty

if TYPE_CHECKING:
    from xml.sax.handler import ContentHandler
    from xml.sax.xmlreader import Locator

_QUESTION = re.compile(r"<question[\s>]")
_DECLARED = re.compile(r"^\s*<\?xml[^>\n]*\?>")
_KINDS = {"truefalse": "true-false", "shortanswer": "short-answer", "matching": "matching", "numerical": "numerical"}
MOST_DEEP = 50


@dataclass(slots=True)
class _Element:
    """An element with the line it begins in."""

    name: str
    line: int
    attributes: dict[str, str]
    end: int = 0
    text: list[str] = field(default_factory=list)
    children: list[_Element] = field(default_factory=list)

    def all(self, name: str) -> Iterator[_Element]:
        return (one for one in self.children if one.name == name)

    def html(self, name: str) -> Shown:
        """Read the texts of that name as HTML."""
        found = Shown()
        for one in self.all(name):
            said = "".join("".join(text.text) for text in one.all("text"))
            form = one.attributes.get("format", "html")
            part = shown(said) if form != "plain_text" else Shown(text=said.strip())
            part.picture |= any(one.all("file"))
            found = part
        return found


def read(path: Path, text: str) -> Finds:
    """The multiple-choice questions; others of Moodle's kinds are left out by name."""
    topic = ""
    for one in _elements(path.name, text):
        if isinstance(one, LeftOut):
            yield one
        elif one.name != "question":
            yield LeftOut(one.line, f"an element {one.name!r}, which is no question", end=one.end)
        elif one.attributes.get("type") == "category":
            topic = one.html("category").text.rpartition("/")[2]
            yield PassedOver(one.line, f"what follows is on {topic!r}", end=one.end)
        else:
            yield _found(one, topic)
    # Around and between the questions there are tags and comments.
    yield PassedOver(1, end=text.count("\n") + 1)


def _elements(name: str, text: str) -> Iterator[_Element | LeftOut]:
    """Each element of the quiz; where the XML breaks, it goes on with the next question."""
    # An encoding the file declares was undone when it was read.
    rest = _DECLARED.sub(lambda found: " " * (found.end() - found.start()), text)
    before = 0
    while True:
        quiz, broken = _parsed(name, rest)
        for one in quiz.elements:
            one.line += before
            one.end += before
            yield one
        if broken is None:
            return
        after = _QUESTION.search(rest, broken.offset_in(rest))
        begun = quiz.open[0].line if quiz.open else broken.line
        end = rest.count("\n", 0, after.start() if after else len(rest)) + 1
        told = f"the XML breaks in line {broken.line + before}: {broken.told}"
        yield LeftOut(begun + before, told, end=end + before)
        if after is None:
            return
        before += end - 1
        rest = f"<quiz>{rest[after.start() :]}"


def _parsed(name: str, text: str) -> tuple[_Quiz, _Broken | None]:
    try:
        from xml.sax import SAXParseException

        from defusedxml import DefusedXmlException
        from defusedxml.sax import make_parser
    except ImportError:
        raise FileRefused(f"Moodle XML needs a package that is not there: {MISSING}.") from None
    quiz = _Quiz()
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(_handler(quiz))
    try:
        parser.parse(io.StringIO(text))
    except DefusedXmlException:
        raise FileRefused(
            f"{name} declares a document type or entities, which no quiz has a use for: export it again."
        ) from None
    except SAXParseException as error:
        return quiz, _Broken(error.getLineNumber() or 1, (error.getColumnNumber() or 0) + 1, error.getMessage())
    except _Broken as broken:
        return quiz, broken
    if quiz.root != "quiz":
        raise FileRefused(f"{name} is XML, but no quiz of Moodle's: export it as Moodle XML, GIFT or CSV.")
    return quiz, None


class _Broken(Exception):
    """Where the XML cannot be followed any further."""

    def __init__(self, line: int, column: int, told: str) -> None:
        super().__init__(told)
        self.line = line
        self.column = column
        self.told = told

    def offset_in(self, text: str) -> int:
        """Where that is in the text; never at its very begin, or there would be no end to it."""
        start = 0
        for _ in range(self.line - 1):
            start = text.find("\n", start) + 1
        return max(start + self.column, len("<quiz><"))


@dataclass(slots=True)
class _Quiz:
    """The elements read so far, and those that are still open."""

    root: str = ""
    elements: list[_Element] = field(default_factory=list)
    open: list[_Element] = field(default_factory=list)


def _handler(quiz: _Quiz) -> ContentHandler:
    from xml.sax.handler import ContentHandler

    class Handler(ContentHandler):
        def setDocumentLocator(self, locator: Locator) -> None:
            self.locator = locator

        def startElement(self, name: str, attrs: Any) -> None:  # noqa: ANN401 - as the library types it
            line, column = self.locator.getLineNumber() or 1, self.locator.getColumnNumber() or 0
            if not quiz.root:
                quiz.root = name
                return
            if quiz.open and name == "question":
                raise _Broken(line, column, "a question begins within another")
            if len(quiz.open) == MOST_DEEP:
                raise _Broken(line, column + 1, f"more than {MOST_DEEP} elements in each other")
            one = _Element(name, line, dict(attrs))
            if quiz.open:
                quiz.open[-1].children.append(one)
            quiz.open.append(one)

        def endElement(self, name: str) -> None:
            if quiz.open:
                one = quiz.open.pop()
                one.end = self.locator.getLineNumber() or 1
                if not quiz.open:
                    quiz.elements.append(one)

        def characters(self, content: str) -> None:
            if quiz.open:
                quiz.open[-1].text.append(content)
            elif content.strip():
                line = self.locator.getLineNumber() or 1
                quiz.elements.append(_Element(content.strip()[:20], line, {}, line))

    return Handler()


def _found(question: _Element, topic: str) -> FoundQuestion | LeftOut:
    kind = question.attributes.get("type", "")

    def out(why: str) -> LeftOut:
        return LeftOut(question.line, why, end=question.end)

    if kind == "description":
        return out("a description, not a question")
    if kind != "multichoice":
        return out(f"{'an' if kind[:1] in 'aeiou' else 'a'} {_KINDS.get(kind, kind) or 'nameless'} question, "
                   "not a multiple-choice question")  # fmt: skip
    answers = [*question.all("answer")]
    if not answers:
        return out("it has no answers")
    asked = question.html("questiontext")
    texts = [shown("".join("".join(text.text) for text in one.all("text"))) for one in answers]
    if asked.picture or any(text.picture or any(one.all("file")) for text, one in zip(texts, answers, strict=True)):
        return out(PICTURE)
    if asked.table or any(text.table for text in texts):
        return out(TABLE)
    if len(asked.code) > 1 or any(text.code and text.text for text in texts):
        return out("more than one block of code: write it in YAML")
    try:
        block = Block(BlockKind.CODE, asked.code[0]) if asked.code else None
    except Faulty as error:
        return out("; ".join(fault.text for fault in error.faults))
    options = tuple(
        FoundOption(
            text.text or " ".join(text.code),
            _fraction(one) > 0,
            one.html("feedback").text,
            code=bool(text.code) and "`" not in text.code[0],
        )
        for text, one in zip(texts, answers, strict=True)
    )
    return FoundQuestion(
        question.line,
        asked.text,
        options,
        id=question.html("name").text,
        topic=topic,
        takeaway=question.html("generalfeedback").text,
        block=block,
        end=question.end,
    )


def _fraction(answer: _Element) -> float:
    try:
        return float(answer.attributes.get("fraction", "0"))
    except ValueError:
        return 0.0
