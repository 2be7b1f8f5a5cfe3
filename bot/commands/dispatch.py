"""The one hallway: every command, press and form of every face goes through here and leaves as a reply."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.commands.caller import is_delegate
from bot.commands.declare import Handler, Needs
from bot.commands.member_memory import JustShown, RateLimit, WhoIsAway
from bot.commands.notices import pending
from bot.commands.option_words import parse_options
from bot.commands.parser import parse_line, unknown_command
from bot.commands.registry import Registry
from bot.commands.resolve import arguments, carried, field_errors, run_given
from bot.kit import reference_code
from bot.ports.call import BankChanged, Call, Effect, NoteAway, Outcome
from bot.ports.catalog import Catalog
from bot.ports.catalogs import Catalogs
from bot.ports.storage import StorageFault, Transact, UnitOfWork
from bot.replies.around import VIA, WhileAway, WithWayBack, both_ways
from bot.replies.card import Reply
from bot.replies.common_buttons import ALL_COMMANDS
from bot.replies.configuring import ConfigShown
from bot.replies.markup import FaceWord, markup
from bot.replies.notices import WithNotices
from bot.replies.routes import Route, UnreadableRoute, decode
from bot.replies.said import Apology, FormAsked, Refusal, Said
from bot.replies.saving_tracks import NotPostable

log = logging.getLogger(__name__)

OLDER_VERSION = (
    "That button is from an older version of Studybot or belongs to nothing here any more. "
    "Nothing was changed; /daily shows today's question and /help everything else."
)
NOT_A_MANAGER = markup(
    "Only managers can do that: ",
    FaceWord.MANAGERS,
    ", and those they named in /config. Nothing was changed; ask one of them.",
)
TOO_FAST = "That was a lot at once. Nothing was lost; please wait a few seconds and try again."


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply to show, and whether only to the person who asked."""

    reply: Reply
    private: bool = True


@dataclass(frozen=True, slots=True)
class FormErrors:
    """A form that was not taken: the form again with what was typed, and a sentence for each field at fault."""

    form: FormAsked
    errors: dict[str, str]


def _leading_on(answered: Answered) -> Answered:
    """The answer, with the help to go on with where it says something and has nothing to press."""
    reply = answered.reply
    if not isinstance(reply, Said) or reply.choices or not answered.private:
        return answered
    return replace(answered, reply=replace(reply, choices=(ALL_COMMANDS,)))


def _with_way_back(answered: Answered, back: Route) -> Answered:
    if not answered.private or isinstance(answered.reply, FormAsked):
        return answered
    return replace(answered, reply=WithWayBack(answered.reply, back))


class Dispatch:
    """Reads, authorises, runs and answers for one face; without a limit for one whose people cannot flood anyone."""

    def __init__(
        self,
        registry: Registry,
        catalogs: Catalogs,
        transact: Transact,
        perform: Callable[[Call, tuple[Effect, ...]], Awaitable[Reply | None]],
        may_manage: Callable[[Call, bool], Awaitable[bool]],
        support_url: str | None = None,
        limit: RateLimit | None = None,
        away: WhoIsAway | None = None,
        *,
        to_operator: bool = False,
        clock_off: Callable[[], timedelta | None] = lambda: None,
    ) -> None:
        """``may_manage`` is asked whether the caller manages, and told whether something is about to be changed.

        ``away`` is for a face whose replies say so to those who are; without, they do not. ``to_operator`` says that
        the caller runs Studybot and may read what is wrong with the database. ``clock_off`` says how far the clock is
        off, where that is too far.
        """
        self.registry = registry
        self.catalogs = catalogs
        self._transact = transact
        self._perform = perform
        self._may_manage = may_manage
        self._support_url = support_url
        self._limit = limit
        self._to_operator = to_operator
        self._away = away
        self._clock_off = clock_off
        self._shown = JustShown()

    async def line(self, call: Call, line: str) -> Answered:
        """Answer a line of text such as ``/quiz algebra``."""

        async def run() -> Answered:
            catalog = await self.catalog_of(call)
            parsed = parse_line(self.registry, catalog, line)
            return await self._command(call, catalog, parsed.name, parsed.given)

        return await self._safely(call, run)

    async def words(self, call: Call, name: str, text: str) -> Answered:
        """Answer a command whose options came as one text."""

        async def run() -> Answered:
            catalog = await self.catalog_of(call)
            handler = self._handler(name, catalog)
            return await self._command(call, catalog, name, parse_options(handler, catalog, text))

        return await self._safely(call, run)

    async def command(self, call: Call, name: str, given: Mapping[str, str]) -> Answered:
        """Answer a command whose options came one by one, as raw texts."""

        async def run() -> Answered:
            return await self._command(call, await self.catalog_of(call), name, given)

        return await self._safely(call, run)

    async def press(self, call: Call, text: str) -> Answered:
        """Answer a press on a button that carries this text."""

        async def run() -> Answered:
            made = decode(text)
            catalog = await self.catalog_of(call)
            if made.what != VIA:
                return await self._press(call, catalog, made)
            there, back = both_ways(made)
            try:
                answered = await self._press(call, catalog, there)
            except Refusal as refusal:
                answered = Answered(refusal.reply())
            return _with_way_back(answered, back)

        return await self._safely(call, run)

    async def submit(self, call: Call, text: str, values: Mapping[str, str]) -> Answered | FormErrors:
        """Take a filled-in form; fields at fault come back with a sentence each and nothing is changed."""
        errors: list[FormErrors] = []

        async def run() -> Answered:
            made = decode(text)
            handler = self.registry.forms.get(made.what)
            if handler is None:
                raise UnreadableRoute(text)
            catalog = await self.catalog_of(call)
            kept = carried(handler, made.args, catalog)

            def again(wrong: dict[str, str]) -> Answered:
                form = self.registry.form(made.what, *kept.values(), values=values, catalog=catalog)
                errors.append(FormErrors(FormAsked(form), wrong))
                return Answered(FormAsked(form))

            wrong = field_errors(handler, values, catalog, call.refused)
            if wrong:
                return again(wrong)
            try:
                answered = await self._run(call, catalog, handler, {**kept, **arguments(handler, values, catalog)})
                if isinstance(answered.reply, NotPostable) and answered.reply.new:
                    return again({"place": f"{answered.reply.reason} Nothing was saved."})
                return answered
            except Refusal as refusal:
                if not any(option.name == refusal.field for option in handler.options):
                    raise
                return again({refusal.field: refusal.sentence})

        answered = await self._safely(call, run)
        return errors[0] if errors else answered

    async def catalog_of(self, call: Call) -> Catalog:
        """The catalog that the call's community is asked from."""
        return await self.catalogs.of(call.platform, call.community)

    async def _command(self, call: Call, catalog: Catalog, name: str, given: Mapping[str, str]) -> Answered:
        handler = self._handler(name, catalog)
        return await self._run(call, catalog, handler, arguments(handler, given, catalog, call.refused))

    def _handler(self, name: str, catalog: Catalog) -> Handler:
        handler = self.registry.commands.get(name)
        if handler is None:
            raise unknown_command(self.registry, catalog, name)
        if handler.shelf and not catalog.has(handler.shelf):
            raise Refusal(f"The questions here come without {handler.shelf}, so there is no /{name}.", (ALL_COMMANDS,))
        return handler

    async def _press(self, call: Call, catalog: Catalog, made: Route) -> Answered:
        """Run what a route leads to: a command with its options, or what a feature declared for the press."""
        if made.what == "run":
            name, given = run_given(made.args)
            return await self._command(call, catalog, name, given)
        handler = self.registry.presses.get(made.what)
        if handler is None:
            raise UnreadableRoute(made.text)
        return await self._run(call, catalog, handler, carried(handler, made.args, catalog))

    async def _run(self, call: Call, catalog: Catalog, handler: Handler, args: Mapping[str, object]) -> Answered:
        """Run a declared function on what it needs, then carry out its effects."""
        needs = handler.needs
        if shown := self._shown.of(call):
            call = replace(call, shown=shown)
        if handler.manager or handler.asks_manager:
            call = replace(call, manager=await self._manages(call, handler), clock_off=self._clock_off())
        if needs is Needs.CATALOG and (call.manager or not handler.manager):
            outcome = self._outcome(handler, call, catalog, None, args)
        elif needs is Needs.WRITE:
            outcome = await self._transact.write(lambda uow: self._outcome(handler, call, catalog, uow, args))
        else:
            outcome = await self._transact.read(lambda uow: self._outcome(handler, call, catalog, uow, args))
        self._shown.note(call, outcome.reply)
        for effect in outcome.effects:
            if isinstance(effect, BankChanged):
                self.catalogs.changed(call.platform, call.community)
        instead = await self._perform(call, outcome.effects) if outcome.effects else None
        if self._away:
            for effect in outcome.effects:
                if isinstance(effect, NoteAway):
                    self._away.note(call, effect.until)
        return Answered(instead or outcome.reply, handler.private)

    async def _manages(self, call: Call, handler: Handler) -> bool:
        try:
            return await self._may_manage(call, handler.needs is Needs.WRITE)
        except Refusal:
            if handler.manager:
                raise
            return False  # where that is not known, others read what members do

    def _outcome(
        self, handler: Handler, call: Call, catalog: Catalog, uow: UnitOfWork | None, args: Mapping[str, object]
    ) -> Outcome:
        """Run what was asked for, if the caller may; without a unit of work where the catalog is all it needs."""
        if handler.manager and not call.manager:
            if uow is None or not is_delegate(call, uow):
                raise Refusal(NOT_A_MANAGER)
            call = replace(call, manager=True)
        fills = {"call": call, "uow": uow, "catalog": catalog, "registry": self.registry}
        given = {name: fills[what] for name, what in handler.given.items()}
        outcome: Outcome = handler.function(**given, **args)
        return self._with_notices(handler, call, uow, outcome) if uow and handler.manager else outcome

    def _with_notices(self, handler: Handler, call: Call, uow: UnitOfWork, outcome: Outcome) -> Outcome:
        """Put notices that no private message delivered above the next reply to a manager, once."""
        if isinstance(outcome.reply, ConfigShown | FormAsked):
            return outcome  # the settings say it themselves; a form has no room
        known = pending(call, uow)
        if not known:
            return outcome
        if handler.needs is Needs.WRITE:
            uow.health.told([notice.id for notice, _ in known])
        return replace(outcome, reply=WithNotices(tuple([told for _, told in known]), outcome.reply))

    async def _safely(self, call: Call, run: Callable[[], Awaitable[Answered]]) -> Answered:
        """Run, turn whatever goes wrong into a sentence, and say above the answer that the caller is away, if they are.

        Nothing raised inside reaches a person as it is.
        """
        try:
            if self._limit and not self._limit.admits((call.platform, call.community, call.user), call.now):
                answered = Answered(Refusal(TOO_FAST).reply())
            else:
                answered = _leading_on(await run())
        except Refusal as refusal:
            answered = _leading_on(Answered(refusal.reply()))
        except UnreadableRoute:
            answered = _leading_on(Answered(Said(markup(OLDER_VERSION))))
        except StorageFault as fault:
            # Said in the log by storage, once for the whole outage.
            if self._to_operator:
                answered = Answered(Said(markup(fault.sentence)))
            else:
                answered = Answered(Apology(fault.reference, self._support_url))
        except Exception:
            reference = reference_code(call.seed)
            log.exception("unexpected error %s", reference, extra={"reference": reference})
            answered = Answered(Apology(reference, self._support_url))
        if self._away is None or not answered.private or isinstance(answered.reply, FormAsked):
            return answered
        until = await self._away.until(call)
        return answered if until is None else Answered(WhileAway(answered.reply, until, call.zone))
