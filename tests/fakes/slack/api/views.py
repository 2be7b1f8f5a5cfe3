"""views.*: modals and Home tabs."""

from __future__ import annotations

from tests.fakes.slack.api.call import Call
from tests.fakes.slack.api.chat import explained
from tests.fakes.slack.api.refused import Refused
from tests.fakes.slack.checks.surfaces import view_is_too_large
from tests.fakes.slack.view import STACK_LIMIT, View
from tests.fakes.slack.wire import JsonObject


def open_view(call: Call) -> JsonObject:
    """views.open"""
    body = _checked(call, "modal")
    trigger = call.world.triggers.exchange(call.needed("trigger_id"), call.workspace.id)
    view = call.world.make_view(call.workspace, trigger.user_id, body, here=trigger.seen.channel_id)
    call.workspace.stack(trigger.user_id).clear()
    call.world.show(call.workspace, view, trigger.seen)
    return {"view": view.as_json()}


def push(call: Call) -> JsonObject:
    """views.push"""
    body = _checked(call, "modal")
    trigger = call.world.triggers.exchange(call.needed("trigger_id"), call.workspace.id)
    stack = call.workspace.stack(trigger.user_id)
    if not stack:
        raise Refused("not_found")
    if len(stack) >= STACK_LIMIT:
        raise Refused("push_limit_reached")
    view = call.world.make_view(call.workspace, trigger.user_id, body, onto=stack[-1], here=trigger.seen.channel_id)
    call.world.show(call.workspace, view, trigger.seen)
    return {"view": view.as_json()}


def update(call: Call) -> JsonObject:
    """views.update"""
    view = _wanted(call)
    body = _checked(call, view.type)
    _check_hash(call, view)
    call.world.update_view(view, body)
    return {"view": view.as_json()}


def publish(call: Call) -> JsonObject:
    """views.publish"""
    user = call.workspace.users.get(call.needed("user_id"))
    if user is None or user.deleted or user.is_stranger:
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] invalid `user_id`"]})
    if not call.world.manifest.home_tab:
        raise Refused("not_enabled")
    body = _checked(call, "home")
    home = call.workspace.homes.get(user.id)
    if home is not None:
        _check_hash(call, home)
    return {"view": call.world.publish(call.workspace, user.id, body).as_json()}


def _wanted(call: Call) -> View:
    id, external = call.text("view_id"), call.text("external_id")
    view = call.workspace.views.get(id)
    if view is None and external:
        view = next((one for one in call.workspace.views.values() if one.body.get("external_id") == external), None)
    if view is None:
        raise Refused("not_found")
    return view


def _check_hash(call: Call, view: View) -> None:
    given = call.text("hash")
    if given and given != view.hash:
        raise Refused("hash_conflict")


def _checked(call: Call, type: str) -> JsonObject:
    view = call.arguments.get("view")
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: view"]})
    if view_is_too_large(view):
        raise Refused("view_too_large")
    refused = call.world.check_view(view, call.method)
    if view.get("type") != type:
        call.world.note(call.method, f"a view of type {view.get('type')!r} where {type} is wanted")
        raise Refused("invalid_arguments", **explained(refused))
    if refused:
        raise Refused("invalid_arguments", **explained(refused))
    external = view.get("external_id")
    if external and call.method != "views.update":
        taken = [one for one in call.workspace.views.values() if one.body.get("external_id") == external]
        if taken and not (type == "home" and taken == [call.workspace.homes.get(call.text("user_id"))]):
            raise Refused("duplicate_external_id")
    return view
