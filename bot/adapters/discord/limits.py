"""Limits of Discord, and a check of a payload against them; the library checks almost none of this itself.

From Discord's documentation of components, messages and interactions (2026).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

TEXT = 4000
"""Characters over all texts of a message."""
COMPONENTS = 40
"""Components of a message, nested ones counted."""
BUTTONS_ACROSS = 5
SELECT_OPTIONS = 25
LABEL = 80
OPTION = 100
CUSTOM_ID = 100
PLACEHOLDER = 150
ALT_TEXT = 1024
SECTION_TEXTS = 3
MODAL_TITLE = 45
TYPED = 4000

ROW, BUTTON, SELECT = 1, 2, 3
SECTION, TEXT_DISPLAY, CONTAINER = 9, 10, 17
PICKERS = frozenset({3, 5, 6, 7, 8})


def faults(components: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Everything about a message's components that Discord would refuse, in words."""
    everything = [one for component in components for one in walked(component)]
    if len(everything) > COMPONENTS:
        yield f"{len(everything)} components, at most {COMPONENTS}"
    if not everything:
        yield "an empty message"
    text = sum(len(one["content"]) for one in everything if one["type"] == TEXT_DISPLAY)
    if text > TEXT:
        yield f"{text} characters of text, at most {TEXT}"
    ids = [one["custom_id"] for one in everything if "custom_id" in one]
    if len(ids) != len(set(ids)):
        yield f"custom ids twice: {sorted(id for id in set(ids) if ids.count(id) > 1)}"
    for one in everything:
        yield from _faults_of(one)


def walked(component: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A component and all inside it."""
    yield component
    for inner in component.get("components", ()):
        yield from walked(inner)
    for name in ("accessory", "component"):
        if name in component:
            yield from walked(component[name])


def _faults_of(one: Mapping[str, Any]) -> Iterator[str]:
    kind = one["type"]
    if "custom_id" in one and not 0 < len(one["custom_id"]) <= CUSTOM_ID:
        yield f"a custom id of {len(one['custom_id'])} characters"
    if kind == TEXT_DISPLAY and not one["content"].strip():
        yield "an empty text"
    if kind == BUTTON and not 0 < len(one.get("label") or "") <= LABEL:
        yield f"a button label of {len(one.get('label') or '')} characters"
    if kind == ROW:
        inside = one["components"]
        buttons = sum(1 for each in inside if each["type"] == BUTTON)
        if not inside or buttons > BUTTONS_ACROSS or (buttons < len(inside) and len(inside) > 1):
            yield f"a row of {len(inside)} components, {buttons} of them buttons"
    if kind in PICKERS and len(one.get("placeholder") or "") > PLACEHOLDER:
        yield "a placeholder that is too long"
    if kind == SELECT:
        options = one["options"]
        if not 1 <= len(options) <= SELECT_OPTIONS:
            yield f"a list of {len(options)} options"
        for option in options:
            if any(len(option.get(name) or "") > OPTION for name in ("label", "value", "description")):
                yield f"an option that is too long: {option['label']}"
        values = [option["value"] for option in options]
        if len(set(values)) < len(values):
            yield "an option twice"
    if kind == SECTION and not 1 <= len(one["components"]) <= SECTION_TEXTS:
        yield f"a section of {len(one['components'])} texts"
