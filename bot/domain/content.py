"""Everything content/ holds."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.knowledge import Knowledge
from bot.domain.question import Question
from bot.domain.role import PayRow, Role
from bot.domain.source import Objective, Source, Topic
from bot.domain.step import Step
from bot.domain.word_list import WordList

_NO_WORDS = WordList()


@dataclass(frozen=True, slots=True)
class ContentFiles:
    """Everything content/ holds, in file order; cross-references already checked."""

    words: WordList = _NO_WORDS
    sources: tuple[Source, ...] = ()
    topics: tuple[Topic, ...] = ()
    objectives: tuple[Objective, ...] = ()
    questions: tuple[Question, ...] = ()
    pay: tuple[PayRow, ...] = ()
    roles: tuple[Role, ...] = ()
    steps: tuple[Step, ...] = ()
    knowledge: tuple[Knowledge, ...] = ()
