"""People of a workspace: members, admins, guests, strangers, and those who left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.fakes.slack.wire import JsonObject, seconds


@dataclass(slots=True)
class User:
    """A person's account as a workspace knows it."""

    id: str
    team_id: str
    name: str
    is_admin: bool = False
    is_owner: bool = False
    is_primary_owner: bool = False
    is_restricted: bool = False
    """A guest of several channels."""
    is_ultra_restricted: bool = False
    """A guest of one channel."""
    is_bot: bool = False
    deleted: bool = False
    is_stranger: bool = False
    """From another workspace, met in a shared channel."""
    tz: str = "Europe/Berlin"
    locale: str = "en-GB"
    enterprise_id: str | None = None
    is_enterprise_admin: bool = False

    def as_json(self, now: datetime, *, with_locale: bool = False) -> JsonObject:
        """The answer of ``users.info``: little of who left or belongs elsewhere, all of a member."""
        base: JsonObject = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "profile": {"real_name": self.name.capitalize(), "display_name": self.name, "team": self.team_id},
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": seconds(now),
        }
        if self.deleted:
            return base
        offset = now.astimezone(ZoneInfo(self.tz)).utcoffset()
        base |= {
            "real_name": self.name.capitalize(),
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        }
        if with_locale:
            base["locale"] = self.locale
        if self.is_stranger:
            return base | {"is_stranger": True}
        base |= {
            "is_admin": self.is_admin or self.is_owner,
            "is_owner": self.is_owner,
            "is_primary_owner": self.is_primary_owner,
            "is_restricted": self.is_restricted or self.is_ultra_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "who_can_share_contact_card": "EVERYONE",
            "is_email_confirmed": True,
        }
        if self.enterprise_id is not None:
            base["enterprise_user"] = {
                "id": self.id,
                "enterprise_id": self.enterprise_id,
                "enterprise_name": "The enterprise",
                "is_admin": self.is_enterprise_admin,
                "is_owner": False,
                "teams": [self.team_id],
            }
        return base
