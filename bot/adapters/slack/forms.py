"""Forms as modals, with Slack's own pickers, and back to the raw texts of their fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.adapters.slack.cards import (
    METADATA,
    OPTION,
    OPTIONS,
    PLACEHOLDER,
    TYPED,
    VIEW_BLOCKS,
    VIEW_BYTES,
    VIEW_TITLE,
    Json,
    Names,
    Page,
    option,
    section,
    small,
)
from bot.adapters.slack.text import Commands, as_typed, escaped
from bot.domain.identifiers import PlaceRef
from bot.domain.plain_text import shortened
from bot.replies.card import Field, FieldKind, Form

NAME = "Studybot"
BOXES = 10
"""Options that boxes and radio buttons take; more are a menu."""
LONG = 200
"""A text field that takes more is shown with room for it."""
LAST, MORE = ".last", ".more"
"""Added to the name of a field of dates for its other parts."""
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
WAITING = "One moment. If nothing more comes, close this and look whether it was saved before you try again."
CUT = "There is more than fits here. Type /study and the command's name in a channel to see all of it."


def form_view(form: Form, names: Names, place: str, above: Sequence[str] = ()) -> Json:
    """The form as Slack shows it, filled with the values it holds; ``above`` are sentences over its fields."""
    blocks = [section(escaped(as_typed(sentence, names.commands))) for sentence in above if sentence]
    # A role to ping is a group of people here, which no picker offers; /study config ping:@group takes one.
    blocks += [
        part for field in form.fields if field.kind is not FieldKind.ROLE for part in _inputs(field, names.commands)
    ]
    return {
        **_view(form.title, place),
        "callback_id": form.submit.text,
        "submit": _plain("Save"),
        "close": _plain("Cancel"),
        "blocks": blocks,
    }


def reply_view(pages: Sequence[Page], place: str) -> Json:
    """A reply as a modal: everything it says and everything to press."""
    blocks = [block for page in pages for block in page.blocks]
    made = {**_view(NAME, place), "close": _plain("Close"), "blocks": blocks}
    while len(blocks) > VIEW_BLOCKS or len(str(blocks)) > VIEW_BYTES * 0.8:
        blocks = [
            *blocks[: len(blocks) * 3 // 4],
            small(CUT),
            *[one for one in blocks[-1:] if one["type"] == "actions"],
        ]
        made["blocks"] = blocks
    return made


def waiting_view(place: str) -> Json:
    """The modal as it stands until the answer comes."""
    return {**_view(NAME, place), "close": _plain("Close"), "blocks": [section(WAITING)]}


def _view(title: str, place: str) -> Json:
    return {"type": "modal", "title": _plain(shortened(title, VIEW_TITLE)), "private_metadata": place[:METADATA]}


def place_of(view: Mapping[str, Any]) -> PlaceRef:
    """The channel from which a modal was opened, if it was from one."""
    return PlaceRef(str(view.get("private_metadata") or ""))


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def _inputs(field: Field, commands: Commands) -> list[Json]:
    field = replace(field, label=as_typed(field.label, commands))
    if field.kind is FieldKind.DATES:
        return _dates(field)
    # The channel they are in stands in the picker, so nothing has to be said about leaving it empty.
    label = field.label.partition(" (")[0] if field.kind is FieldKind.PLACE else field.label
    # Boxes that are ticked stand for something; with none ticked nothing would be left of it.
    ticked = field.kind is FieldKind.CHOICES and bool(field.chosen)
    optional = not (field.required or ticked or field.kind is FieldKind.PLACE)
    return [_input(field.name, label, _element(field), optional=optional)]


def _input(name: str, label: str, element: Json, *, optional: bool) -> Json:
    return {
        "type": "input",
        "block_id": name,
        "label": _plain(label),
        "optional": optional,
        "element": {**element, "action_id": name},
    }


def _dates(field: Field) -> list[Json]:
    """Slack picks one date at a time: the first and the last of a stretch are picked, what else there is is typed."""
    typed = _typed(field.limit, field.value, field.hint)
    return [
        _input(field.name, field.label, {"type": "datepicker"}, optional=True),
        _input(field.name + LAST, "Last day, if there are several in a row", {"type": "datepicker"}, optional=True),
        _input(field.name + MORE, "More dates (type them)", typed, optional=True),
    ]


def _typed(limit: int, value: str, hint: str) -> Json:
    made: Json = {"type": "plain_text_input", "multiline": limit > LONG, "max_length": min(limit, TYPED)}
    if value:
        made["initial_value"] = value[:TYPED]
    if hint:
        made["placeholder"] = _plain(shortened(f"For example {hint}", PLACEHOLDER))
    return made


def _chosen(field: Field) -> Json:
    """Few options stand open to see, and many are a menu."""
    options = [option(value, label) for value, label in field.options[:OPTIONS]]
    held = [one for one in options if one["value"] in field.chosen]
    if field.kind is FieldKind.CHOICES:
        made: Json = {"type": "checkboxes" if len(options) <= BOXES else "multi_static_select", "options": options}
        return {**made, **({"initial_options": held} if held else {})}
    made = {"type": "radio_buttons" if len(options) <= BOXES else "static_select", "options": options}
    return {**made, **({"initial_option": held[0]} if held else {})}


def _element(field: Field) -> Json:
    match field.kind:
        case FieldKind.PLACE:
            made: Json = {
                "type": "conversations_select",
                "filter": {
                    "include": ["public", "private"],
                    "exclude_bot_users": True,
                    "exclude_external_shared_channels": True,
                },
            }
            if field.value[:1] in ("C", "G"):
                return {**made, "initial_conversation": field.value}
            return {**made, "default_to_current_conversation": True}
        case FieldKind.PERSON:
            return {"type": "users_select"}
        case FieldKind.TIME:
            return {"type": "timepicker", **({"initial_time": field.value} if _CLOCK.fullmatch(field.value) else {})}
        case FieldKind.DATE:
            return {"type": "datepicker", **({"initial_date": field.value} if _DATE.fullmatch(field.value) else {})}
        case FieldKind.ZONE:
            made = {"type": "external_select", "min_query_length": 1, "placeholder": _plain("City or time zone")}
            return {**made, **({"initial_option": option(field.value, field.value)} if field.value else {})}
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return _chosen(field)
        case FieldKind.TEXT | FieldKind.ROLE | FieldKind.DATES:
            return _typed(field.limit, field.value, field.hint)


def submitted(view: Mapping[str, Any]) -> dict[str, str]:
    """Read what was sent in, by field, as raw texts."""
    values: dict[str, str] = {}
    for actions in view["state"]["values"].values():
        for name, state in actions.items():
            values[name] = _text(state)
    for name in [name for name in values if name + LAST in values]:
        values[name] = _joined(values[name], values.pop(name + LAST), values.pop(name + MORE, ""))
    return values


def _joined(first: str, last: str, typed: str) -> str:
    """Dates as people type them, from what was picked and what was typed."""
    picked = f"{first}..{last}" if first and last and first != last else first or last
    # "none" clears the list and has to come first.
    parts = (typed, picked) if typed.strip().casefold().startswith("none") else (picked, typed)
    return ", ".join(part for part in parts if part.strip())


def _text(state: Mapping[str, Any]) -> str:
    chosen = state.get("selected_option")
    if chosen:
        return str(chosen["value"])
    if state.get("selected_options"):
        return ", ".join(str(one["value"]) for one in state["selected_options"])
    for key in ("value", "selected_time", "selected_conversation", "selected_user", "selected_date"):
        if state.get(key):
            return str(state[key])
    return ""


def errors(view: Mapping[str, Any], wrong: Mapping[str, str], commands: Commands) -> Json:
    """Sentences under the fields at fault; one whose field is not shown stands under the first."""
    shown = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    told: dict[str, str] = {}
    for name, told_of in wrong.items():
        sentence = as_typed(told_of, commands)
        under = name if name in shown else shown[0]
        told[under] = f"{told[under]} {sentence}" if under in told else sentence
    return {"response_action": "errors", "errors": told}


def offered(found: Sequence[tuple[str, str]]) -> Json:
    """The offers of a field while somebody types in it."""
    return {"options": [option(value, shortened(label, OPTION)) for value, label in found[:OPTIONS]]}
