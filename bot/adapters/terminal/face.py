"""The terminal face: a line comes in, goes through the one hallway, and the reply is shown."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta

from bot.adapters.terminal.clock import ShiftedClock
from bot.adapters.terminal.colon import Colon, ahead
from bot.adapters.terminal.completion import BARE_WORDS, Completion
from bot.adapters.terminal.forms import Forms
from bot.adapters.terminal.living import Living
from bot.adapters.terminal.publisher import Edit, News, Post, TerminalPublisher, Told
from bot.adapters.terminal.render import Names, card_lines, local_text, verbatim
from bot.adapters.terminal.screen import Paging, Screen
from bot.adapters.terminal.session import COMMUNITY_ID, Session
from bot.adapters.terminal.tries import tries, tries_lines
from bot.adapters.terminal.wire import wire
from bot.adapters.terminal.wrapping import Line, Look, Piece, wrapped
from bot.commands.dispatch import Answered, Dispatch, FormErrors
from bot.commands.typed_letters import TypedLetter, typed_letter
from bot.domain.community import Platform
from bot.domain.identifiers import ZoneName
from bot.domain.zones import zone_in_words
from bot.ports.call import Call
from bot.ports.clock import Dice
from bot.replies.around import itself
from bot.replies.card import Card, Choice, Reply
from bot.replies.judged import DailyVerdict, PracticeVerdict, ReasonsShown
from bot.replies.markup import listed
from bot.replies.reviewing import ReviewVerdict
from bot.replies.sitting_closed import SittingClosed

QUIT = ("quit", "exit")
_ENUMERATED = re.compile(r"[\[(]?(\d{1,3})[\]).]+")
"""A number as it stands on the screen."""
ANSWERED = "Your answer to today's question stands. tomorrow lives on to the next one; next asks one to practise."
NO_QUESTION = "No question has been shown yet. /daily shows today's; next asks one to practise."


class TerminalFace:
    """Reads lines until the person leaves."""

    def __init__(
        self,
        *,
        dispatch: Dispatch,
        clock: ShiftedClock,
        dice: Dice,
        publisher: TerminalPublisher,
        screen: Screen,
        zone: ZoneName,
        tick: Callable[[datetime], Awaitable[None]],
        next_due: Callable[[datetime, datetime | None], Awaitable[datetime | None]],
        keep_offset: Callable[[timedelta], Awaitable[None]],
        session: Session,
        opening: str,
    ) -> None:
        self._dispatch = dispatch
        self._clock = clock
        self._dice = dice
        self._publisher = publisher
        self._screen = screen
        self._paging = Paging(screen)
        self._zone = zone
        self._session = session
        self._opening = opening
        self._living = Living(clock, zone, tick, next_due, keep_offset, self._show_news)
        self._colon = Colon(session, self._living, self._time, self._show_wire)
        self._forms = Forms(screen, Completion(dispatch.registry, dispatch.catalogs))

    async def run(self) -> int:
        """Greet, then answer line after line; 0 when the person leaves."""
        self._greet()
        await self._living.catch_up()
        if self._session.last is None and "daily" in self._dispatch.registry.commands:
            # Nothing was posted just now, so today's question, or the verdict on it, is what to go on with.
            await self._answer(await self._dispatch.line(self._call(), "/daily"))
        while True:
            await self._living.catch_up()
            line = await self._screen.ask(self._session.prompt())
            if line is None or line.strip().casefold() in QUIT:
                self._say("Bye. What you did is kept.")
                return 0
            await self._take(line.strip())

    async def _take(self, line: str) -> None:
        """Answer one line."""
        if bare := _ENUMERATED.fullmatch(line):
            line = bare[1]
        folded = line.casefold()
        if not line:
            self._paging.more()
            return
        self._paging.drop()
        if line.startswith("# ") or line == "#":  # a script may hold remarks
            return
        if line.startswith(":"):
            self._print(card_lines(await self._colon.run(line), self._screen.width(), self._zone))
        elif folded in ("help", "?"):
            await self._answer(await self._dispatch.line(self._call(), "/help"))
            self._say(
                f"Without a slash: {listed(list(BARE_WORDS))}, the words on buttons, or anything to search for. "
                ":help shows what only the terminal has."
            )
        elif folded == "tomorrow":
            await self._living.tomorrow()
            self._say(self._time())
        elif folded == "next":
            await self._next()
        elif letter := self._letter_typed(line):
            await self._letter(letter)
        elif line.isascii() and line.isdecimal():
            await self._number(int(line[:9]))
        elif pressed := next((one for one in self._session.choices if one.label.casefold() == folded), None):
            await self._press(pressed)
        else:
            await self._answer(await self._dispatch.line(self._call(), line))

    async def _next(self) -> None:
        """Practise: the next of the sitting whose verdict was just shown, else any."""
        if isinstance(self._session.last, PracticeVerdict | ReasonsShown | ReviewVerdict | SittingClosed):
            await self._press(self._session.choices[0])
        else:
            await self._answer(await self._dispatch.line(self._call(), "/quiz"))

    def _letter_typed(self, line: str) -> TypedLetter | None:
        """The letter that is meant; where no question is shown, only what can mean nothing else."""
        if any(choice.label.casefold() == line.casefold() for choice in self._session.choices):
            return None
        typed = typed_letter(line)
        if typed is None and len(line) == 1 and line.isalpha():
            typed = TypedLetter(line.upper())
        return typed if typed and (typed.sure or self._session.letters) else None

    async def _letter(self, typed: TypedLetter) -> None:
        letters = self._session.letters
        if typed.letter in letters and typed.sure:
            await self._press(letters[typed.letter])
        elif typed.letter in letters:
            self._say(f"Do you mean {typed.letter}? Type {typed.letter} to answer with it; the first press counts.")
        else:
            self._say(self._no_letter())

    def _no_letter(self) -> str:
        if letters := self._session.letters:
            return f"The newest question has {listed(list(letters), 'or')}."
        return ANSWERED if isinstance(self._session.last, DailyVerdict) else NO_QUESTION

    async def _number(self, number: int) -> None:
        choices = self._session.choices
        if 1 <= number <= len(choices):
            await self._press(choices[number - 1])
        elif choices:
            self._say(f"There is no [{number}]; the last reply ends at [{len(choices)}].")
        else:
            self._say("The last reply has nothing to press by number. /help shows everything there is.")

    async def _press(self, choice: Choice) -> None:
        await self._answer(await self._dispatch.press(self._call(), choice.route.text))

    async def _answer(self, answered: Answered | None) -> None:
        """Show a reply, and fill in the form it may hold."""
        while answered is not None:
            session = self._session
            lead = f"Only {session.name} see{'' if session.name == 'you' else 's'} this:"
            card = answered.reply.as_card()
            reply = itself(answered.reply)
            session.replied(reply, card)
            self._show(reply, card, lead if answered.private else f"In {session.place}:", paged=not card.form)
            form = card.form
            answered = await self._forms.fill(form, self._submit) if form else None

    async def _submit(self, route: str, values: Mapping[str, str]) -> Answered | FormErrors:
        return await self._dispatch.submit(self._call(), route, values)

    def _call(self) -> Call:
        return Call(
            platform=Platform.TERMINAL,
            community=COMMUNITY_ID,
            place=self._session.place,
            user=self._session.name,
            now=self._clock.now(),
            seed=self._dice.seed(),
            zone=self._zone,
        )

    def _show(self, reply: Reply, card: Card, lead: str, *, compact: bool = False, paged: bool = False) -> None:
        width = self._screen.width()
        shown = card_lines(card, width, self._zone, Names(self._session.name), lead=lead, compact=compact)
        both = tries(reply, self._dispatch.catalogs.latest(Platform.TERMINAL, COMMUNITY_ID))
        if both:
            shown += tries_lines(both, width)
        (self._paging if paged else self._screen).show([*shown, Line()])
        if self._session.wire:
            self._show_wire(reply)

    def _show_wire(self, reply: Reply) -> None:
        self._print(verbatim(wire(reply)))

    def _show_news(self) -> None:
        """Show what was posted, edited and told since the last time."""
        for news in self._publisher.take(self._session.name):
            card = news.reply.as_card()
            self._session.came(news.reply, card, private=isinstance(news, Told))
            self._show(news.reply, card, self._about(news), compact=isinstance(news, Edit))

    def _about(self, news: News) -> str:
        names = Names(self._session.name)
        match news:
            case Post(place):
                return f"Posted in {names.place(place)}, {local_text(self._clock.now(), self._zone)}:"
            case Edit(place):
                return f"Edited in {names.place(place)}:"
            case Told(user):
                return f"A private message to {user}:"

    def _greet(self) -> None:
        width = self._screen.width()
        self._screen.show(wrapped([Piece("Studybot in the terminal", Look.TITLE)], width))
        self._say(self._opening)
        self._say(
            f"{self._time()} {self._session.who()} Type what stands in [ ] to press it, or a command such as "
            "/role ai engineer. help shows everything, quit ends."
        )

    def _time(self) -> str:
        offset = ahead(self._clock.offset)
        return f"It is {local_text(self._clock.now(), self._zone)} ({zone_in_words(self._zone)}), {offset}."

    def _say(self, text: str) -> None:
        """Say something of the terminal's own."""
        self._print(wrapped([Piece(text, Look.SMALL)], self._screen.width()))

    def _print(self, shown: Iterable[Line]) -> None:
        self._screen.show([*shown, Line()])
