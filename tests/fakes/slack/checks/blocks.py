"""Blocks: what each may and must carry, on each surface, alone and together."""

from __future__ import annotations

from typing import Literal

from tests.fakes.slack.checks.elements import NEVER_ACCESSORY, NEVER_INPUT, ONLY_INPUT, check_element
from tests.fakes.slack.checks.findings import Findings
from tests.fakes.slack.checks.models import check_with_models
from tests.fakes.slack.checks.texts import check_text
from tests.fakes.slack.elements import elements_of
from tests.fakes.slack.wire import JsonObject, objects

Surface = Literal["message", "modal", "home"]

BLOCKS_LIMIT = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_LIMIT = 12_000

KEYS: dict[str, tuple[set[str], tuple[str, ...]]] = {
    "section": ({"text", "fields", "accessory", "expand"}, ()),
    "header": ({"text"}, ("text",)),
    "divider": (set(), ()),
    "context": ({"elements"}, ("elements",)),
    "actions": ({"elements"}, ("elements",)),
    "image": ({"image_url", "slack_file", "alt_text", "title"}, ("alt_text",)),
    "input": ({"label", "element", "hint", "optional", "dispatch_action"}, ("label", "element")),
    "markdown": ({"text"}, ("text",)),
    "rich_text": ({"elements"}, ("elements",)),
    "table": ({"rows", "column_settings"}, ("rows",)),
}
"""The blocks an app here may use, their keys and the needed ones. Newer ones are left alone until needed."""


def check_blocks(findings: Findings, blocks: object, surface: Surface, path: str = "blocks") -> None:
    """All blocks of a message, a modal or a Home tab."""
    least = 1 if surface != "message" else 0
    findings.count(path, blocks, BLOCKS_LIMIT[surface], least=least)
    if not isinstance(blocks, list):
        return
    if len(objects(blocks)) != len(blocks):
        findings.add(path, "holds something that is no block")
        return
    for at, block in enumerate(blocks):
        _check_block(findings, f"{path}[{at}]", block, surface)
    findings.unique(path, (block.get("block_id") for block in blocks), "the block_id")
    markdown = sum(len(str(block.get("text"))) for block in blocks if block.get("type") == "markdown")
    if markdown > MARKDOWN_LIMIT:
        findings.add(path, f"has {markdown} characters of Markdown; {MARKDOWN_LIMIT} are allowed")
    if sum(bool(element.body.get("focus_on_load")) for element in elements_of(blocks)) > 1:
        findings.add(path, "has several elements with focus_on_load")
    if sum(block.get("type") == "table" for block in blocks) > 1:
        findings.add(path, "has several tables")


def _check_block(findings: Findings, path: str, block: JsonObject, surface: Surface) -> None:
    type = block.get("type")
    if not isinstance(type, str) or type not in KEYS:
        findings.add(f"{path}.type", f"is {type!r}, which is no block known here")
        return
    if type in ("markdown", "table") and surface != "message":
        findings.add(f"{path}.type", f"is {type}, which only messages may hold")
    before = len(findings.found)
    allowed, needed = KEYS[type]
    findings.keys(path, block, allowed | {"block_id"}, needed)
    findings.length(f"{path}.block_id", block.get("block_id"), 255)
    match type:
        case "section":
            _check_section(findings, path, block)
        case "header":
            check_text(findings, f"{path}.text", block.get("text"), 150, plain=True)
        case "context":
            _check_context(findings, path, block)
        case "actions":
            _check_actions(findings, path, block)
        case "image":
            _check_image(findings, path, block)
            check_text(findings, f"{path}.title", block.get("title"), 2000, plain=True)
        case "input":
            _check_input(findings, path, block)
        case "markdown":
            findings.length(f"{path}.text", block.get("text"), MARKDOWN_LIMIT)
    if len(findings.found) == before:
        check_with_models(findings, path, block)


def _check_section(findings: Findings, path: str, block: JsonObject) -> None:
    if block.get("text") is None and not block.get("fields"):
        findings.add(path, "has neither text nor fields")
    check_text(findings, f"{path}.text", block.get("text"), 3000)
    findings.count(f"{path}.fields", block.get("fields"), 10)
    for at, field in enumerate(objects(block.get("fields"))):
        check_text(findings, f"{path}.fields[{at}]", field, 2000)
    findings.flag(f"{path}.expand", block.get("expand"))
    accessory = block.get("accessory")
    if accessory is None:
        return
    if not isinstance(accessory, dict):
        findings.add(f"{path}.accessory", "must be an element")
    elif accessory.get("type") == "image":
        findings.keys(f"{path}.accessory", accessory, {"image_url", "slack_file", "alt_text"}, ("alt_text",))
        _check_image(findings, f"{path}.accessory", accessory)
    elif accessory.get("type") in NEVER_ACCESSORY:
        findings.add(f"{path}.accessory", f"{accessory['type']} belongs into an input block")
    else:
        check_element(findings, f"{path}.accessory", accessory)


def _check_context(findings: Findings, path: str, block: JsonObject) -> None:
    findings.count(f"{path}.elements", block.get("elements"), 10)
    for at, element in enumerate(objects(block.get("elements"))):
        where = f"{path}.elements[{at}]"
        if element.get("type") == "image":
            findings.keys(where, element, {"image_url", "slack_file", "alt_text"}, ("alt_text",))
            _check_image(findings, where, element)
        else:
            check_text(findings, where, element, 3000)


def _check_actions(findings: Findings, path: str, block: JsonObject) -> None:
    findings.count(f"{path}.elements", block.get("elements"), 25)
    elements = objects(block.get("elements"))
    for at, element in enumerate(elements):
        where = f"{path}.elements[{at}]"
        if element.get("type") in ONLY_INPUT:
            findings.add(where, f"{element['type']} belongs into an input block")
        else:
            check_element(findings, where, element)
    findings.unique(path, (element.get("action_id") for element in elements), "the action_id")


def _check_image(findings: Findings, path: str, image: JsonObject) -> None:
    if (image.get("image_url") is None) == (image.get("slack_file") is None):
        findings.add(path, "needs image_url or slack_file, not both")
    findings.length(f"{path}.image_url", image.get("image_url"), 3000)
    findings.length(f"{path}.alt_text", image.get("alt_text"), 2000)


def _check_input(findings: Findings, path: str, block: JsonObject) -> None:
    check_text(findings, f"{path}.label", block.get("label"), 2000, plain=True)
    check_text(findings, f"{path}.hint", block.get("hint"), 2000, plain=True)
    findings.flag(f"{path}.optional", block.get("optional"))
    findings.flag(f"{path}.dispatch_action", block.get("dispatch_action"))
    element = block.get("element")
    if not isinstance(element, dict):
        findings.add(f"{path}.element", "must be one element")
    elif element.get("type") in NEVER_INPUT:
        findings.add(f"{path}.element", f"{element['type']} does not belong into an input block")
    else:
        check_element(findings, f"{path}.element", element)
