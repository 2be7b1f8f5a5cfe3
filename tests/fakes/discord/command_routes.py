"""REST: registering commands, for everybody and for one server."""

from __future__ import annotations

from tests.fakes.discord.calls import Call, Reply, routes
from tests.fakes.discord.command_limits import check_commands
from tests.fakes.discord.errors import ApiError, refusal
from tests.fakes.discord.wire import Json

_EVERYWHERE = "/applications/{application}/commands"
_ONE_SERVER = "/applications/{application}/guilds/{guild}/commands"


def _scope(call: Call) -> str | None:
    if call.args["application"] != call.discord.application_id:
        raise refusal(10002)
    guild = call.args.get("guild")
    if guild is not None and guild not in call.discord.guilds:
        raise refusal(50001)
    return guild


def _one(call: Call) -> Json:
    found = call.discord.commands.by_id(_scope(call), call.args["command"])
    if found is None:
        raise refusal(10063)
    return found


@routes.add("GET", _EVERYWHERE)
@routes.add("GET", _ONE_SERVER)
def list_commands(call: Call) -> Reply:
    return 200, call.discord.commands.of(_scope(call))


@routes.add("PUT", _EVERYWHERE)
@routes.add("PUT", _ONE_SERVER)
def replace_commands(call: Call) -> Reply:
    scope = _scope(call)
    if not isinstance(call.body, list):
        raise ApiError(400, 50109, "The request body contains invalid JSON.")
    check_commands(call.body)
    return 200, call.discord.commands.replace(scope, call.body)


@routes.add("POST", _EVERYWHERE)
@routes.add("POST", _ONE_SERVER)
def add_command(call: Call) -> Reply:
    scope = _scope(call)
    check_commands([call.form])
    return 201, call.discord.commands.add(scope, call.form)


@routes.add("GET", _EVERYWHERE + "/{command}")
@routes.add("GET", _ONE_SERVER + "/{command}")
def get_command(call: Call) -> Reply:
    return 200, _one(call)


@routes.add("PATCH", _EVERYWHERE + "/{command}")
@routes.add("PATCH", _ONE_SERVER + "/{command}")
def edit_command(call: Call) -> Reply:
    known = _one(call)
    changed = known | call.form
    check_commands([changed])
    return 200, call.discord.commands.change(_scope(call), known, changed)


@routes.add("DELETE", _EVERYWHERE + "/{command}")
@routes.add("DELETE", _ONE_SERVER + "/{command}")
def delete_command(call: Call) -> Reply:
    call.discord.commands.remove(_scope(call), _one(call)["id"])
    return 204, None
