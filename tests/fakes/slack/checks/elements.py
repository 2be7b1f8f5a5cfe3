"""The elements of blocks: what each may and must carry."""

from __future__ import annotations

import re

from tests.fakes.slack.checks.findings import Findings
from tests.fakes.slack.checks.options import OPTIONS_LIMIT, check_groups, check_options
from tests.fakes.slack.checks.texts import check_text
from tests.fakes.slack.wire import JsonObject, objects

_COMMON = {"action_id", "confirm", "focus_on_load"}
_MENU = _COMMON | {"placeholder"}
_CONVERSATION = {"default_to_current_conversation", "filter"}

KEYS: dict[str, set[str]] = {
    "button": {"action_id", "text", "value", "url", "style", "confirm", "accessibility_label"},
    "overflow": {"action_id", "options", "confirm"},
    "static_select": _MENU | {"options", "option_groups", "initial_option"},
    "external_select": _MENU | {"min_query_length", "initial_option"},
    "users_select": _MENU | {"initial_user"},
    "conversations_select": _MENU | _CONVERSATION | {"initial_conversation", "response_url_enabled"},
    "channels_select": _MENU | {"initial_channel", "response_url_enabled"},
    "multi_static_select": _MENU | {"options", "option_groups", "initial_options", "max_selected_items"},
    "multi_external_select": _MENU | {"min_query_length", "initial_options", "max_selected_items"},
    "multi_users_select": _MENU | {"initial_users", "max_selected_items"},
    "multi_conversations_select": _MENU | _CONVERSATION | {"initial_conversations", "max_selected_items"},
    "multi_channels_select": _MENU | {"initial_channels", "max_selected_items"},
    "timepicker": _MENU | {"initial_time", "timezone"},
    "datepicker": _MENU | {"initial_date"},
    "datetimepicker": _COMMON | {"initial_date_time"},
    "checkboxes": _COMMON | {"options", "initial_options"},
    "radio_buttons": _COMMON | {"options", "initial_option"},
    "plain_text_input": {
        "action_id",
        "placeholder",
        "initial_value",
        "multiline",
        "min_length",
        "max_length",
        "dispatch_action_config",
        "focus_on_load",
    },
    "number_input": {
        "action_id",
        "placeholder",
        "is_decimal_allowed",
        "initial_value",
        "min_value",
        "max_value",
        "dispatch_action_config",
        "focus_on_load",
    },
    "email_text_input": {"action_id", "placeholder", "initial_value", "dispatch_action_config", "focus_on_load"},
    "url_text_input": {"action_id", "placeholder", "initial_value", "dispatch_action_config", "focus_on_load"},
}

ONLY_INPUT = frozenset({"plain_text_input", "number_input", "email_text_input", "url_text_input"})
NEVER_INPUT = frozenset({"button", "overflow"})
NEVER_ACCESSORY = ONLY_INPUT
_NEEDED = {
    "button": ("text",),
    "overflow": ("options",),
    "checkboxes": ("options",),
    "radio_buttons": ("options",),
    "number_input": ("is_decimal_allowed",),
}
_MOST = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}


def check_element(findings: Findings, path: str, element: JsonObject) -> None:
    """One element a person can do something with."""
    type = element.get("type")
    if not isinstance(type, str) or type not in KEYS:
        findings.add(f"{path}.type", f"is {type!r}, which is no element known here")
        return
    findings.keys(path, element, KEYS[type], _NEEDED.get(type, ()))
    findings.length(f"{path}.action_id", element.get("action_id"), 255)
    check_text(findings, f"{path}.placeholder", element.get("placeholder"), 150, plain=True)
    for flag in ("focus_on_load", "multiline", "default_to_current_conversation", "response_url_enabled"):
        findings.flag(f"{path}.{flag}", element.get(flag))
    _check_button(findings, path, element)
    _check_menu(findings, path, type, element)
    _check_inputs(findings, path, type, element)
    if element.get("confirm") is not None:
        _check_confirm(findings, f"{path}.confirm", element["confirm"])


def _check_button(findings: Findings, path: str, element: JsonObject) -> None:
    check_text(findings, f"{path}.text", element.get("text"), 75, plain=True)
    findings.length(f"{path}.value", element.get("value"), 2000)
    findings.length(f"{path}.url", element.get("url"), 3000)
    findings.length(f"{path}.accessibility_label", element.get("accessibility_label"), 75)
    if element.get("style") not in (None, "primary", "danger"):
        findings.add(f"{path}.style", f"is {element['style']!r}; primary or danger is allowed")


def _check_menu(findings: Findings, path: str, type: str, element: JsonObject) -> None:
    plain = type not in ("checkboxes", "radio_buttons")
    most = _MOST.get(type, OPTIONS_LIMIT)
    check_options(findings, f"{path}.options", element.get("options"), most, plain=plain, url=type == "overflow")
    check_groups(findings, f"{path}.option_groups", element.get("option_groups"))
    if type in ("static_select", "multi_static_select") and ("options" in element) == ("option_groups" in element):
        findings.add(path, "needs options or option_groups, not both")
    if "external" not in type:
        grouped = [
            option for group in objects(element.get("option_groups")) for option in objects(group.get("options"))
        ]
        available = objects(element.get("options")) + grouped
        for initial in [element.get("initial_option"), *objects(element.get("initial_options"))]:
            if initial is not None and initial not in available:
                findings.add(f"{path}.initial_option", "is not among the options, letter for letter")
    if element.get("initial_options") == []:
        findings.add(f"{path}.initial_options", "is empty; leave it out instead")


def _check_inputs(findings: Findings, path: str, type: str, element: JsonObject) -> None:
    time = element.get("initial_time")
    if time is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(time)):
        findings.add(f"{path}.initial_time", f"is {time!r}; it must be HH:mm")
    day = element.get("initial_date")
    if day is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(day)):
        findings.add(f"{path}.initial_date", f"is {day!r}; it must be YYYY-MM-DD")
    if type == "plain_text_input":
        most = element.get("max_length")
        if most is not None and not 1 <= int(most) <= 3000:
            findings.add(f"{path}.max_length", f"is {most}; 1 to 3000 are allowed")
        least = element.get("min_length")
        if least is not None and not 0 <= int(least) <= int(most or 3000):
            findings.add(f"{path}.min_length", f"is {least}; 0 to max_length are allowed")
        findings.length(f"{path}.initial_value", element.get("initial_value"), int(most or 3000), least=0)


def _check_confirm(findings: Findings, path: str, confirm: object) -> None:
    if not isinstance(confirm, dict):
        findings.add(path, "must be an object")
        return
    findings.keys(path, confirm, {"title", "text", "confirm", "deny", "style"}, ("title", "text", "confirm", "deny"))
    check_text(findings, f"{path}.title", confirm.get("title"), 100, plain=True)
    check_text(findings, f"{path}.text", confirm.get("text"), 300)
    check_text(findings, f"{path}.confirm", confirm.get("confirm"), 30, plain=True)
    check_text(findings, f"{path}.deny", confirm.get("deny"), 30, plain=True)
    if confirm.get("style") not in (None, "primary", "danger"):
        findings.add(f"{path}.style", f"is {confirm['style']!r}; primary or danger is allowed")
