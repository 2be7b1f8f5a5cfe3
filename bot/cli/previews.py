"""A question as the faces will show it: the post, the verdicts, the reveal."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app.faces import Preview
from bot.catalog import LoadedCatalog
from bot.domain.grading import AskedQuestion
from bot.domain.identifiers import RoundId, RoundRef, ZoneName
from bot.domain.question import Question
from bot.domain.round import Votes
from bot.domain.word_to_know import word_to_know
from bot.replies.asked import QuestionPosted
from bot.replies.card import Reply
from bot.replies.citing import cited
from bot.replies.judged import DailyVerdict, StandingLine
from bot.replies.revealed import Revealed

ZONE = ZoneName("UTC")
ROUND = RoundRef(RoundId(1))
NUMBER = 42
_STANDING = StandingLine(streak=12, freezes=1, answered=84, week_answered=4, week_rounds=5, best=19)


def preview(question: Question, catalog: LoadedCatalog, lines: Preview) -> str:
    """Everything people will see of the question, each part under a heading."""
    parts = [f"{f'--- {title} ':-<80}\n" + "\n".join(lines(reply)) for title, reply in _parts(question, catalog)]
    return "\n\n".join(parts)


def _parts(question: Question, catalog: LoadedCatalog) -> Iterator[tuple[str, Reply]]:
    asked = AskedQuestion(question, tuple(option.id for option in question.options))
    topic, source = catalog.topic_title(question.topic), cited(catalog.sources, question.refs)
    yield "the post", QuestionPosted(ROUND, NUMBER, asked, topic, False, None, ZONE)
    key, *_ = wrong = sorted(asked.order, key=lambda id: id != question.key.id)
    word = word_to_know(question, catalog.knowledge)
    for id in (key, *wrong[1:]):
        what = "right" if id == key else asked.letter(id)
        yield f"the verdict, {what}", DailyVerdict(ROUND, asked, asked.judge(id), _STANDING, 13, source, word)
    # Made-up votes: 19 of 31 had it, the rest is spread.
    votes = Votes(dict(zip((key, *wrong[1:]), (19, 7, 4, 1), strict=False)))
    yield "the reveal", Revealed(ROUND, NUMBER, asked, votes, source)
