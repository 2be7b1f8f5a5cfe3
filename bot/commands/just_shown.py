"""What each member was just shown the answer of, in memory: practice asks something else, however it is reached."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.identifiers import QuestionId
from bot.kit import Latest
from bot.ports.call import Call
from bot.replies.card import Reply
from bot.replies.judged import CountedBefore, DailyVerdict, PracticeVerdict, ReasonsShown

SHOWN_FOR = timedelta(minutes=30)
ANSWERS_KEPT = 2
"""As many as still stand on a screen; more would leave a short topic without a question."""
MEMBERS_KEPT = 10_000


class JustShown:
    """The last answers shown to each member of one face. Buttons carry theirs, so that a restart forgets little."""

    def __init__(self) -> None:
        self._by_member = Latest[tuple[str, str], tuple[tuple[QuestionId, datetime], ...]](MEMBERS_KEPT)

    def of(self, call: Call) -> frozenset[QuestionId]:
        """The questions whose answer the caller was just shown."""
        shown = self._by_member.get((call.community, call.user), ())
        return frozenset(question for question, at in shown if call.now - at < SHOWN_FOR)

    def note(self, call: Call, reply: Reply) -> None:
        """The caller is shown a reply now, and with it perhaps the answer of a question."""
        if not isinstance(reply, DailyVerdict | CountedBefore | PracticeVerdict | ReasonsShown):
            return
        question = reply.asked.question.id
        who = (call.community, call.user)
        others = tuple(entry for entry in self._by_member.get(who, ()) if entry[0] != question)
        self._by_member[who] = (*others, (question, call.now))[-ANSWERS_KEPT:]
