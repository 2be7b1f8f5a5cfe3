"""Meaning of Slack's errors for a post: refused, later, or nobody knows."""

from __future__ import annotations

import math

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.adapters.slack.web import error_of, needed_scope, status_of
from bot.ports.publisher import Later, PostResult, Refused, Uncertain

INVITE = "Studybot is not in that channel. Open it and type /invite @Studybot there."
NOT_FOUND = (
    "Slack does not show Studybot that channel: it was deleted, or it is private. In a private channel, type "
    "/invite @Studybot first."
)
REASONS = {
    "channel_not_found": NOT_FOUND,
    "not_in_channel": INVITE,
    "is_archived": "The channel is archived. Unarchive it, or choose another.",
    "is_inactive": "The channel is archived. Unarchive it, or choose another.",
    "restricted_action": "Only some people may post in that channel. Let apps post there, or choose another.",
    "restricted_action_read_only_channel": "That channel is read-only. Let apps post there, or choose another.",
    "restricted_action_thread_only_channel": "That channel takes threads only. Choose another.",
    "restricted_action_non_threadable_channel": "That channel takes no threads. Choose another.",
    "message_not_found": "The message was deleted.",
    "cant_update_message": "The message is not one of Studybot's.",
    "edit_window_closed": "The workspace lets messages be edited for a short time only.",
    "msg_too_long": "The message is longer than Slack takes.",
    "msg_blocks_too_long": "The message is longer than Slack takes.",
    "invalid_blocks": "Slack found the message malformed, which is our fault; please report it.",
    "no_permission": "Slack does not permit it there. Ask an admin of the workspace to approve Studybot.",
    "ekm_access_denied": "The workspace's admins have suspended posting (enterprise key management).",
    "team_access_not_granted": "Studybot is not allowed in that workspace. Ask an admin to approve it.",
    "message_limit_exceeded": "The workspace has reached its limit of messages; an admin can raise it.",
    "messages_tab_disabled": "Messages to that person are switched off for this app.",
}
APP_GONE = frozenset({"account_inactive", "token_revoked"})
"""The app was removed, or its token taken back."""
NOT_TAKEN = APP_GONE | {"invalid_auth", "not_authed", "token_expired"}
"""The token is not taken. That alone is no removal: ``invalid_auth`` is also said to a good token that comes from an
address which the app does not allow."""
LIMITED = frozenset({"ratelimited", "rate_limited"})
PASSING_ERRORS = frozenset(
    {
        "service_unavailable",
        "request_timeout",
        "accesslimited",
        "team_added_to_org",
        "org_login_required",
        "external_channel_migrating",
        "update_failed",
    }
)
"""Slack is moving something, or broke before anything was done."""
UNTOLD = frozenset({"fatal_error", "internal_error"})
"""Slack's documentation says of these that part of it may have been done."""
PASSING = 30.0


def result(error: Exception) -> PostResult:
    """Turn the failure of a post into its result."""
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ClientHttpProxyError | aiohttp.ConnectionTimeoutError):
        return Later(PASSING)  # the line was never there, so nothing was sent
    if not isinstance(error, SlackApiError):
        return Uncertain()
    name = error_of(error)
    if name in LIMITED or status_of(error) == 429:
        return Later(retry_after(error))
    if name in UNTOLD or status_of(error) >= 500 or name.startswith("HTTP "):
        return Uncertain()
    if name in NOT_TAKEN or name in PASSING_ERRORS:
        return Later(PASSING)
    if name == "missing_scope":
        return Refused(missing(error))
    return Refused(REASONS.get(name, f"Slack does not allow it there (error {name})."))


def edited(error: Exception) -> PostResult:
    """Turn the failure of an edit into its result: one that may have worked is tried again, which does no harm."""
    became = result(error)
    return Later(PASSING) if isinstance(became, Uncertain) else became


def missing(error: Exception) -> str:
    """Which permission is missing, and what to do."""
    return (
        f"Studybot lacks the permission {needed_scope(error)} in this workspace. Add it in the app's settings and "
        "install the app again."
    )


def limited_for(error: Exception) -> float:
    """The seconds for which Slack takes no such call; none after another fault."""
    if isinstance(error, SlackApiError) and (error_of(error) in LIMITED or status_of(error) == 429):
        return retry_after(error)
    return 0.0


def retry_after(error: SlackApiError) -> float:
    """The seconds Slack asks to wait."""
    headers = {str(name).lower(): value for name, value in (error.response.headers or {}).items()}
    try:
        seconds = float(headers.get("retry-after", PASSING))
    except (TypeError, ValueError):
        return PASSING
    return seconds if 0 <= seconds < math.inf else PASSING
