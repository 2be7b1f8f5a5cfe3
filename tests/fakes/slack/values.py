"""Values a person puts into an element, as Slack sends them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tests.fakes.slack.channel import Channel
from tests.fakes.slack.elements import STATELESS, Element, elements_of
from tests.fakes.slack.wire import JsonObject

Put = str | int | None | Channel | Sequence[str]
"""What a test puts in: a text, an option's text or value, a channel or its id, several of them, or nothing."""

_ID_KEYS = {
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "users_select": "selected_user",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "multi_users_select": "selected_users",
}
_TEXTS = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})


def first_state(blocks: list[JsonObject], here: str | None = None) -> dict[str, dict[str, JsonObject]]:
    """The values elements hold before anyone touched them. ``here`` is the conversation the person is in."""
    values: dict[str, dict[str, JsonObject]] = {}
    for element in elements_of(blocks):
        if element.type not in STATELESS:
            values.setdefault(element.block_id, {})[element.action_id] = _initial(element, here)
    return values


def _initial(element: Element, here: str | None) -> JsonObject:
    body = element.body
    state: JsonObject = {"type": element.type}
    match element.type:
        case "static_select" | "external_select" | "radio_buttons":
            state["selected_option"] = body.get("initial_option")
        case "checkboxes" | "multi_static_select" | "multi_external_select":
            state["selected_options"] = body.get("initial_options") or []
        case "timepicker":
            state["selected_time"] = body.get("initial_time")
        case "datepicker":
            state["selected_date"] = body.get("initial_date")
        case "datetimepicker":
            state["selected_date_time"] = body.get("initial_date_time")
        case type if type in _ID_KEYS:
            key = _ID_KEYS[type]
            initial = body.get(key.replace("selected", "initial"))
            if initial is None and body.get("default_to_current_conversation"):
                initial = here
            state[key] = initial if initial is not None or not key.endswith("s") else []
        case _:
            state["value"] = body.get("initial_value")
    return state


def held(element: Element, put: Put, offered: list[JsonObject] | None = None) -> JsonObject:
    """The state of the element after a person put that in; an AssertionError if it cannot be put in."""
    state: JsonObject = {"type": element.type}
    several = [] if put is None else [put] if isinstance(put, str | int | Channel) else list(put)
    match element.type:
        case "static_select" | "external_select" | "radio_buttons" | "overflow":
            state["selected_option"] = None if put is None else element.option(str(put), offered)
        case "checkboxes" | "multi_static_select" | "multi_external_select":
            state["selected_options"] = [element.option(str(one), offered) for one in several]
        case "timepicker":
            assert put is None or re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(put)), f"no time of day: {put!r}"
            state["selected_time"] = put
            if "timezone" in element.body:
                state["timezone"] = element.body["timezone"]
        case "datepicker":
            state["selected_date"] = None if put is None else date.fromisoformat(str(put)).isoformat()
        case "datetimepicker":
            state["selected_date_time"] = put
        case type if type in _ID_KEYS:
            ids = [one.id if isinstance(one, Channel) else str(one) for one in several]
            key = _ID_KEYS[type]
            state[key] = ids if key.endswith("s") else (ids[0] if ids else None)
        case type if type in _TEXTS:
            state["value"] = None if put is None or put == "" else str(put)
        case type:
            raise AssertionError(f"nothing can be put into a {type}")
    return state


def is_empty(state: JsonObject) -> bool:
    """Return whether nothing is put in."""
    return not any(value for key, value in state.items() if key not in ("type", "timezone"))


def wrong_length(element: Element, state: JsonObject) -> str | None:
    """The sentence Slack writes under a text of a wrong length."""
    text = state.get("value")
    if element.type != "plain_text_input" or not isinstance(text, str):
        return None
    least = int(element.body.get("min_length") or 0)
    most = int(element.body.get("max_length") or 3000)
    if len(text) < least:
        return f"Please enter at least {least} characters."
    if len(text) > most:
        return f"Please enter at most {most} characters."
    return None
