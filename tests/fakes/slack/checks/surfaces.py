"""Whole messages, modals and Home tabs."""

from __future__ import annotations

import json

from tests.fakes.slack.checks.blocks import check_blocks
from tests.fakes.slack.checks.findings import Findings, Violation
from tests.fakes.slack.checks.models import check_view_with_model
from tests.fakes.slack.checks.texts import check_text
from tests.fakes.slack.wire import JsonObject, objects

TEXT_READ_ALOUD = 4000
"""The longest top-level text ``chat.update`` takes; longer posts are cut in notifications."""
VIEW_BYTES = 250_000

_VIEW_KEYS = {"blocks", "private_metadata", "callback_id", "external_id"}
_MODAL_KEYS = _VIEW_KEYS | {"title", "submit", "close", "clear_on_close", "notify_on_close"}


def check_message(message: JsonObject) -> list[Violation]:
    """A message: its blocks, and the text that screen readers read instead of them."""
    findings = Findings()
    if message.get("blocks") is not None:
        check_blocks(findings, message["blocks"], "message")
    text = message.get("text")
    if not isinstance(text, str) or not text.strip():
        findings.add("text", "is missing; screen readers and notifications read it instead of blocks", refused=False)
    elif len(text) > TEXT_READ_ALOUD:
        findings.add("text", f"has {len(text)} characters; {TEXT_READ_ALOUD} are allowed", refused=False)
    if message.get("attachments"):
        findings.add("attachments", "are Slack's old messages; blocks are used here", refused=False)
    metadata = message.get("metadata")
    if metadata is not None:
        findings.keys("metadata", metadata, {"event_type", "event_payload"}, ("event_type", "event_payload"))
    return findings.found


def check_view(view: object) -> list[Violation]:
    """A modal or a Home tab."""
    findings = Findings()
    if not isinstance(view, dict):
        findings.add("view", "must be an object")
        return findings.found
    type = view.get("type")
    if type not in ("modal", "home"):
        findings.add("view.type", f"is {type!r}; modal or home is allowed")
        return findings.found
    findings.keys("view", view, _MODAL_KEYS if type == "modal" else _VIEW_KEYS, ("blocks",))
    check_blocks(findings, view.get("blocks"), "modal" if type == "modal" else "home", "view.blocks")
    findings.length("view.private_metadata", view.get("private_metadata"), 3000, least=0)
    findings.length("view.callback_id", view.get("callback_id"), 255, least=0)
    findings.length("view.external_id", view.get("external_id"), 255, least=0)
    if type == "modal":
        if view.get("title") is None:
            findings.add("view", "lacks title")
        for key in ("title", "submit", "close"):
            check_text(findings, f"view.{key}", view.get(key), 24, plain=True)
        has_input = any(block.get("type") == "input" for block in objects(view.get("blocks")))
        if has_input and view.get("submit") is None:
            findings.add("view", "has an input and lacks submit")
        for flag in ("clear_on_close", "notify_on_close"):
            findings.flag(f"view.{flag}", view.get(flag))
    if not findings.found:
        check_view_with_model(findings, view)
    return findings.found


def view_is_too_large(view: object) -> bool:
    """Return whether Slack refuses a view for its size alone."""
    return len(json.dumps(view).encode()) > VIEW_BYTES
