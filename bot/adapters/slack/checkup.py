"""The doctor's questions to Slack: are the tokens good, are all scopes there, may each daily question be posted?"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from slack_sdk.errors import SlackApiError

from bot.adapters.slack.faults import APP_GONE, NOT_TAKEN
from bot.adapters.slack.socket_mode import FATAL, MAKE_ONE
from bot.adapters.slack.web import FAILED, Web, error_of, needed_scope
from bot.adapters.slack.workspaces import SCOPES, OneWorkspace, Workspace, Workspaces, lacking
from bot.ports.face import Check, FaceEnded, TrackToCheck

UNREACHABLE = "Slack cannot be reached from here. Check the network, and SLACK_API_URL if it is set."
NOT_FROM_HERE = (
    "Slack does not take its token from here. If the app's settings name the addresses it may be used from, add this "
    "machine's; otherwise install the app there again."
)


async def check_one(
    api_url: str | None, bot_token: str, app_token: str | None, tracks: Sequence[TrackToCheck]
) -> AsyncIterator[Check]:
    """The one workspace whose token is set."""
    async with Web(api_url) as web:
        one = OneWorkspace(web, bot_token)
        try:
            await one.begin()
        except FaceEnded as ended:
            yield Check("SLACK_BOT_TOKEN", False, ended.sentence)
            return
        except FAILED:
            yield Check("Slack", False, UNREACHABLE)
            return
        yield Check("SLACK_BOT_TOKEN", True, f"accepted, in {one.name}")
        yield _scopes("Slack scopes", one.lacking)
        if app_token is not None:
            yield await _app_token(web, app_token)
        async for found in _tracks(one, tracks):
            yield found


def _scopes(what: str, lacking: Sequence[str]) -> Check:
    if not lacking:
        return Check(what, True, "all there")
    told = f"{', '.join(lacking)} lacking. Add them in the app's settings and install the app again."
    return Check(what, False, told)


async def _app_token(web: Web, app_token: str) -> Check:
    try:
        # Asked for and not used: a line that nobody takes is none.
        await web.client(None).apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        told = FATAL.get(error_of(error), f"Slack gives no line ({error_of(error)}).")
        return Check("SLACK_APP_TOKEN", False, f"{told} {MAKE_ONE}")
    except FAILED:
        return Check("Slack", False, UNREACHABLE)
    return Check("SLACK_APP_TOKEN", True, "accepted; Socket Mode gives a line")


async def check_many(
    workspaces: Workspaces, there: Sequence[str], tracks: Sequence[TrackToCheck]
) -> AsyncIterator[Check]:
    """Every workspace that installed the app."""
    where = f"in {len(there)}" if there else "in none. Open /slack/install at your address to install it."
    yield Check("Slack workspaces", bool(there), where)
    for id in there:
        workspace = await workspaces.find(id)
        if workspace is None:
            yield Check(f"Workspace {id}", False, "its token cannot be decrypted. Add the key it was kept with.")
            continue
        try:
            told = await workspace.client.auth_test()
        except FAILED as error:
            yield Check(f"Workspace {id}", False, _no_workspace(error_of(error)))
        else:
            yield _scopes(f"Workspace {id}, scopes", lacking(told.headers))
    async for found in _tracks(workspaces, tracks):
        yield found


def _no_workspace(error: str) -> str:
    if error in APP_GONE:
        return "the app was removed there."
    return NOT_FROM_HERE if error in NOT_TAKEN else UNREACHABLE


async def _tracks(workspaces: Workspaces, tracks: Sequence[TrackToCheck]) -> AsyncIterator[Check]:
    for track in tracks:
        workspace = await workspaces.find(track.community)
        if workspace is None or (len(await workspaces.present()) == 1 and workspace.id != track.community):
            yield Check(f"Daily question {track.when}", False, "Studybot is not in its workspace. Install it again.")
        else:
            yield await _track(workspace, track)


async def _track(workspace: Workspace, track: TrackToCheck) -> Check:
    try:
        told = await workspace.client.conversations_info(channel=track.place)
    except FAILED as error:
        what = f"Daily question {track.when}"
        if error_of(error) == "channel_not_found":
            return Check(what, False, "its channel was deleted, or it is private and Studybot is not in it.")
        if error_of(error) == "missing_scope" and needed_scope(error) in SCOPES:
            return Check(what, False, f"its channel cannot be looked at without {needed_scope(error)}.")
        if error_of(error) == "missing_scope":
            return Check(what, True, f"in a private channel, which cannot be looked at; {track.last}")
        return Check(what, False, f"Slack does not show its channel ({error_of(error)}). Move it in /study config.")
    channel = told.get("channel") or {}
    what = f"#{channel.get('name')}"
    if channel.get("is_archived"):
        return Check(what, False, "the channel is archived. Unarchive it, or move the question in /study config.")
    return Check(what, True, f"may post, {track.when}; {track.last}")
