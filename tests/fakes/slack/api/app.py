"""auth.*, oauth.*, team.*: who the app is, where it is installed, and how it gets there."""

from __future__ import annotations

from tests.fakes.slack.api.call import Call
from tests.fakes.slack.api.refused import Refused
from tests.fakes.slack.wire import JsonObject
from tests.fakes.slack.world import APP_ID, World


def auth_test(call: Call) -> JsonObject:
    """auth.test"""
    workspace = call.workspace
    told: JsonObject = {
        "url": f"https://{workspace.name}.slack.com/",
        "team": workspace.name,
        "user": "studybot",
        "team_id": workspace.id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }
    return told if workspace.enterprise_id is None else told | {"enterprise_id": workspace.enterprise_id}


def team_info(call: Call) -> JsonObject:
    """team.info"""
    team: JsonObject = {"id": call.workspace.id, "name": call.workspace.name, "domain": call.workspace.name}
    if call.workspace.enterprise_id is not None:
        team |= {"enterprise_id": call.workspace.enterprise_id, "enterprise_name": "The enterprise"}
    return {"team": team}


def oauth_access(world: World, arguments: JsonObject, credentials: tuple[str, str]) -> JsonObject:
    """oauth.v2.access: a code for a token, once."""
    client_id, client_secret = credentials
    if client_id != world.client_id:
        raise Refused("invalid_client_id")
    if client_secret != world.client_secret:
        raise Refused("bad_client_secret")
    name = str(arguments.get("code") or "")
    if name in world.used_codes:
        raise Refused("code_already_used")
    code = world.codes.get(name)
    if code is None:
        raise Refused("invalid_code")
    if code.redirect_uri is not None and arguments.get("redirect_uri") != code.redirect_uri:
        raise Refused("bad_redirect_uri")
    world.used_codes.add(name)
    workspace = code.workspace
    token = workspace.install()
    return {
        "app_id": APP_ID,
        "authed_user": {"id": code.user_id},
        "scope": ",".join(sorted(workspace.scopes)),
        "token_type": "bot",
        "access_token": token,
        "bot_user_id": workspace.bot_user_id,
        "team": {"id": workspace.id, "name": workspace.name},
        "enterprise": workspace.enterprise(),
        "is_enterprise_install": False,
    }
