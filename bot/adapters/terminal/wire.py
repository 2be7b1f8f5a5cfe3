"""The neutral card as data: what every face is given to render."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime

from bot.replies.card import Reply
from bot.replies.routes import Route

LINE = 100


def wire(reply: Reply) -> str:
    """The reply's name and its card, as JSON; whatever is at its default is left out."""
    return _written({"reply": type(reply).__name__, "card": _plain(reply.as_card())})


def _written(value: object, indent: str = "") -> str:
    """The value as JSON; what fits a line stands on one."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= LINE or not isinstance(value, (dict, list)) or not value:
        return flat
    inner = f"{indent}  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {_written(part, inner)}" for key, part in value.items()]
    else:
        parts = [_written(part, inner) for part in value]
    first, last = "{}" if isinstance(value, dict) else "[]"
    return f"{first}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{last}"


def _plain(value: object) -> object:
    if isinstance(value, Route):
        return value.text
    if is_dataclass(value) and not isinstance(value, type):
        told = {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if not _at_default(field, getattr(value, field.name))
        }
        return {"type": type(value).__name__, **told}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value


def _at_default(field: Field[object], value: object) -> bool:
    return field.default is not MISSING and value == field.default
