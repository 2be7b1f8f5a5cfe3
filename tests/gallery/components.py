"""Discord messages as HTML: one line for each component, so that a change reads well in a diff.

A component or a style this page has no look for raises: nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from tests.gallery.markdown import Known, html, inline

Component = Mapping[str, Any]
BUTTONS = {1: "primary", 2: "secondary", 3: "success", 4: "danger"}
PICKED = {5: "a member", 6: "a role", 8: "a channel"}
"""Lists Discord fills itself, and what they are filled with."""


def lines(components: Sequence[Component], known: Known, files: Mapping[str, int]) -> Iterator[str]:
    """The components one after the other; ``files`` gives the bytes of each file by name."""
    for component in components:
        yield from _lines(component, known, files)


def _lines(one: Component, known: Known, files: Mapping[str, int]) -> Iterator[str]:
    match one["type"]:
        case 17:
            colour = one.get("accent_color")
            edge = f' style="border-left:4px solid #{colour:06x}"' if colour is not None else ""
            yield f'<div class="container"{edge}>'
            yield from lines(one["components"], known, files)
            yield "</div>"
        case 10:
            yield f'<div class="text">{html(one["content"], known)}</div>'
        case 9:
            yield '<div class="section"><div class="beside">'
            yield from lines(one["components"], known, files)
            yield "</div>"
            yield from _lines(one["accessory"], known, files)
            yield "</div>"
        case 14:
            yield '<hr class="separator">' if one.get("divider", True) else '<div class="gap"></div>'
        case 1:
            yield '<div class="row">'
            yield from lines(one["components"], known, files)
            yield "</div>"
        case 2:
            off = " disabled" if one.get("disabled") else ""
            yield f'<button type="button" class="{BUTTONS[one["style"]]}"{off}>{escape(one["label"])}</button>'
        case 3:
            options = one["options"]
            chosen = next((option["label"] for option in options if option.get("default")), None)
            yield _closed(chosen, one.get("placeholder") or "Make a selection")
            listed = "; ".join(escape(option["label"], quote=False) for option in options)
            yield f'<p class="aside">{len(options)} to pick from: {listed}</p>'
        case 13:
            name = one["file"]["url"].removeprefix("attachment://")
            yield f'<div class="file"><span>{escape(name)}</span><small>{files[name]} bytes</small></div>'
        case kind:
            raise ValueError(f"no look for a component of type {kind}")


def _closed(chosen: str | None, placeholder: str) -> str:
    shown = escape(chosen) if chosen else f"<i>{escape(placeholder)}</i>"
    return f'<div class="select">{shown}<span class="arrow"></span></div>'


def dialog(modal: Component, known: Known) -> Iterator[str]:
    """A form over everything else."""
    yield f'<div class="dialog"><div class="dialog-title">{escape(modal["title"])}</div>'
    for label in modal["components"]:
        if label["type"] != 18:
            raise ValueError(f"no look for a component of type {label['type']} in a form")
        field = label["component"]
        must = '<b class="must">*</b>' if field.get("required", True) else ""
        yield f'<div class="label">{escape(label["label"], quote=False)}{must}</div>'
        if told := label.get("description"):
            yield f'<div class="told">{escape(told, quote=False)}</div>'
        yield from _field(field, known)
    yield (
        '<div class="dialog-foot"><button type="button" class="secondary">Cancel</button>'
        '<button type="button" class="primary">Submit</button></div></div>'
    )


def _field(one: Component, known: Known) -> Iterator[str]:
    match one["type"]:
        case 4:
            typed, hint = one.get("value"), one.get("placeholder") or ""
            shown = escape(typed, quote=False) if typed else f"<i>{escape(hint, quote=False)}</i>"
            yield f'<div class="input{" long" if one["style"] == 2 else ""}">{shown}</div>'
        case 3:
            yield from _lines(one, known, {})
        case 21 | 22 as kind:
            mark = {21: "radio", 22: "box"}[kind]
            for option in one["options"]:
                on = " on" if option.get("default") else ""
                label = escape(option["label"], quote=False)
                yield f'<div class="{mark}"><span class="mark{on}"></span>{label}</div>'
        case 5 | 6 | 8 as kind:
            marks = {"user": "@", "role": "@&", "channel": "#"}
            chosen = " ".join(
                inline(f"<{marks[each['type']]}{each['id']}>", known) for each in one.get("default_values", ())
            )
            shown = chosen or f"<i>{escape(one.get('placeholder') or 'Make a selection')}</i>"
            yield f'<div class="select">{shown}<span class="arrow"></span></div>'
            yield f'<p class="aside">Discord lets you pick {PICKED[kind]} here.</p>'
        case kind:
            raise ValueError(f"no look for a field of type {kind}")
