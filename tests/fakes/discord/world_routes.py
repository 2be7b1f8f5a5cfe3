"""REST: the bot itself, servers, roles and members."""

from __future__ import annotations

from tests.fakes.discord.calls import Call, Reply, routes
from tests.fakes.discord.errors import refusal
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.wire import Json


def guild_of(call: Call) -> Guild:
    """The server of the path; a bot that was removed has no access."""
    guild = call.discord.guilds.get(call.args["guild"])
    if guild is None:
        raise refusal(10004)
    if guild.unavailable:
        raise refusal(50001)
    return guild


@routes.add("GET", "/users/@me")
def get_me(call: Call) -> Reply:
    own = {"verified": True, "mfa_enabled": True, "email": None, "locale": "en-US"}
    return 200, call.discord.bot.payload() | own


@routes.add("GET", "/users/{user}")
def get_user(call: Call) -> Reply:
    user = call.discord.users.get(call.args["user"])
    if user is None:
        raise refusal(10013)
    return 200, user.payload()


@routes.add("GET", "/users/@me/guilds")
def my_guilds(call: Call) -> Reply:
    return 200, [
        {
            "id": guild.id,
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(int(guild.me.permissions())),
            "features": [],
        }
        for guild in call.discord.guilds.values()
    ]


@routes.add("DELETE", "/users/@me/guilds/{guild}")
def leave_guild(call: Call) -> Reply:
    guild_of(call).leave()
    return 204, None


@routes.add("GET", "/oauth2/applications/@me")
@routes.add("GET", "/applications/@me")
def get_application(call: Call) -> Reply:
    return 200, application(call)


def application(call: Call) -> Json:
    discord = call.discord
    return {
        "id": discord.application_id,
        "name": discord.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "owner": discord.owner.payload(),
        "team": None,
        "bot": discord.bot.payload(),
        "approximate_guild_count": len(discord.guilds),
    }


@routes.add("GET", "/gateway", needs_token=False)
def get_gateway(call: Call) -> Reply:
    return 200, {"url": call.discord.gateway_url}


@routes.add("GET", "/gateway/bot")
def get_gateway_bot(call: Call) -> Reply:
    discord = call.discord
    used = discord.gateway.identifies
    return 200, {
        "url": discord.gateway_url,
        "shards": discord.shards,
        "session_start_limit": {
            "total": 1000,
            "remaining": max(0, 1000 - used),
            "reset_after": 86_400_000,
            "max_concurrency": discord.max_concurrency,
        },
    }


@routes.add("GET", "/guilds/{guild}")
def get_guild(call: Call) -> Reply:
    return 200, guild_of(call).payload()


@routes.add("GET", "/guilds/{guild}/channels")
def get_channels(call: Call) -> Reply:
    return 200, [one.payload() for one in guild_of(call).channels.values() if not one.is_thread]


@routes.add("GET", "/guilds/{guild}/threads/active")
def active_threads(call: Call) -> Reply:
    threads = [one for one in guild_of(call).channels.values() if one.is_thread and not one.archived]
    return 200, {"threads": [one.payload() for one in threads], "members": [], "has_more": False}


@routes.add("GET", "/guilds/{guild}/roles")
def get_roles(call: Call) -> Reply:
    return 200, [role.payload() for role in guild_of(call).roles.values()]


@routes.add("GET", "/guilds/{guild}/roles/{role}")
def get_role(call: Call) -> Reply:
    role = guild_of(call).roles.get(call.args["role"])
    if role is None:
        raise refusal(10011)
    return 200, role.payload()


@routes.add("GET", "/guilds/{guild}/members/{user}")
def get_member(call: Call) -> Reply:
    guild = guild_of(call)
    member = guild.members.get(call.discord.bot.id if call.args["user"] == "@me" else call.args["user"])
    if member is None:
        raise refusal(10007)
    return 200, member.payload()
