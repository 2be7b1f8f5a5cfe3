"""Questions that practice does not show: open ones, those with the answer on the screen, those the tracks ask soon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.commands.caller import known_caller
from bot.domain.community import Community, Member
from bot.domain.identifiers import QuestionId
from bot.domain.question import Question
from bot.domain.round import OPEN_AT_MOST
from bot.domain.schedule import Due, due_after
from bot.domain.selection import LedgerEntry, pick
from bot.domain.track import Track
from bot.ports.call import Call
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.ports.tracks import Basis, Plan

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Learner:
    """The caller, as far as they were ever seen, and what practice must not show them."""

    community: Community | None
    member: Member | None
    hidden: frozenset[QuestionId]
    """Questions of rounds open or on their way that they have not answered: nothing may show their key."""
    on_screen: frozenset[QuestionId]
    """Questions whose answer they may be looking at: on the last posts, or in what they were told just now."""


def learner(call: Call, uow: UnitOfWork) -> Learner:
    """Look up the caller, and what must not be shown to them."""
    community, member = known_caller(call, uow)
    if community is None:
        return Learner(None, None, frozenset(), call.shown)
    hidden = uow.rounds.hidden(community.id, member.id if member else None, call.now - OPEN_AT_MOST)
    return Learner(community, member, hidden, call.shown | uow.rounds.told(community.id))


def due_soon(call: Call, uow: UnitOfWork, catalog: Catalog, community: Community | None) -> Plan:
    """Plan what the community's tracks will ask within two weeks, as far as can be told today.

    Made once a day and after each round, for a group practises often in between. That a round was withdrawn, given up
    or expired is heeded from the next one on: practice may then offer a question that is due soon, never one that is
    open.
    """
    if community is None:
        return frozenset()
    tracks = uow.tracks.of_community(community.id)
    basis = Basis(catalog.questions, tracks, call.now.date() + SOON)

    def make() -> Plan:
        return frozenset(_planned(uow, community, basis))

    return uow.tracks.plan(community.id, basis, make)


def _planned(uow: UnitOfWork, community: Community, basis: Basis) -> Iterable[QuestionId]:
    for track in basis.tracks:
        if track.running:
            ledger = uow.ledger.asked(community.id, track.id)
            yield from _questions(basis.bank, track, ledger, basis.until)


def _questions(
    bank: Sequence[Question], track: Track, ledger: tuple[LedgerEntry, ...], until: date
) -> Iterable[QuestionId]:
    """The questions a track will ask up to a date if nothing else happens."""
    if track.next_local_date is None or track.next_due_at is None:
        return
    settings = track.settings
    planned: list[LedgerEntry] = []
    next: Due | None = Due(track.next_local_date, track.next_due_at)
    while next is not None and next.local_date <= until:
        on = next.local_date
        picked = pick(bank, settings.wanted, (*ledger, *planned), on, f"{track.seed}:{on}", settings.repeats)
        if picked is None:
            return
        planned.append(LedgerEntry(picked.question.id, on, here=True))
        yield picked.question.id
        next = due_after(settings.schedule, on)
