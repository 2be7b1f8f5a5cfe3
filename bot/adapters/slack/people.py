"""People of a workspace: whether they manage it, and which time zone they live in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.adapters.slack.faults import missing
from bot.adapters.slack.web import FAILED, error_of
from bot.adapters.slack.workspaces import Workspace, Workspaces
from bot.domain.identifiers import UTC_ZONE, ZoneName
from bot.domain.zones import is_zone
from bot.kit import Latest
from bot.ports.call import Call
from bot.ports.clock import Clock
from bot.replies.said import Refusal

KNOWN_FOR = 600.0
"""Seconds."""
KEPT = 10_000
NOT_TOLD = "Slack did not say just now whether you may manage this workspace. Nothing was changed; please try again."


@dataclass(frozen=True, slots=True)
class Profile:
    """Slack's word on someone, as far as we ask."""

    manages: bool
    zone: ZoneName
    asked_at: float


class People:
    """Asks Slack, and remembers the answer for ten minutes, for what changes nothing."""

    def __init__(self, workspaces: Workspaces, clock: Clock) -> None:
        self._workspaces = workspaces
        self._clock = clock
        self._known = Latest[tuple[str, str], Profile](KEPT)

    def zone(self, community: str, user: str) -> ZoneName:
        """The zone of someone who was asked about lately."""
        known = self._known.get((community, user))
        return known.zone if known else UTC_ZONE

    async def of(self, workspace: Workspace, user: str, *, fresh: bool = False) -> Profile:
        """Find out who someone is. ``Refusal`` if Slack does not say."""
        key = (workspace.id, user)
        known = self._known.get(key)
        now = self._clock.monotonic()
        if known and not fresh and now - known.asked_at < KNOWN_FOR:
            return known
        try:
            told = await workspace.client.users_info(user=user)
        except FAILED as error:
            raise Refusal(missing(error) if error_of(error) == "missing_scope" else NOT_TOLD) from error
        installed = await self._workspaces.installed_by(workspace.id, user)
        made = _profile(told.get("user") or {}, workspace.id, installed, now)
        self._known[key] = made
        return made

    async def may_manage(self, call: Call, changes: bool) -> bool:
        """Return whether the caller is an admin or owner of the workspace, or whoever installed the app there.

        Before anything is changed Slack is asked, whatever is remembered: it alone knows whose rights were taken away.
        """
        workspace = await self._workspaces.find(call.community)
        return workspace is not None and (await self.of(workspace, call.user, fresh=changes)).manages


def _profile(user: Mapping[str, Any], workspace: str, installed: bool, now: float) -> Profile:
    zone = str(user.get("tz") or "")
    enterprise = user.get("enterprise_user") or {}
    # Whoever shares a channel with us from elsewhere is no stranger to Slack, and may be an admin there.
    homes = {user.get("team_id"), enterprise.get("enterprise_id"), *(enterprise.get("teams") or ())} - {None, ""}
    elsewhere = bool(homes) and workspace not in homes
    outside = elsewhere or any(
        user.get(one) for one in ("deleted", "is_stranger", "is_restricted", "is_ultra_restricted", "is_bot")
    )
    admin = any(user.get(one) for one in ("is_admin", "is_owner", "is_primary_owner"))
    admin = admin or any(enterprise.get(one) for one in ("is_admin", "is_owner"))
    return Profile(not outside and (admin or installed), ZoneName(zone) if is_zone(zone) else UTC_ZONE, now)
