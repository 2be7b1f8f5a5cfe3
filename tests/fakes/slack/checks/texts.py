"""Text objects: plain where Slack takes nothing else, never empty, never too long."""

from __future__ import annotations

from tests.fakes.slack.checks.findings import Findings

_KEYS = {"plain_text": {"text", "emoji"}, "mrkdwn": {"text", "verbatim"}}


def check_text(findings: Findings, path: str, text: object, most: int, *, plain: bool = False) -> None:
    """A text object, if there is one. ``plain`` is where mrkdwn is refused."""
    if text is None:
        return
    if not isinstance(text, dict):
        findings.add(path, "must be a text object")
        return
    type = text.get("type")
    if type not in _KEYS:
        findings.add(f"{path}.type", f"is {type!r}; plain_text or mrkdwn is allowed")
        return
    if plain and type != "plain_text":
        findings.add(f"{path}.type", "is mrkdwn where only plain_text is allowed")
    findings.keys(path, text, _KEYS[type], ("text",))
    findings.length(f"{path}.text", text.get("text"), most)
    if isinstance(text.get("text"), str) and text["text"] and not text["text"].strip():
        findings.add(f"{path}.text", "is only white space")
    findings.flag(f"{path}.emoji", text.get("emoji"))
    findings.flag(f"{path}.verbatim", text.get("verbatim"))
