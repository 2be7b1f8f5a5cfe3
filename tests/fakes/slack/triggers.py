"""Trigger ids: good for three seconds, and for one view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.fakes.slack.api.refused import Refused
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.ids import Ids
from tests.fakes.slack.seen import Seen

LIFETIME = timedelta(seconds=3)


@dataclass(slots=True)
class Trigger:
    """The right to put one view before one person, for what that person just did."""

    id: str
    team_id: str
    user_id: str
    seen: Seen
    given: datetime
    used: bool = False


class Triggers:
    """Gives trigger ids out and takes them back once."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._triggers: dict[str, Trigger] = {}

    def give(self, team_id: str, user_id: str, seen: Seen) -> str:
        """A new trigger id for what a person just did."""
        number = self._ids.number("trigger")
        id = f"{number:06d}.{int(team_id[1:])}.{number:032x}"
        self._triggers[id] = Trigger(id, team_id, user_id, seen, self._clock.now())
        return id

    def exchange(self, id: str, team_id: str) -> Trigger:
        """The trigger of that id, used up by this; refused as Slack refuses it."""
        trigger = self._triggers.get(id)
        if trigger is None or trigger.team_id != team_id:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._clock.now() - trigger.given > LIFETIME:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger
