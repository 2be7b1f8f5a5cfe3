"""The publish loop: what is due is written, claimed, sent and recorded; one bad place never delays the others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.identifiers import RoundId
from bot.kit import Latest, Troubles
from bot.ports.catalogs import Catalogs
from bot.ports.publisher import Later, Posted, PostResult, Priority, Publisher, Refused, Uncertain
from bot.ports.storage import StorageFault, Transact, UnitOfWork
from bot.posting import claiming, due, sending_outcomes
from bot.posting.claiming import SENT_AT_ONCE, Sending
from bot.posting.due import TRACKS_AT_ONCE
from bot.scheduler.clock_watch import ClockWatch
from bot.scheduler.pacer import Pacer

SOON = timedelta(seconds=1)
FIRST_TRIES_KEPT = 4096
AGAIN_AFTER = 5.0
"""Seconds until we try again to record what a platform said."""


class PublishLoop:
    """Brings due rounds to their places on one platform."""

    def __init__(
        self,
        transact: Transact,
        catalogs: Catalogs,
        publisher: Publisher,
        pacer: Pacer,
        clock: ClockWatch,
        told: Callable[[], None],
    ) -> None:
        """``told`` is called when a manager has to be told something now."""
        self._transact = transact
        self._catalogs = catalogs
        self._publisher = publisher
        self._pacer = pacer
        self._now = clock.now
        self._monotonic = clock.monotonic
        self._believed = clock.believed
        self._told = told
        self._troubles = Troubles()
        self._first_tried = Latest[RoundId, float](FIRST_TRIES_KEPT)
        """When, in monotonic time, this process first sent a round; the latest rounds are kept."""
        self._claiming = asyncio.Lock()
        self._in_flight: dict[RoundId, asyncio.Task[None]] = {}

    async def run_once(self, now: datetime) -> int:
        """Write and send everything due at ``now`` and wait for it; how many rounds were sent or tried."""
        count, pending = await self.begin(now)
        if pending:
            await asyncio.wait(pending)
        return count

    async def begin(self, now: datetime) -> tuple[int, set[asyncio.Task[None]]]:
        """Write everything due at ``now`` and begin to send it; does not wait for a place that is slow to answer.

        Returns how many rounds were begun, and those still on their way.
        """
        began = self._now()
        await self.write_due(now)
        count = 0
        # Those through are let go: thousands of finished posts kept would make the collector stop the loop.
        pending: set[asyncio.Task[None]] = set()
        more = True
        # A long run goes on by the clock, which may be set meanwhile.
        while more and await self._believed():
            async with self._claiming:
                room = SENT_AT_ONCE - len(self._in_flight)
                if room <= 0:
                    await asyncio.wait(self._in_flight.values(), return_when=asyncio.FIRST_COMPLETED)
                    continue
                # A long run goes on claiming: leases run from the claim, not from the beginning of the run.
                moment = now + (self._now() - began)
                taken, seen = await self._transact.write(
                    lambda uow, room=room, at=moment: claiming.claim(  # type: ignore[misc]
                        uow, self._catalogs, self._publisher.platform, at, room
                    )
                )
                more = seen == room
                count += len(taken)
                for sending in taken:
                    task = self._start(sending)
                    pending.add(task)
                    task.add_done_callback(pending.discard)
        return count, pending

    async def write_due(self, now: datetime) -> None:
        """Write the rounds that have come due."""
        while True:
            found = await self._transact.write(lambda uow: due.write_due(uow, self._publisher.platform, now))
            if found < TRACKS_AT_ONCE:
                return

    @property
    def in_flight(self) -> frozenset[asyncio.Task[None]]:
        """The rounds on their way right now."""
        return frozenset(self._in_flight.values())

    def is_sending(self, round: RoundId) -> bool:
        """Return whether the round is on its way right now, however long its lease has run out."""
        return round in self._in_flight

    def is_safe(self, sending: Sending, now: datetime) -> bool:
        """Return whether the platform would recognise a second post.

        The wall clock may have been set since the first one, so that one counts only if this process sent it, and as
        long ago as monotonic time or the wall clock has it, whichever is longer: one of them may have stood still.
        """
        tried = self._first_tried.get(sending.round)
        if tried is None:
            return False
        first = min(sending.first_attempt_at, now - timedelta(seconds=self._monotonic() - tried))
        return self._publisher.resend_is_safe(sending.address, first, now)

    async def send_again(self, sending: Sending) -> None:
        """Send a round whose sending was cut off once more, unless it was settled meanwhile."""
        if await self._transact.write(lambda uow: sending_outcomes.resend(uow, sending.round, self._now())):
            await self._start(sending, again=True)

    def _start(self, sending: Sending, *, again: bool = False) -> asyncio.Task[None]:
        if sending.round not in self._first_tried:
            self._first_tried[sending.round] = self._monotonic()
        task = asyncio.create_task(self._send(sending, again))
        self._in_flight[sending.round] = task
        task.add_done_callback(lambda _: self._in_flight.pop(sending.round, None))
        return task

    async def _send(self, sending: Sending, again: bool) -> None:
        try:
            address, post = sending.address, sending.post
            result = await self._pacer.in_turn(Priority.POST, lambda: self._publisher.post(address, post, post.round))
            at = self._now()
            if await self._keep(sending, lambda uow: self._record(uow, sending, result, again, at)):
                self._told()
        except StorageFault:
            return  # said by storage; the lease runs out and reconcile takes it from there
        except Exception as error:
            self._troubles.noted(f"sending round {sending.round}", error)

    async def _keep(self, sending: Sending, record: Callable[[UnitOfWork], bool]) -> bool:
        """Record what the platform said; if it would not say it again, wait for the database as long as it takes."""
        while True:
            try:
                return await self._transact.write(record)
            except StorageFault as fault:
                if fault.ended or self.is_safe(sending, self._now()):
                    raise
            await asyncio.sleep(AGAIN_AFTER)

    def _record(self, uow: UnitOfWork, sending: Sending, result: PostResult, again: bool, now: datetime) -> bool:
        """Record how a post went; true if a manager has to be told."""
        match result:
            case Posted(message):
                sending_outcomes.record_posted(uow, sending.round, message, now)
            case Refused(reason):
                sending_outcomes.record_refused(uow, sending.round, reason, now, maybe_there=again)
                return True
            case Later(seconds) if again:
                # An earlier try may be there, so this is not one more round to be sent.
                sending_outcomes.record_cut_off(uow, sending.round, now, sending_outcomes.patience(seconds))
            case Later(seconds):
                sending_outcomes.record_later(uow, sending.round, seconds, now)
            case Uncertain() if not (self._publisher.can_look_back or self.is_safe(sending, now)):
                # No time that passes makes it clearer: the manager is asked at once.
                sending_outcomes.record_uncertain(uow, sending.round, now)
                return True
            case Uncertain():
                soon = self.is_safe(sending, now)
                sending_outcomes.record_cut_off(uow, sending.round, now, SOON if soon else sending_outcomes.LEASE)
        return False
