"""A file of questions for a community's own bank: what is new, changed, a copy or left out, and why, line by line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.authoring.exchange.formats import read_text
from bot.authoring.exchange.found import FileRefused, Found, FoundQuestion, PassedOver
from bot.authoring.exchange.importing import as_typed, clean, one_of
from bot.authoring.lint.duplicates import Compared
from bot.authoring.own_check import advice, as_asked, unsafe
from bot.domain.common_fields import Reference, Status
from bot.domain.content_faults import Faulty, Level
from bot.domain.identifiers import QuestionId
from bot.domain.own_question import GENERAL, NO_ID, OwnOption, OwnQuestion, asks_the_same, option_id, topic_id
from bot.domain.question import Bloom, Difficulty, Question

COMPARED_AT_ONCE = 500
"""The largest bank that what is pasted is compared with in other words, while somebody waits."""


class What(StrEnum):
    """The fate of something in a file."""

    NEW = "new"
    CHANGED = "changed"
    COPY = "a copy"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Line:
    """One question of a file, and its fate."""

    number: int
    sheet: str
    what: What
    told: str
    question: OwnQuestion | None = None
    """The question to keep; one that is changed has the id and the next version of the one it replaces."""


@dataclass(frozen=True, slots=True)
class OwnIncoming:
    """Everything a file brings to a community's bank."""

    lines: tuple[Line, ...]
    found: int
    """The number of questions, and of what was to be one, in the file."""
    passed_over: tuple[PassedOver, ...] = ()
    advice: tuple[str, ...] = ()
    """Remarks on what could be better, summed up by rule; nothing has to follow them."""

    def __post_init__(self) -> None:
        """See to it that nothing was lost on the way."""
        if len(self.lines) != self.found:
            raise FileRefused(
                f"{self.found} were found and {len(self.lines)} accounted for. That is a fault of Studybot's, please "
                "report it; nothing was taken, so that nothing is lost."
            )

    def kept(self) -> tuple[OwnQuestion, ...]:
        """The questions to keep, in the order of the file."""
        return tuple(line.question for line in self.lines if line.question)

    def count(self, what: What) -> int:
        """Count those with that fate."""
        return sum(line.what is what for line in self.lines)

    def in_sum(self) -> str:
        """The counts in a line."""
        return (
            f"{self.found} found: {self.count(What.NEW)} new, {self.count(What.CHANGED)} changed, "
            f"{self.count(What.COPY)} copies, {self.count(What.LEFT_OUT)} left out."
        )


def pasted(
    text: str, there: Iterable[Question], today: date, topic: str, hidden: Collection[QuestionId]
) -> OwnIncoming:
    """Sort what somebody pasted; ``FileRefused`` if it reads as no questions."""
    return OwnImport(there, today, topic, hidden, COMPARED_AT_ONCE).take(read_text(text, "What you pasted"))


class OwnImport:
    """Sorts what a file brings against the bank as it stands."""

    def __init__(
        self,
        there: Iterable[Question],
        today: date,
        topic: str = "",
        hidden: Collection[QuestionId] = (),
        alike_up_to: int = 5_000,
    ) -> None:
        """``topic`` is where questions go that name none. Of those ``hidden``, which are asked now, nothing is told.

        Questions are compared by their likeness in banks of up to ``alike_up_to``: that takes a while.
        """
        standing = (Status.LIVE, Status.RETIRED)
        self._there = {question.id: question for question in there if question.status in standing}
        self._hidden = hidden
        live = [one for one in self._there.values() if one.status is Status.LIVE and one.id not in hidden]
        self._compared = [Compared.of(one) for one in live] if len(live) <= alike_up_to else []
        self._by_stem = {as_asked(one): one for one in self._there.values()}
        self._today = today
        self._topic = topic
        self._of_file: dict[tuple[str, str], int] = {}

    def take(self, finds: Sequence[Found]) -> OwnIncoming:
        """Sort everything that was found."""
        passed_over = tuple(one for one in finds if isinstance(one, PassedOver))
        lines: list[Line] = []
        for one in finds:
            if isinstance(one, PassedOver):
                continue
            if isinstance(one, FoundQuestion):
                lines.append(self._line(one))
            else:
                lines.append(Line(one.line, one.sheet, What.LEFT_OUT, one.why))
        kept = [line.question for line in lines if line.question]
        return OwnIncoming(tuple(lines), len(finds) - len(passed_over), passed_over, advice(kept, self._today))

    def _line(self, found: FoundQuestion) -> Line:
        try:
            question = self._question(found)
        except Faulty as error:
            return Line(found.line, found.sheet, What.LEFT_OUT, "; ".join(fault.text for fault in error.faults))
        faults = [one.text for one in unsafe(question, self._today)]
        if faults:
            return Line(found.line, found.sheet, What.LEFT_OUT, "; ".join(faults))
        what, told, kept = self._beside(question, found)
        if kept is not None:
            self._of_file[as_asked(kept)] = found.line
            if what is What.NEW:
                self._compared.append(Compared.of(kept))
        return Line(found.line, found.sheet, what, "; ".join(filter(None, (told, *found.remarks))), kept)

    def _beside(self, question: OwnQuestion, found: FoundQuestion) -> tuple[What, str, OwnQuestion | None]:
        """Tell what it is beside the bank and the lines before it."""
        earlier = self._of_file.get(as_asked(question))
        if earlier:
            return What.COPY, f"it asks the same as line {earlier}", None
        known = next((one for id, one in self._there.items() if id == found.id), None)
        before = known or self._by_stem.get(as_asked(question))
        if before is not None and before.id in self._hidden:
            return What.LEFT_OUT, f"{before.id} is asked just now: bring it again once its round is over", None
        if before is not None:
            if asks_the_same(question, before) and before.status is Status.LIVE:
                return What.COPY, f"{before.id} is the same", None
            changed = replace(question, id=before.id, version=before.version + 1)
            again = "; it was retired and comes back" if before.status is Status.RETIRED else ""
            return What.CHANGED, f"{before.id} in {question.topic}{again}", changed
        compared = Compared.of(question)
        told = [f"in {question.topic}"]
        for other in self._compared:
            for one in compared.beside(other):
                if one.level is Level.ERROR:
                    return What.COPY, one.text.replace(NO_ID, "another of this file"), None
                told.append(one.text.replace(NO_ID, "another of this file"))
        return What.NEW, "; ".join(told), question

    def _question(self, found: FoundQuestion) -> OwnQuestion:
        whole = found.whole
        named = found.topic or self._topic
        options = tuple(
            OwnOption(
                option_id(at),
                as_typed(one.text) if one.code else clean(one.text),
                clean(one.why),
                one.correct,
                one.code,
            )
            for at, one in enumerate(found.options)
        )
        block = whole.block if whole else found.block
        return OwnQuestion(
            id=NO_ID,
            version=1,
            status=Status.LIVE,
            topic=topic_id(named) if named else GENERAL,
            difficulty=whole.difficulty if whole else one_of(Difficulty, found.difficulty, Difficulty.MEDIUM),
            bloom=whole.bloom if whole else one_of(Bloom, found.bloom, Bloom.APPLY),
            stem=clean(found.stem),
            options=options,
            takeaway=clean(whole.takeaway if whole else found.takeaway),
            refs=tuple(_reference(ref) for ref in (whole.refs if whole else found.refs)),
            block=replace(block, text=as_typed(block.text)) if block else None,
        )


def _reference(ref: Reference) -> Reference:
    """The reference in words: there are no articles in a community's bank."""
    return Reference(general=clean(ref.general or ref.source or ""), citation=clean(ref.citation or ref.section or ""))
