"""Taking in the questions of a file: as drafts in the bank, or left out with the reason. Nothing comes in live."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from bot.authoring.drafting import GUESSED, SOURCE, TAKEAWAY, WHY_RIGHT, WHY_WRONG, around
from bot.authoring.exchange.found import FileRefused, Found, FoundQuestion, LeftOut, PassedOver
from bot.authoring.lint.basics import is_unwritten
from bot.authoring.lint.checks import look_over
from bot.authoring.lint.context import Context
from bot.authoring.lint.duplicates import Compared
from bot.authoring.lint.words import texts_of
from bot.authoring.writing import NotWritten, append, next_ids
from bot.catalog.characters import unseen
from bot.catalog.load import load
from bot.catalog.scalars import as_written
from bot.domain.artefact import Block
from bot.domain.common_fields import Reference, Status, Topic
from bot.domain.content import ContentFiles
from bot.domain.content_faults import Faulty, Level
from bot.domain.identifiers import OptionId, QuestionId, TopicId
from bot.domain.knowledge import Myth, Term
from bot.domain.limits import SLUG_LIMIT
from bot.domain.question import WHY_LIMITS, Bloom, Difficulty, Option, Question

Word = TypeVar("Word", Difficulty, Bloom)
NO_SLIP = frozenset(["L12"])
"""Not fitting another program is nothing to look at."""
# Names in other programs are often mere words, such as "intro"; ids of ours are a word and a number.
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*-\d{3,}")


@dataclass(frozen=True, slots=True)
class Taken:
    """A question that becomes a draft, and what to look at."""

    line: int
    question: Question
    remarks: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Everything a file brings."""

    taken: tuple[Taken, ...]
    left_out: tuple[LeftOut, ...]
    passed_over: tuple[PassedOver, ...] = ()
    """Titles and heads, which are no questions and look like none."""
    found: int = 0
    """The number of all that was found."""

    def __post_init__(self) -> None:
        """See to it that nothing was lost on the way."""
        told = len(self.taken) + len(self.left_out) + len(self.passed_over)
        if told != self.found:
            raise FileRefused(
                f"{self.found} were found and {told} accounted for. That is a fault of Studybot's, please report it; "
                "nothing was taken, so that nothing is lost."
            )

    def by_topic(self) -> Mapping[TopicId, list[Question]]:
        """The drafts, as they go into the topics' files."""
        found: dict[TopicId, list[Question]] = defaultdict(list)
        for one in self.taken:
            found[one.question.topic].append(one.question)
        return found


@dataclass(frozen=True, slots=True)
class Importing:
    """A bank that takes questions in."""

    files: ContentFiles
    used: Collection[str]
    """Ids that were accepted once, whether or not they are still there."""
    name: str
    """The file's name, for the note each draft carries."""
    context: Context
    """What drafts are compared with."""
    topic: Topic | None = None
    """Where questions go that name no topic of ours."""

    def take(self, finds: Iterable[Found]) -> Incoming:
        """Sort out what can stand, what is there already, and what cannot be taken."""
        found = [*finds]
        passed_over = tuple(one for one in found if isinstance(one, PassedOver))
        taken: list[Taken] = []
        left_out: list[LeftOut] = []
        there = [Compared.of(one) for one in self.files.questions if one.status is not Status.RETIRED]
        for one in found:
            if not isinstance(one, FoundQuestion):
                left_out += [one] if isinstance(one, LeftOut) else []
                continue
            try:
                question, remarks = self._draft(one, [before.question for before in taken])
                _has_its_shelves(question, self.files)
                compared = Compared.of(question)
                remarks = (*remarks, *one.remarks, *_likenesses(compared, there), *self._slips(question))
            except _NotForUs as reason:
                left_out.append(LeftOut(one.line, str(reason), sheet=one.sheet))
                continue
            there.append(compared)
            taken.append(Taken(one.line, question, remarks, one.sheet))
        return Incoming(tuple(taken), tuple(left_out), passed_over, len(found))

    def _draft(self, found: FoundQuestion, before: Sequence[Question]) -> tuple[Question, tuple[str, ...]]:
        topic = self._topic(found)
        id, remarks = self._id(found, topic, before)
        if found.whole:
            return replace(found.whole, id=id, topic=topic.id, status=Status.DRAFT, readings=()), remarks
        step, roles, objectives = around(self.files, topic)
        try:
            question = Question(
                id=id,
                version=1,
                status=Status.DRAFT,
                topic=topic.id,
                difficulty=one_of(Difficulty, found.difficulty, Difficulty.MEDIUM),
                bloom=one_of(Bloom, found.bloom, Bloom.APPLY),
                roadmap=step,
                roles=roles,
                objectives=objectives,
                stem=clean(found.stem),
                options=tuple(_options(found)),
                takeaway=clean(found.takeaway) or TAKEAWAY,
                refs=tuple(self._reference(ref) for ref in found.refs) or (SOURCE,),
                block=_block(found.block),
                note=f"{GUESSED} From {clean(self.name)}, {_place(found)}.",
            )
        except Faulty as error:
            raise _NotForUs("; ".join(fault.text for fault in error.faults)) from None
        return question, remarks

    def _topic(self, found: FoundQuestion) -> Topic:
        named = found.topic.casefold().strip()
        for topic in self.files.topics:
            if named and named in (topic.id, topic.title.casefold(), *(alias.casefold() for alias in topic.aliases)):
                return topic
        if self.topic is None:
            what = f"no topic is called {as_written(found.topic)}" if found.topic else "it names no topic"
            raise _NotForUs(f"{what}: say where it goes with --topic")
        return self.topic

    def _id(self, found: FoundQuestion, topic: Topic, before: Sequence[Question]) -> tuple[QuestionId, tuple[str, ...]]:
        there = [*self.files.questions, *before]
        taken = {question.id for question in there}
        if len(found.id) <= SLUG_LIMIT and _ID.fullmatch(found.id):
            if found.id not in taken and found.id not in self.used:
                return QuestionId(found.id), ()
            id = next(next_ids(topic.id, there, self.used))
            return id, (f"{found.id} is taken, so this one is {id}",)
        return next(next_ids(topic.id, there, self.used)), ()

    def _slips(self, question: Question) -> Iterator[str]:
        """Which rules its finished texts break; open places are told by the check."""
        texts = dict(texts_of(question))
        rules = {
            one.rule
            for one in look_over(question, self.context)
            if one.rule not in NO_SLIP and not is_unwritten(texts.get(one.at, ""))
        }
        if rules:
            yield f"look at {', '.join(sorted(rules))}"

    def _reference(self, ref: Reference) -> Reference:
        for source in self.files.sources:
            if ref.general == source.id and ref.citation in source.sections:
                return Reference(source.id, ref.citation)
        return replace(ref, general=clean(ref.general or ""), citation=clean(ref.citation or ""))


class _NotForUs(Exception):
    """Why a question cannot be taken."""


def clean(text: str) -> str:
    """The text on one line, composed, without characters nobody sees."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", unseen(text))).strip()


def _options(found: FoundQuestion) -> Iterator[Option]:
    if len(found.options) > 4:
        raise _NotForUs(f"a question has 3 or 4 options, this one has {len(found.options)}")
    for letter, one in zip("abcd", found.options, strict=False):
        text = as_typed(one.text) if one.code else clean(one.text)
        yield Option(OptionId(letter), text, _reason(clean(one.why), one.correct), one.correct, one.code)


def _block(block: Block | None) -> Block | None:
    return replace(block, text=as_typed(block.text)) if block else None


def as_typed(code: str) -> str:
    """Code with its spaces, without the characters nobody sees; a tab is four spaces, as editors show it."""
    lines = unseen(unicodedata.normalize("NFC", code)).expandtabs(4).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _place(found: FoundQuestion) -> str:
    return f"sheet {clean(found.sheet)}, row {found.line}" if found.sheet else f"line {found.line}"


def _reason(why: str, correct: bool) -> str:
    """The reason, or a place to write one that keeps what little was said."""
    if len(why) >= WHY_LIMITS[0]:
        return why
    open_place = WHY_RIGHT if correct else WHY_WRONG
    return f"{open_place} It said: {why}" if why else open_place


def one_of(kind: type[Word], said: str, otherwise: Word) -> Word:
    """The word that was said, or another where it is none."""
    try:
        return kind(said.casefold().strip())
    except ValueError:
        return otherwise


def _has_its_shelves(question: Question, files: ContentFiles) -> None:
    """Refuse a question that names what the bank has no shelf of; the check tells that of the whole bank."""
    names: tuple[tuple[str, object, object], ...] = (
        ("roadmap", question.roadmap, files.steps),
        ("roles", question.roles, files.roles),
        ("objectives", question.objectives, files.objectives),
        ("terms", question.terms, [one for one in files.knowledge if isinstance(one, Term)]),
        ("myth", question.myth, [one for one in files.knowledge if isinstance(one, Myth)]),
        ("refs", [ref for ref in question.refs if ref.source], files.sources),
    )
    for name, named, shelf in names:
        if named and not shelf:
            raise _NotForUs(f"{name} names what this bank has none of")


def _likenesses(compared: Compared, there: Iterable[Compared]) -> Iterator[str]:
    """Say what the question is like; the same question again is not for us."""
    for other in there:
        for one in compared.beside(other):
            if one.level is Level.ERROR:
                raise _NotForUs(one.text)
            yield one.text


def tried(folder: Path, incoming: Incoming) -> Incoming:
    """The same without what names a role, step or section not here; ``FileRefused`` if the rest does not fit."""
    with tempfile.TemporaryDirectory() as beside:
        copy = Path(beside) / folder.absolute().name
        shutil.copytree(folder, copy)
        try:
            append(copy, incoming.by_topic())
        except NotWritten as error:
            raise FileRefused(error.sentence.replace(str(copy), str(folder))) from None
        problems = load(copy).problems
    broken = {problem.item_id: problem.text for problem in problems}
    if not broken:
        return incoming
    kept = tuple(one for one in incoming.taken if one.question.id not in broken)
    if len(kept) == len(incoming.taken):
        raise FileRefused(f"{folder} would have problems with these questions in it: {problems[0]}.")
    out = [
        LeftOut(one.line, broken[one.question.id], sheet=one.sheet)
        for one in incoming.taken
        if one.question.id in broken
    ]
    return tried(folder, replace(incoming, taken=kept, left_out=(*incoming.left_out, *out)))
