"""Slack messages as HTML: one line for each block, so that a change reads well in a diff.

A block or an element this page has no look for raises: nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from tests.gallery.markdown import Known
from tests.gallery.mrkdwn import html

Block = Mapping[str, Any]
BESIDE = "display: grid; grid-template-columns: 1fr 1fr; gap: 16px; flex: 0 0 78%"
PICKED = {
    "conversations_select": "a channel",
    "users_select": "a person",
    "external_select": "what is found while you type",
}
"""Lists Slack fills itself, and what they are filled with."""


def lines(blocks: Sequence[Block], known: Known) -> Iterator[str]:
    """The blocks one after the other."""
    for block in blocks:
        match block["type"]:
            case "header":
                yield f'<div class="header">{_said(block["text"], known)}</div>'
            case "section":
                text = f'<div class="text">{_said(block["text"], known)}</div>' if "text" in block else ""
                yield f'<div class="section">{text}'
                if "fields" in block:
                    cells = "".join(f"<div>{_said(field, known)}</div>" for field in block["fields"])
                    yield f'<div style="{BESIDE}">{cells}</div>'
                if "accessory" in block:
                    yield from _element(block["accessory"], known)
                yield "</div>"
            case "context":
                for element in block["elements"]:
                    yield f'<div class="context">{_said(element, known)}</div>'
            case "divider":
                yield '<hr class="divider">'
            case "actions":
                yield '<div class="row">'
                for element in block["elements"]:
                    yield from _element(element, known)
                yield "</div>"
            case kind:
                raise ValueError(f"no look for a block of type {kind}")


def _said(text: Block, known: Known) -> str:
    plain = text["type"] == "plain_text"
    return escape(text["text"], quote=False) if plain else html(text["text"], known)


def _element(one: Block, known: Known) -> Iterator[str]:
    match one["type"]:
        case "button":
            style = f' class="{one["style"]}"' if "style" in one else ""
            yield f'<button type="button"{style}>{_said(one["text"], known)}</button>'
        case "static_select":
            yield _closed(_label(one.get("initial_option")), _placeholder(one))
            yield _listed(one["options"])
        case kind:
            raise ValueError(f"no look for an element of type {kind}")


def _closed(chosen: str, placeholder: str) -> str:
    shown = escape(chosen, quote=False) if chosen else f"<i>{escape(placeholder, quote=False)}</i>"
    return f'<div class="select">{shown}<span class="arrow"></span></div>'


def _listed(options: Sequence[Block]) -> str:
    listed = "; ".join(escape(_label(option), quote=False) for option in options)
    return f'<p class="aside">{len(options)} to pick from: {listed}</p>'


def _label(option: Block | None) -> str:
    return str(option["text"]["text"]) if option else ""


def _placeholder(one: Block) -> str:
    return str((one.get("placeholder") or {}).get("text") or "Select an option")


def dialog(view: Block, known: Known, wrong: Mapping[str, str]) -> Iterator[str]:
    """A view over everything else; ``wrong`` are the sentences under its fields."""
    yield f'<div class="dialog"><div class="dialog-title">{_said(view["title"], known)}</div>'
    for block in view["blocks"]:
        if block["type"] == "input":
            optional = " <small>(optional)</small>" if block.get("optional") else ""
            yield f'<div class="label">{_said(block["label"], known)}{optional}</div>'
            yield from _field(block["element"], known)
            if block["block_id"] in wrong:
                yield f'<div class="wrong">{escape(wrong[block["block_id"]], quote=False)}</div>'
        else:
            yield from lines([block], known)
    submit = view.get("submit")
    sends = f'<button type="button" class="primary">{_said(submit, known)}</button>' if submit else ""
    yield f'<div class="dialog-foot"><button type="button">{_said(view["close"], known)}</button>{sends}</div></div>'


def _field(one: Block, known: Known) -> Iterator[str]:
    match one["type"]:
        case "plain_text_input":
            typed = str(one.get("initial_value") or "")
            shown = escape(typed, quote=False) or f"<i>{escape(_placeholder(one), quote=False)}</i>"
            yield f'<div class="input{" long" if one.get("multiline") else ""}">{shown}</div>'
        case "timepicker":
            yield _closed(str(one.get("initial_time") or ""), "Select a time")
        case "datepicker":
            yield _closed(str(one.get("initial_date") or ""), "Select a date")
        case "checkboxes" | "radio_buttons" as kind:
            held = one.get("initial_options") or [one.get("initial_option")]
            look = "box" if kind == "checkboxes" else "radio"
            for option in one["options"]:
                mark = '<span class="mark on"></span>' if option in held else '<span class="mark"></span>'
                yield f'<div class="{look}">{mark}{escape(_label(option), quote=False)}</div>'
        case "multi_static_select":
            yield _closed(", ".join(map(_label, one.get("initial_options") or ())), _placeholder(one))
            yield _listed(one["options"])
        case "conversations_select":
            chosen = one.get("initial_conversation")
            yield _closed(f"#{known.channels[chosen]}" if chosen else "", "Select a channel")
            yield f'<p class="aside">Slack lets you pick {PICKED[one["type"]]} here.</p>'
        case "users_select" | "external_select":
            yield _closed(_label(one.get("initial_option")), _placeholder(one))
            yield f'<p class="aside">Slack lets you pick {PICKED[one["type"]]} here.</p>'
        case kind:
            raise ValueError(f"no look for a field of type {kind}")
