"""Help: everything in one screen, one command in full, and the door for those who never typed a slash."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.grading import UNSURE
from bot.domain.identifiers import RoundRef
from bot.domain.streak import SENTENCE
from bot.replies.around import via
from bot.replies.asked import more_route
from bot.replies.card import Block, Card, Choice, Facts, paragraph
from bot.replies.common_buttons import (
    ALL_COMMANDS,
    FIND,
    HOW_IT_WORKS,
    LEADERBOARD,
    MY_BACKGROUND,
    MY_PROGRESS,
    PRACTISE,
    PRIVACY,
    REVIEW,
    ROADMAP,
    ROLES,
    SET_UP,
    TODAYS_QUESTION,
    leading,
)
from bot.replies.markup import Markup, bold, markup, typed
from bot.replies.routes import route


def a_question_a_day(subject: str) -> str:
    """The first words of what Studybot says of itself."""
    return f"One question a day on {subject}" if subject else "One question a day"


WAYS_ON = (PRACTISE, REVIEW, MY_PROGRESS, ROLES, ROADMAP, FIND, LEADERBOARD, PRIVACY)
"""Commands that are of use without a word behind them, and the buttons that lead to them."""


@dataclass(frozen=True, slots=True)
class CommandTold:
    """A command as help tells it."""

    name: str
    usage: str
    summary: str
    options: tuple[tuple[str, str], ...]
    example: str
    for_managers: bool


@dataclass(frozen=True, slots=True)
class HelpShown:
    """Every command in one screen; for a manager, the next set-up step first."""

    commands: tuple[CommandTold, ...]
    next_step: Markup = ()
    next_choice: Choice | None = None
    manages: bool = False
    """The reader may use the settings, whatever the platform's own list of commands shows them."""
    subject: str = ""

    def as_card(self) -> Card:
        """One line a command."""
        blocks: list[Block] = []
        if self.next_step:
            blocks.append(paragraph(bold("Next for you: "), self.next_step))
        blocks.append(paragraph(f"{a_question_a_day(self.subject)}. Press a letter; only you see the result."))
        everyone = tuple((told.usage, markup(told.summary)) for told in self.commands if not told.for_managers)
        managers = tuple((told.usage, markup(told.summary)) for told in self.commands if told.for_managers)
        blocks.append(Facts(everyone))
        if managers:
            blocks.append(paragraph(bold("For managers")))
            blocks.append(Facts(managers))
        names = {told.name for told in self.commands}
        choices = [self.next_choice] if self.next_choice else []
        choices += [
            TODAYS_QUESTION,
            *leading(WAYS_ON, names),
            HOW_IT_WORKS,
        ]
        settings = Choice("Settings", route("run", "config"))
        if self.manages and settings not in choices:
            choices.append(settings)
        return Card(title="Studybot", blocks=tuple(blocks), choices=tuple(choices))


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """One command: what it does, its options, an example to press."""

    told: CommandTold
    run: Choice

    def as_card(self) -> Card:
        """The command in full."""
        told = self.told
        blocks: list[Block] = [paragraph(told.summary), paragraph(typed(told.usage))]
        if told.options:
            blocks.append(Facts(tuple((name, markup(words)) for name, words in told.options)))
        if told.example:
            blocks.append(paragraph("For example: ", typed(told.example)))
        if told.for_managers:
            blocks.append(paragraph("For managers.", small=True))
        return Card(
            title=f"/{told.name}",
            blocks=tuple(blocks),
            choices=(self.run,) if told.name == "help" else (self.run, ALL_COMMANDS),
        )


@dataclass(frozen=True, slots=True)
class HowItWorks:
    """The daily question explained in a few sentences."""

    def as_card(self) -> Card:
        """The rules people ask about."""
        return Card(
            title="How this works",
            blocks=(
                paragraph(
                    "One question is posted a day. Press a letter: you alone are told whether it was right, why, and "
                    "why the others are wrong. Your first press counts; pressing again shows the same."
                ),
                paragraph(SENTENCE),
                paragraph(
                    "It counts questions, not days: weekends, holidays, our own outages and withdrawn questions cost "
                    "nobody anything. A question stays open until the next one is posted, seven calendar days at most."
                ),
                paragraph(
                    "When it closes, the post shows the answer and, from five answers on, how the group voted, unless "
                    "that would tell what each one chose. Nobody here, managers included, can see what you chose; "
                    "whoever runs the database can read it."
                ),
            ),
            choices=(
                TODAYS_QUESTION,
                MY_PROGRESS,
                PRIVACY,
            ),
        )


@dataclass(frozen=True, slots=True)
class Greeted:
    """Said once where we were just invited: where to begin."""

    here: bool = True
    """Said in the community itself, where buttons work; else to whoever owns it."""
    subject: str = ""

    def as_card(self) -> Card:
        """Say what comes, who sets it up, and what works at once."""
        begin = (
            "It begins when a manager presses the first button and fills in one short form."
            if self.here
            else "To begin, type /config in the channel where you want it; one short form does it."
        )
        choices = (
            SET_UP,
            HOW_IT_WORKS,
            PRACTISE,
        )
        return Card(
            title="Studybot is here",
            blocks=(
                paragraph(
                    f"{a_question_a_day(self.subject)}, in the channel and at the time a manager chooses. "
                    "Everyone answers in private and sees why; the group sees the answer when the next one comes."
                ),
                paragraph(f"{begin} Practice works at once; /help shows everything."),
            ),
            choices=choices if self.here else (),
        )


@dataclass(frozen=True, slots=True)
class MoreShown:
    """The door behind More."""

    round: RoundRef
    can_answer: bool
    offered: tuple[str, ...]
    """The commands that have something to work on."""
    backgrounds: bool = True
    """There are backgrounds to choose from."""

    def as_card(self) -> Card:
        """Everything that can be reached without typing."""
        more = more_route(self.round)
        ways = [
            Choice("Answer privately" if self.can_answer else "My result", route("daily", self.round)),
            MY_PROGRESS,
            PRACTISE,
            REVIEW,
            ROLES,
            *([MY_BACKGROUND] if self.backgrounds else []),
            ROADMAP,
            FIND,
            LEADERBOARD,
            HOW_IT_WORKS,
            Choice("Away", route("away")),
            PRIVACY,
            ALL_COMMANDS,
        ]
        if self.can_answer:
            ways.insert(0, Choice("Don't know", route("ans", self.round, UNSURE)))
        choices = [replace(way, route=via(more, way.route)) for way in leading(ways, self.offered)]
        text = (
            "Don't know keeps your streak, teaches, and marks nothing wrong."
            if self.can_answer
            else "What would you like?"
        )
        return Card(title="More", blocks=(paragraph(text),), choices=tuple(choices))
