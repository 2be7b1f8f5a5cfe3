"""A question as the faces will show it: the post, the verdicts, the reveal.

A face is added by one line in ``FACES``: a function that turns a reply into the lines its users would read. It is
imported when it is asked for, so that a preview of the terminal loads no other platform.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from bot.catalog import LoadedCatalog
from bot.domain.grading import AskedQuestion
from bot.domain.identifiers import RoundId, RoundRef, ZoneName
from bot.domain.question import Question
from bot.domain.round import Votes
from bot.posting.citing import cited, topic_title
from bot.replies.asked import QuestionPosted
from bot.replies.card import Reply
from bot.replies.judged import Revealed, StandingLine, Verdict

Shown = Callable[[Reply], list[str]]
ZONE = ZoneName("UTC")
ROUND = RoundRef(RoundId(1))
NUMBER = 42
_STANDING = StandingLine(streak=12, freezes=1, answered=84, week_answered=4, week_rounds=5, best=19)


def _terminal() -> Shown:
    from bot.adapters.terminal.render import lines

    return lambda reply: [line.text for line in lines(reply.as_card(), 80, ZONE)]


def _discord() -> Shown:
    """Texts and labels of the message's components, and what Discord would refuse of them."""
    from bot.adapters.discord.cards import Names
    from bot.adapters.discord.limits import BUTTON, ROW, TEXT_DISPLAY, faults, walked
    from bot.adapters.discord.render import rendered

    def shown(reply: Reply) -> list[str]:
        found: list[str] = []
        for page in rendered(reply, Names()):
            for one in (each for component in page.components for each in walked(component)):
                if one["type"] == TEXT_DISPLAY:
                    found += str(one["content"]).splitlines()
                elif one["type"] == ROW:
                    inside = one["components"]
                    found.append(" ".join(f"[{each['label']}]" for each in inside if each["type"] == BUTTON))
            found += [f"Discord would refuse: {fault}" for fault in faults(page.components)]
        return found

    return shown


def _slack() -> Shown:
    """Texts and labels of the message's blocks, as Slack gets them."""
    from bot.adapters.slack.cards import Names
    from bot.adapters.slack.render import rendered

    def lines(block: dict[str, Any]) -> list[str]:
        match block["type"]:
            case "header" | "section":
                return str(block["text"]["text"]).splitlines()
            case "context":
                return [line for one in block["elements"] for line in str(one["text"]).splitlines()]
            case "actions":
                return [" ".join(f"[{one['text']['text']}]" for one in block["elements"] if one["type"] == "button")]
            case _:
                return []

    def shown(reply: Reply) -> list[str]:
        return [line for page in rendered(reply, Names()) for block in page.blocks for line in lines(block)]

    return shown


FACES: Mapping[str, Callable[[], Shown]] = MappingProxyType(
    {"terminal": _terminal, "discord": _discord, "slack": _slack}
)


def preview(question: Question, catalog: LoadedCatalog, shown: Shown) -> str:
    """Everything people will see of the question, each part under a heading."""
    parts = [f"{f'--- {title} ':-<80}\n" + "\n".join(shown(reply)) for title, reply in _parts(question, catalog)]
    return "\n\n".join(parts)


def _parts(question: Question, catalog: LoadedCatalog) -> Iterator[tuple[str, Reply]]:
    asked = AskedQuestion(question, tuple(option.id for option in question.options))
    topic, source = topic_title(catalog, question.topic), cited(catalog, question.refs)
    yield "the post", QuestionPosted(ROUND, NUMBER, asked, topic, question.difficulty, False, None, ZONE)
    key, *_ = wrong = sorted(asked.order, key=lambda id: id != question.key.id)
    yield "the verdict, right", Verdict(ROUND, asked, asked.judge(key), _STANDING, 13, source)
    for id in wrong[1:]:
        yield f"the verdict, {asked.letter(id)}", Verdict(ROUND, asked, asked.judge(id), _STANDING, 13, source)
    # Made-up votes: 19 of 31 had it, the rest is spread.
    votes = Votes(dict(zip((key, *wrong[1:]), (19, 7, 4, 1), strict=False)))
    yield "the reveal", Revealed(ROUND, NUMBER, asked, votes, source)
