"""Installing the app in a workspace: from our page to Slack's page of consent and back, through Bolt's OAuth flow."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from html import escape

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.adapters.slack.installed import InstalledWorkspaces
from bot.adapters.slack.web import Web
from bot.adapters.slack.workspaces import SCOPES
from bot.commands.member_memory import RateLimit
from bot.ports.clock import Clock
from bot.ports.storage import Transact

log = logging.getLogger(__name__)

STATE_GOOD_FOR = timedelta(minutes=10)
INSTALL, BACK = "/slack/install", "/slack/oauth_redirect"
REASONS = {
    "access_denied": "Nothing was installed: it was not allowed on Slack's page.",
    "invalid_browser": "Nothing was installed: this page was not opened in the browser the installation began in.",
    "invalid_state": "Nothing was installed: the installation was begun more than ten minutes ago, or used already.",
    "invalid_code": "Nothing was installed: Slack did not accept the code it gave, or it was used already.",
}
VISITS_AT_ONCE = 60
"""Times that a page is opened before it is only once a second."""
TOO_MANY = "Too many are installing at this moment. Please try again in a minute."
OTHERWISE = "Nothing was installed: Slack's answer was not complete."
DONE = (
    "Studybot is installed in {name}. Open the channel that shall have a question a day and type "
    "/study config there; one short form does it."
)


class _States(AsyncOAuthStateStore):
    """States of those on their way, in our database."""

    def __init__(self, transact: Transact, clock: Clock) -> None:
        self._transact = transact
        self._clock = clock

    @property
    def logger(self) -> logging.Logger:
        return log

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        state, now = secrets.token_urlsafe(24), self._clock.now()
        await self._transact.write(lambda uow: uow.installations.issue(state, now + STATE_GOOD_FOR, now))
        return state

    async def async_consume(self, state: str) -> bool:
        now = self._clock.now()
        return await self._transact.write(lambda uow: uow.installations.consume(state, now))


class _Store(AsyncInstallationStore):
    """Hands what Slack gave on to our own store."""

    def __init__(self, workspaces: InstalledWorkspaces, installed: Callable[[str, str], Awaitable[None]]) -> None:
        self._workspaces = workspaces
        self._installed = installed

    @property
    def logger(self) -> logging.Logger:
        return log

    async def async_save(self, installation: Installation) -> None:
        id = installation.enterprise_id if installation.is_enterprise_install else installation.team_id
        if not id or not installation.bot_token:
            raise ValueError("Slack gave no token")
        installer = installation.user_id or ""
        await self._workspaces.keep(id, installation.bot_token, installation.bot_user_id or "", installer)
        await self._installed(id, installer)


class Installing:
    """The two pages of an installation."""

    def __init__(
        self,
        web_: Web,
        transact: Transact,
        clock: Clock,
        workspaces: InstalledWorkspaces,
        installed: Callable[[str, str], Awaitable[None]],
        client_id: str,
        client_secret: str,
    ) -> None:
        """``installed`` hears of a workspace and who installed the app there."""
        self._web = web_
        self._clock = clock
        # Anyone may open these pages, and each time something is written.
        self._limit = RateLimit(VISITS_AT_ONCE, 1.0)
        self._settings = AsyncOAuthSettings(
            client_id=client_id,
            client_secret=client_secret,
            scopes=list(SCOPES),
            install_path=INSTALL,
            redirect_uri_path=BACK,
            installation_store=_Store(workspaces, installed),
            state_store=_States(transact, clock),
            state_expiration_seconds=int(STATE_GOOD_FOR.total_seconds()),
            callback_options=AsyncCallbackOptions(success=_done, failure=_failed),
        )

    async def begin(self, request: web.BaseRequest) -> web.Response:
        """The page that leads to Slack."""
        if not self._admits(INSTALL):
            return await to_aiohttp_response(_page(429, TOO_MANY))
        return await to_aiohttp_response(await self._flow().handle_installation(_for_bolt(request)))

    async def come_back(self, request: web.BaseRequest) -> web.Response:
        """The page Slack leads back to."""
        if not self._admits(BACK):
            return await to_aiohttp_response(_page(429, TOO_MANY))
        try:
            return await to_aiohttp_response(await self._flow().handle_callback(_for_bolt(request)))
        except Exception:
            log.exception("installing on Slack failed")
            return await to_aiohttp_response(
                _page(500, "Nothing was installed, and it is our fault. Please try again.")
            )

    def _admits(self, page: str) -> bool:
        return self._limit.admits(("slack", "anyone", page), self._clock.now())

    def _flow(self) -> AsyncOAuthFlow:
        return AsyncOAuthFlow(client=self._web.client(None), logger=_QUIET, settings=self._settings)


# Bolt writes the code it exchanged into its log.
_QUIET = logging.getLogger(f"{__name__}.bolt")
_QUIET.setLevel(logging.CRITICAL)


def _for_bolt(request: web.BaseRequest) -> AsyncBoltRequest:
    """The request without a body, which neither page takes."""
    headers: dict[str, str | Sequence[str]] = {name: request.headers.getall(name) for name in request.headers}
    return AsyncBoltRequest(body="", query=request.query_string, headers=headers)


async def _done(args: AsyncSuccessArgs) -> BoltResponse:
    return _page(200, DONE.format(name=args.installation.team_name or args.installation.enterprise_name or "Slack"))


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    # The reason stands in the address, where anyone can write.
    log.warning("an installation on Slack did not come about: %s", args.reason if args.reason in REASONS else "unknown")
    sentence = REASONS.get(args.reason, OTHERWISE)
    return _page(args.suggested_status_code, f"{sentence} Go back to {INSTALL} to start over.")


def _page(status: int, sentence: str) -> BoltResponse:
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Studybot</title>'
        f"<body><h1>Studybot</h1><p>{escape(sentence)}</p></body></html>"
    )
    return BoltResponse(status=status, body=body, headers={"Content-Type": "text/html; charset=utf-8"})
