"""A submitted form: what Slack itself refuses, what goes with it, and what comes of the app's answer."""

from __future__ import annotations

from tests.fakes.slack.elements import elements_of
from tests.fakes.slack.seen import Seen
from tests.fakes.slack.team import Team
from tests.fakes.slack.values import is_empty, wrong_length
from tests.fakes.slack.view import STACK_LIMIT, View
from tests.fakes.slack.wire import JsonObject, a_string, an_object
from tests.fakes.slack.world import World

REQUIRED = "Please complete this required field."
"""What Slack writes under a field that was left empty."""

_SOURCE = "the answer to a submitted form"


def errors_before_sending(view: View) -> dict[str, str]:
    """The errors Slack writes under fields without asking the app, by block id."""
    errors: dict[str, str] = {}
    for element in elements_of(view.blocks):
        state = view.values.get(element.block_id, {}).get(element.action_id, {})
        if element.is_input and not element.optional and is_empty(state):
            errors[element.block_id] = REQUIRED
        elif (sentence := wrong_length(element, state)) is not None:
            errors[element.block_id] = sentence
    return errors


def response_urls_of(world: World, team: Team, view: View, seen: Seen) -> list[JsonObject]:
    """A response url for each picker of the form that asked for one."""
    urls: list[JsonObject] = []
    for element in elements_of(view.blocks):
        state = view.values.get(element.block_id, {}).get(element.action_id, {})
        chosen = a_string(state.get("selected_conversation") or state.get("selected_channel"))
        if element.body.get("response_url_enabled") and chosen in team.channels:
            url = world.response_urls.give(team, team.channels[chosen], view.user_id, seen)
            place = {"block_id": element.block_id, "action_id": element.action_id, "channel_id": chosen}
            urls.append({**place, "response_url": url.url})
    return urls


def apply_submission(world: World, team: Team, view: View, said: JsonObject | None, seen: Seen) -> None:
    """Do with the form what the app answered."""
    action = (said or {}).get("response_action")
    match action:
        case None:
            for key in said or {}:
                world.note(_SOURCE, f"{key} means nothing without response_action")
            world.close_top(team, view.user_id)
            seen.closed = True
        case "clear":
            world.clear(team, view.user_id)
            seen.closed = True
        case "errors":
            _show_errors(world, view, an_object((said or {}).get("errors")), seen)
        case "update" | "push":
            _show_view(world, team, view, an_object((said or {}).get("view")), seen, push=action == "push")
        case _:
            world.note(_SOURCE, f"response_action is {action!r}; errors, update, push or clear is allowed")
            seen.error = "dispatch_failed"


def _show_errors(world: World, view: View, errors: JsonObject, seen: Seen) -> None:
    inputs = {element.block_id for element in elements_of(view.blocks) if element.is_input}
    if not errors:
        world.note(_SOURCE, "errors is empty")
        seen.error = "dispatch_failed"
    for block_id, sentence in errors.items():
        if block_id not in inputs:
            world.note(_SOURCE, f"{block_id!r} is no input block of the form; there is {sorted(inputs)}")
            seen.error = "dispatch_failed"
        elif not isinstance(sentence, str) or not sentence:
            world.note(_SOURCE, f"the error of {block_id!r} must be a sentence")
            seen.error = "dispatch_failed"
        else:
            seen.errors[block_id] = sentence
    world.changes.notify()


def _show_view(world: World, team: Team, view: View, body: JsonObject, seen: Seen, *, push: bool) -> None:
    if world.check_view(body, _SOURCE) or body.get("type") != "modal":
        seen.error = "dispatch_failed"
    elif not push:
        world.update_view(view, body, seen)
    elif len(team.stack(view.user_id)) >= STACK_LIMIT:
        world.note(_SOURCE, f"only {STACK_LIMIT} forms may lie on each other")
        seen.error = "dispatch_failed"
    else:
        world.show(team, world.make_view(team, view.user_id, body, onto=view), seen)
