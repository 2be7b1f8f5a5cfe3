"""The workspaces we are in, and how each is talked to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.faults import NOT_TAKEN
from bot.adapters.slack.web import FAILED, Web, error_of
from bot.ports.face import FaceEnded

SCOPES = ("commands", "chat:write", "chat:write.public", "users:read", "channels:read")
"""Scopes the app asks for; docs/slack-for-it.md says why."""
OPTIONAL = frozenset({"chat:write.public"})
"""Scopes a workspace may leave out, inviting the app into channels instead."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace in which the app is installed; for an app installed in a whole organisation, that."""

    id: str
    client: AsyncWebClient
    poster: AsyncWebClient
    bot_user: str


class Workspaces(Protocol):
    """Where we are installed."""

    async def find(self, team: str | None, enterprise: str | None = None) -> Workspace | None:
        """The workspace of a team, or of the organisation it belongs to."""
        ...

    async def present(self) -> frozenset[str]:
        """The ids of all of them."""
        ...

    async def installed_by(self, id: str, user: str) -> bool:
        """Return whether it was that person who installed the app there, as far as that is still kept."""
        ...


class ChangingWorkspaces(Workspaces, Protocol):
    """The same for a running bot, which hears where the app is removed."""

    async def gone(self, workspace: Workspace) -> bool:
        """The app was removed there; False if it has another token by now."""
        ...


class OneWorkspace:
    """The workspace of the one token that is set."""

    def __init__(self, web: Web, token: str) -> None:
        self._web = web
        self._token = token
        self._found: Workspace | None = None
        self._gone = False
        self.lacking: tuple[str, ...] = ()
        """Permissions the app was installed without."""
        self.name = ""

    async def begin(self) -> None:
        """Ask Slack once whose token it is, so that no one has to wait for that later."""
        client = self._web.client(self._token)
        try:
            told = await client.auth_test()
        except SlackApiError as error:
            if error_of(error) in NOT_TAKEN or error_of(error) == "not_allowed_token_type":
                raise FaceEnded(
                    "Slack does not accept SLACK_BOT_TOKEN. Copy the Bot User OAuth Token (it begins with xoxb-) again "
                    "from the app's settings, under OAuth & Permissions."
                ) from None
            raise
        self.lacking = lacking(told.headers)
        self.name = str(told.get("team") or "")
        id = str(told.get("team_id") or told.get("enterprise_id"))
        self._found = Workspace(id, client, self._web.poster(self._token), str(told.get("user_id")))

    async def find(self, team: str | None, enterprise: str | None = None) -> Workspace | None:
        """The one there is: whoever reaches us with this token reaches us there."""
        return self._found

    async def present(self) -> frozenset[str]:
        """The one there is, unless the app was removed there."""
        if self._found is None:
            return frozenset()
        if self._gone:
            try:
                await self._found.client.auth_test()
            except FAILED:
                return frozenset()
            self._gone = False
        return frozenset({self._found.id})

    async def installed_by(self, id: str, user: str) -> bool:
        """Nobody: the token came from the operator."""
        return False

    async def gone(self, workspace: Workspace) -> bool:
        """Nothing to forget, for the token is the operator's; Slack is asked whether it was installed again."""
        self._gone = True
        return True


def lacking(headers: object) -> tuple[str, ...]:
    """The permissions a token lacks, by the headers of an answer to it; none where they do not say."""
    has = {one.strip() for one in _header(headers, "x-oauth-scopes").split(",")} - {""}
    return tuple(scope for scope in SCOPES if scope not in has | OPTIONAL) if has else ()


def _header(headers: object, name: str) -> str:
    found = headers.items() if hasattr(headers, "items") else ()
    return next((str(value) for key, value in found if str(key).lower() == name), "")
