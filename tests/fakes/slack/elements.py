"""Finding what a person means in a message or a view: by its label, its action id or its block id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.fakes.slack.wire import JsonObject, a_string, an_object, objects

STATELESS = frozenset({"button", "overflow", "image", "workflow_button"})
"""Elements that hold nothing a person puts in."""


@dataclass(frozen=True, slots=True)
class Element:
    """Something to press or to fill in, and the block it stands in."""

    block: JsonObject
    body: JsonObject

    @property
    def type(self) -> str:
        """Such as ``button``."""
        return a_string(self.body.get("type"))

    @property
    def block_id(self) -> str:
        """The id of its block; Slack gave one if the app did not."""
        return a_string(self.block.get("block_id"))

    @property
    def action_id(self) -> str:
        """Its own id; Slack gave one if the app did not."""
        return a_string(self.body.get("action_id"))

    @property
    def is_input(self) -> bool:
        """Return whether it waits for the form to be submitted."""
        return self.block.get("type") == "input"

    @property
    def sends_at_once(self) -> bool:
        """Return whether a change reaches the app before the form is submitted."""
        return not self.is_input or bool(self.block.get("dispatch_action"))

    @property
    def optional(self) -> bool:
        """Return whether the form may be submitted without it."""
        return not self.is_input or bool(self.block.get("optional"))

    @property
    def label(self) -> str:
        """The text a person reads on it or above it."""
        if self.type == "button":
            return a_string(an_object(self.body.get("text")).get("text"))
        if self.is_input:
            return a_string(an_object(self.block.get("label")).get("text"))
        return a_string(an_object(self.body.get("placeholder")).get("text"))

    @property
    def names(self) -> set[str]:
        """Everything a test may call it by."""
        return {self.label, self.action_id, self.block_id} - {""}

    def options(self) -> list[JsonObject]:
        """Everything that can be chosen in it, in groups or not."""
        grouped = [option for group in objects(self.body.get("option_groups")) for option in objects(group["options"])]
        return objects(self.body.get("options")) + grouped

    def option(self, wanted: str, offered: list[JsonObject] | None = None) -> JsonObject:
        """The option with that text or value."""
        options = self.options() if offered is None else offered
        found = [option for option in options if wanted in (a_string(option.get("value")), option_text(option))]
        assert len(found) == 1, f"{wanted!r} is {len(found)} times among {[option_text(option) for option in options]}"
        return found[0]


def option_text(option: JsonObject) -> str:
    """The text a person reads of an option."""
    return a_string(an_object(option.get("text")).get("text"))


def elements_of(blocks: list[JsonObject]) -> Iterator[Element]:
    """Every element a person can do something with, from top to bottom."""
    for block in blocks:
        match block.get("type"):
            case "actions":
                yield from (Element(block, body) for body in objects(block.get("elements")))
            case "section" if isinstance(block.get("accessory"), dict):
                if block["accessory"].get("type") != "image":
                    yield Element(block, block["accessory"])
            case "input":
                yield Element(block, an_object(block.get("element")))


def find(blocks: list[JsonObject], wanted: str) -> Element:
    """The one element with that label, action id or block id."""
    everything = list(elements_of(blocks))
    for key in ("action_id", "label", "block_id"):
        found = [element for element in everything if getattr(element, key) == wanted]
        if len(found) == 1:
            return found[0]
        assert not found, f"{wanted!r} is the {key} of {len(found)} elements: {[e.names for e in found]}"
    raise AssertionError(f"nothing is called {wanted!r}; there is {[element.label for element in everything]}")


def name_everything(blocks: list[JsonObject], number: int) -> None:
    """Give ids to what the app left without, as Slack does."""
    for at, block in enumerate(blocks):
        if not block.get("block_id"):
            block["block_id"] = f"blk{number}-{at}"
    for at, element in enumerate(elements_of(blocks)):
        if not element.action_id:
            element.body["action_id"] = f"act{number}-{at}"
