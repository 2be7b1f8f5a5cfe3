"""Forms as modals, with Discord's own pickers, and back to the raw texts of their fields.

A modal cannot answer a modal: what was not taken is kept for a while, and a button opens the form again as it was.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import discord
from discord import ui

from bot.adapters.discord.blocks import heading
from bot.adapters.discord.cards import Page
from bot.adapters.discord.commands import POSTABLE
from bot.adapters.discord.components import button, frame, row, text_display
from bot.adapters.discord.limits import BUTTON, MODAL_TITLE, OPTION, SELECT_OPTIONS, TYPED, walked
from bot.adapters.discord.text import escaped
from bot.domain.plain_text import shortened
from bot.kit import Latest
from bot.replies.card import Field, FieldKind, Form
from bot.replies.routes import PREFIX

T = TypeVar("T")

LONG = 200
"""A text field that takes more is shown with room for it."""
SHOWN_AT_ONCE = 10
"""Options of a group of boxes or radio buttons, at most."""
DRAFTS_KEPT = 1000
NOTHING: Mapping[str, str] = {}
NO_ROLE = "none"
_TYPED = (FieldKind.TEXT, FieldKind.TIME, FieldKind.DATE, FieldKind.DATES, FieldKind.ZONE)
_FILL_IN = f"{PREFIX}:fill-in"
EXPIRED = (
    "What you typed is no longer kept: too much time has passed, or Studybot was restarted. Please open the form again."
)


def modal(form: Form, wrong: Mapping[str, str] = NOTHING) -> ui.Modal:
    """The form as Discord shows it, filled with the values it holds; ``wrong`` has a sentence for fields at fault."""
    sheet = ui.Modal(title=shortened(form.title, MODAL_TITLE), custom_id=form.submit.text, timeout=None)
    for field in form.fields:
        below = shortened(wrong[field.name], OPTION) if field.name in wrong else _hint(field)
        sheet.add_item(ui.Label(text=shortened(field.label, 45), description=below, component=_input(field)))
    # The library keeps those that are not stopped; what is sent in comes through the one door by its custom id.
    sheet.stop()
    return sheet


def _hint(field: Field) -> str | None:
    """An example where one was typed over what the empty field would show."""
    typed = field.kind in _TYPED and field.value
    return f"For example {field.hint}"[:OPTION] if typed and field.hint and field.hint != field.value else None


def _input(field: Field) -> ui.Item[Any]:
    match field.kind:
        case FieldKind.PLACE:
            return ui.ChannelSelect(
                custom_id=field.name,
                channel_types=list(POSTABLE),
                required=field.required,
                min_values=int(field.required),
                default_values=_held(field, discord.SelectDefaultValueType.channel),
            )
        case FieldKind.ROLE:
            return ui.RoleSelect(
                custom_id=field.name,
                required=False,
                min_values=0,
                default_values=_held(field, discord.SelectDefaultValueType.role),
                placeholder="Nobody is pinged",
            )
        case FieldKind.PERSON:
            return ui.UserSelect(custom_id=field.name, required=field.required)
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return _picked(field)
        case FieldKind.TEXT | FieldKind.TIME | FieldKind.DATE | FieldKind.DATES | FieldKind.ZONE:
            long = field.limit > LONG and field.kind in (FieldKind.TEXT, FieldKind.DATES)
            return ui.TextInput(
                custom_id=field.name,
                style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
                default=field.value or None,
                placeholder=field.hint[:OPTION] or None,
                required=field.required,
                max_length=min(field.limit, TYPED),
            )


def _picked(field: Field) -> ui.Item[Any]:
    """A few options are all shown, one below the other; more are a list to open."""
    several, required, least = field.kind is FieldKind.CHOICES, field.required, int(field.required)
    if several and len(field.options) <= SHOWN_AT_ONCE:
        boxes = _options(field, discord.CheckboxGroupOption)
        return ui.CheckboxGroup(
            custom_id=field.name, options=boxes, required=required, min_values=least, max_values=len(boxes)
        )
    if not several and 2 <= len(field.options) <= SHOWN_AT_ONCE:
        radios = _options(field, discord.RadioGroupOption)
        return ui.RadioGroup(custom_id=field.name, options=radios, required=required)
    listed = _options(field, discord.SelectOption)
    return ui.Select(
        custom_id=field.name,
        options=listed,
        required=required,
        min_values=least,
        max_values=len(listed) if several else 1,
        placeholder="Leave as it is" if several else None,
    )


def _options(field: Field, made: Callable[..., T]) -> list[T]:
    return [
        made(label=label, value=value, default=value in field.chosen) for value, label in field.options[:SELECT_OPTIONS]
    ]


def _held(field: Field, kind: discord.SelectDefaultValueType) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=int(field.value), type=kind)] if field.value.isdigit() else []


def submitted(components: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Read what was sent in, by field, as raw texts. An emptied list of roles says that nobody is to be pinged."""
    values: dict[str, str] = {}
    for component in _inputs(components):
        name = component["custom_id"]
        if "values" in component:
            chosen = [str(value) for value in component["values"] or ()]
            is_role = component["type"] == discord.ComponentType.role_select.value
            values[name] = ", ".join(chosen) or (NO_ROLE if is_role else "")
        elif "value" in component:
            values[name] = str(component["value"] or "")
    return values


def _inputs(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        yield from (one for one in walked(component) if "custom_id" in one and one["type"] != BUTTON)


@dataclass(frozen=True, slots=True)
class Draft:
    """A form put aside, with a sentence for each field at fault."""

    form: Form
    wrong: Mapping[str, str]


class Drafts:
    """Forms put aside to be opened with a button; the oldest go first."""

    def __init__(self) -> None:
        self._kept = Latest[str, Draft](DRAFTS_KEPT)

    def asked(self, form: Form, wrong: Mapping[str, str]) -> Page:
        """A message with a button that opens the form, and what was wrong with it, if anything was."""
        token = secrets.token_urlsafe(9)
        self._kept[token] = Draft(form, wrong)
        labels = {field.name: field.label for field in form.fields}
        told = "\n".join(f"- **{escaped(labels[name])}:** {escaped(sentence)}" for name, sentence in wrong.items())
        kept = "-# What you filled in is kept; nothing was changed." if wrong else "-# One form, then it is done."
        opens = button("Fix it" if wrong else "Fill in the form", f"{_FILL_IN}:{token}", discord.ButtonStyle.primary)
        above = "\n".join(part for part in (heading("Not saved yet" if wrong else form.title), told) if part)
        return Page([frame([text_display(above), text_display(kept), row([opens])])])

    def opened(self, custom_id: str) -> Draft | None:
        """The form behind the button, if it is still kept."""
        return self._kept.get(custom_id.removeprefix(f"{_FILL_IN}:"))


def opens_draft(custom_id: str) -> bool:
    """Return whether the button opens a form that was put aside."""
    return custom_id.startswith(f"{_FILL_IN}:")
