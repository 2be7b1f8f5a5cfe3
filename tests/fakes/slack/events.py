"""The Events API: what happens in a workspace reaches the app, once or again, in order or not."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fakes.slack.line import Acked, Answer, Retry, Unacked
from tests.fakes.slack.lines import Lines
from tests.fakes.slack.payloads import VERIFICATION_TOKEN
from tests.fakes.slack.team import Team
from tests.fakes.slack.wire import JsonObject, a_string, seconds
from tests.fakes.slack.world import APP_ID, World

RETRIES = 3

WITHOUT_SCOPE = frozenset({"app_home_opened", "app_uninstalled", "tokens_revoked"})
BY_CHANNEL = frozenset({"channel_id_changed", "member_joined_channel", "member_left_channel"})
"""Events told under one name of channels of every kind."""


def scope_of(team: Team, event: JsonObject) -> str | None:
    """The scope a workspace must have granted for the app to be told of an event."""
    kind = a_string(event.get("type"))
    if kind in WITHOUT_SCOPE:
        return None
    if kind in BY_CHANNEL:
        channel = team.channels[a_string(event.get("new_channel_id") or event.get("channel"))]
        return {"public": "channels:read", "private": "groups:read", "im": "im:read"}[channel.kind]
    if kind.startswith(("channel_", "group_", "im_")):
        return {"channel": "channels:read", "group": "groups:read", "im": "im:read"}[kind.partition("_")[0]]
    raise AssertionError(f"nobody said yet which scope {kind} needs")


@dataclass(slots=True, eq=False)
class Event:
    """Something that happened, and how often the app was told."""

    body: JsonObject
    answers: list[Answer] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id by which the app knows duplicates."""
        return a_string(self.body.get("event_id"))

    def acked(self) -> bool:
        """Return whether the app acknowledged it, the first time or later."""
        return any(isinstance(answer, Acked) for answer in self.answers)


class Events:
    """Tells the app what happened."""

    def __init__(self, world: World, lines: Lines) -> None:
        self.sent: list[Event] = []
        self._world = world
        self._lines = lines
        self._held: list[Event] | None = None

    async def happen(self, team: Team, event: JsonObject, *, times: int = 1) -> Event | None:
        """Tell the app, that often in the same words; None if it did not ask for such events, or may not hear them."""
        if event.get("type") not in self._world.manifest.events:
            return None
        if (scope := scope_of(team, event)) is not None and scope not in team.scopes:
            return None
        told = Event(self._envelope(team, event))
        self.sent.append(told)
        for _ in range(times):
            if self._held is not None:
                self._held.append(told)
            else:
                await self._send(told, None)
        return told

    async def retry(self, event: Event) -> Answer:
        """Tell the app once more, as Slack does of what was not acknowledged."""
        attempt = len(event.answers)
        assert 1 <= attempt <= RETRIES, f"Slack sends an event at most {RETRIES} more times"
        return await self._send(event, Retry(attempt, "timeout" if self._lines.http is None else "http_timeout"))

    async def retry_unacked(self) -> None:
        """Tell the app once more of everything it has not acknowledged and that may still be sent."""
        for event in self.sent:
            last = event.answers[-1] if event.answers else None
            if isinstance(last, Unacked) and last.again and not event.acked() and len(event.answers) <= RETRIES:
                await self.retry(event)

    def hold(self) -> None:
        """Keep back what happens from now on."""
        self._held = []

    async def release(self, *, backwards: bool = False) -> None:
        """Tell what was kept back, in order or the last first."""
        held, self._held = self._held or [], None
        for event in reversed(held) if backwards else held:
            await self._send(event, None)

    async def _send(self, event: Event, retry: Retry | None) -> Answer:
        answer = await self._lines.deliver("events_api", event.body, retry)
        event.answers.append(answer)
        self._world.changes.notify()
        return answer

    def _envelope(self, team: Team, event: JsonObject) -> JsonObject:
        now = self._world.clock.now()
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": team.id,
            "context_team_id": team.id,
            "context_enterprise_id": team.enterprise_id,
            "api_app_id": APP_ID,
            "event": {**event, "event_ts": f"{now.timestamp():.6f}"},
            "type": "event_callback",
            "event_id": self._world.ids.next("Ev"),
            "event_time": seconds(now),
            "authorizations": [
                {
                    "enterprise_id": team.enterprise_id,
                    "team_id": team.id,
                    "user_id": team.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event.get('type')}-{self._world.ids.number('context')}",
        }
