"""users.*: who someone is."""

from __future__ import annotations

from tests.fakes.slack.api.call import Call
from tests.fakes.slack.api.refused import Refused
from tests.fakes.slack.wire import JsonObject, is_true


def info(call: Call) -> JsonObject:
    """users.info"""
    user = call.workspace.users.get(call.needed("user"))
    if user is None:
        raise Refused("user_not_found")
    with_locale = is_true(call.arguments.get("include_locale"))
    return {"user": user.as_json(call.world.clock.now(), with_locale=with_locale)}


def list_users(call: Call) -> JsonObject:
    """users.list"""
    now = call.world.clock.now()
    members = [user.as_json(now) for user in call.workspace.users.values() if not user.is_stranger]
    return call.page(members, "members")


def list_groups(call: Call) -> JsonObject:
    """usergroups.list"""
    with_off = is_true(call.arguments.get("include_disabled"))
    return {"usergroups": [group.as_json() for group in call.workspace.groups.values() if with_off or not group.off]}
