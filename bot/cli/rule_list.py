"""The rules of the content check as a document."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.lint.rules import EXAMPLES, RULES


def rules_as_markdown() -> str:
    """Each rule with its level, its sentence, and how not and how to do it."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    for rule in RULES.values():
        example = EXAMPLES[rule.id]
        yield f"- **{rule.id}** ({rule.level}) {rule.sentence}"
        yield f"  - not: {example.bad}"
        yield f"  - but: {example.good}"
