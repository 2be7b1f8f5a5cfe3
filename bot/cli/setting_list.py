"""Every setting as a table for docs/running.md, from the settings themselves."""

from __future__ import annotations

from bot.config import Settings, name_of


def settings_as_markdown() -> str:
    """Name, default and meaning of each setting."""
    rows = ["| name | default | |", "|---|---|---|"]
    for field, told in Settings.model_fields.items():
        default = "none" if told.default is None else f"`{told.default}`"
        rows.append(f"| `{name_of(field, told)}` | {default} | {told.description} |")
    return "\n".join(rows)
