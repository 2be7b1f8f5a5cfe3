"""One face's memory of its members: how often they asked, which answers they were just shown, and who is away."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.community import Platform
from bot.domain.identifiers import QuestionId
from bot.kit import Latest
from bot.ports.call import Call
from bot.ports.storage import Transact
from bot.replies.card import Reply
from bot.replies.judged import CountedBefore, DailyVerdict, PracticeVerdict, ReasonsShown
from bot.replies.reviewing import ReviewVerdict
from bot.replies.sitting_closed import SittingClosed

log = logging.getLogger(__name__)

BURST = 30
PER_SECOND = 0.5
SHOWN_FOR = timedelta(minutes=30)
ANSWERS_KEPT = 2
"""As many as still stand on a screen; more would leave a short topic without a question."""
MEMBERS_KEPT = 10_000


class RateLimit:
    """Thirty calls at once, then one every two seconds, for each member."""

    def __init__(self, burst: int = BURST, per_second: float = PER_SECOND) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets = Latest[tuple[str, str, str], tuple[float, datetime]](MEMBERS_KEPT)

    def admits(self, who: tuple[str, str, str], now: datetime) -> bool:
        """Return whether the member may ask now; counts the call if so."""
        left, since = self._buckets.get(who, (float(self._burst), now))
        # A clock stepping back must not empty or fill anyone's bucket.
        elapsed = max(0.0, (now - since).total_seconds())
        left = min(float(self._burst), left + elapsed * self._per_second)
        admitted = left >= 1
        self._buckets[who] = (left - 1 if admitted else left, now)
        return admitted


@dataclass(frozen=True, slots=True)
class _Told:
    """The questions whose answer a member was told last, and when."""

    one_by_one: tuple[tuple[QuestionId, datetime], ...] = ()
    at_the_end: tuple[tuple[QuestionId, datetime], ...] = ()
    """Together, when a sitting closed."""


class JustShown:
    """The last answers each member was shown: practice asks something else, however it is reached.

    Buttons carry theirs, so that a restart forgets little.
    """

    def __init__(self) -> None:
        self._by_member = Latest[tuple[str, str], _Told](MEMBERS_KEPT)

    def of(self, call: Call) -> frozenset[QuestionId]:
        """The questions whose answer the caller was just shown."""
        told = self._by_member.get((call.community, call.user), _Told())
        both = (*told.one_by_one, *told.at_the_end)
        return frozenset(question for question, at in both if call.now - at < SHOWN_FOR)

    def note(self, call: Call, reply: Reply) -> None:
        """The caller is shown a reply now, and with it perhaps the answer of a question."""
        who = (call.community, call.user)
        if isinstance(reply, DailyVerdict | CountedBefore | PracticeVerdict | ReviewVerdict | ReasonsShown):
            told = self._by_member.get(who, _Told())
            question = reply.asked.question.id
            others = tuple(entry for entry in told.one_by_one if entry[0] != question)
            self._by_member[who] = replace(told, one_by_one=(*others, (question, call.now))[-ANSWERS_KEPT:])
        elif isinstance(reply, SittingClosed):
            told = self._by_member.get(who, _Told())
            at_the_end = tuple((one.question.id, call.now) for one in reply.to_read)
            self._by_member[who] = replace(told, at_the_end=at_the_end)


class WhoIsAway:
    """The members who are away, and until when; read once, then kept up to date by what they do.

    Every reply to them says so, also those that ask no database.
    """

    def __init__(self, platform: Platform, transact: Transact) -> None:
        self._platform = platform
        self._transact = transact
        self._until: dict[tuple[str, str], datetime] | None = None
        self._reading = asyncio.Lock()

    async def until(self, call: Call) -> datetime | None:
        """Until when the caller is away; None if they are not."""
        if self._until is None:
            await self._read(call.now)
        until = (self._until or {}).get((call.community, call.user))
        return until if until is not None and until > call.now else None

    def note(self, call: Call, until: datetime | None) -> None:
        """The caller is away until a moment from now on, or not any more."""
        if self._until is None:
            return  # not read yet, and then it will be there
        if until is None:
            self._until.pop((call.community, call.user), None)
        else:
            self._until[call.community, call.user] = until

    async def _read(self, now: datetime) -> None:
        async with self._reading:
            if self._until is not None:
                return
            try:
                found = await self._transact.read(lambda uow: uow.members.away(self._platform, now))
            except Exception:
                # The reply itself goes out; the next one tries again.
                log.exception("reading who is away failed")
                return
            self._until = {(community, user): until for community, user, until in found}
