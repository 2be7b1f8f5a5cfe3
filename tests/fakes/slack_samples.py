"""Blocks and views the tests of the fake Slack have in common."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]

BUTTONS: list[Body] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Question 42*"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": f"answer:{key}", "value": key, "text": {"type": "plain_text", "text": key}}
            for key in "AB"
        ],
    },
]


def text_input(label: str, block_id: str, **fields: object) -> Body:
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": label},
        "element": {"type": "plain_text_input", "action_id": "text", **fields},
    }


def modal(*blocks: Body, title: str = "Settings", **fields: object) -> Body:
    plain = {"type": "plain_text", "text": title}
    submit = {"type": "plain_text", "text": "Save"}
    return {
        "type": "modal",
        "callback_id": "settings",
        "title": plain,
        "submit": submit,
        "blocks": list(blocks),
        **fields,
    }


def plain(text: str) -> Body:
    """Plain text."""
    return {"type": "plain_text", "text": text}


def option(text: str, value: str | None = None) -> Body:
    """An option of a menu."""
    return {"text": plain(text), "value": value or text.lower()}


def field(label: str, block_id: str, element: Body, **more: object) -> Body:
    """A field of a form."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


def home(*blocks: Body) -> Body:
    """A Home tab."""
    return {"type": "home", "blocks": list(blocks)}


def section(text: str, **more: object) -> Body:
    """A paragraph."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str, action_id: str, **more: object) -> Body:
    """A button."""
    return {"type": "button", "action_id": action_id, "text": plain(label), **more}


def actions(*elements: Body) -> Body:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}
