"""What each look is in colour, in the words of rich: readable on dark and on light."""

from __future__ import annotations

from bot.adapters.terminal.wrapping import Look

STYLES = {
    Look.TEXT: "",
    Look.TITLE: "bold underline",
    Look.GOOD: "bold green",
    Look.BAD: "bold magenta",
    Look.NOTICE: "bold",
    Look.STEM: "bold",
    Look.STRONG: "bold",
    Look.SOFT: "italic",
    Look.CODE: "cyan",
    Look.LINK: "underline blue",
    Look.LETTER: "bold cyan",
    Look.SMALL: "dim",
    Look.CHOICE: "bold cyan",
}
"""Right is green and wrong is not red: it does not shout. The words say both anyway."""
