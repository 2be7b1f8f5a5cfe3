"""Every rule of the fake Slack's checks finds what it is there for, and nothing in what is right."""

from __future__ import annotations

import copy

import pytest

from tests.fakes.slack.checks.findings import Findings
from tests.fakes.slack.checks.options import check_offered
from tests.fakes.slack.checks.surfaces import check_message, check_view
from tests.fakes.slack_samples import (
    Body,
    actions,
    button,
    field,
    home,
    modal,
    option,
    plain,
    section,
    text_input,
)

MENU = {"type": "static_select", "action_id": "m", "options": [option("One"), option("Two")]}
CONFIRM = {"title": plain("Sure?"), "text": plain("It is gone."), "confirm": plain("Yes"), "deny": plain("No")}


def message(*blocks: Body, text: str = "All of it") -> Body:
    return {"text": text, "blocks": list(blocks)}


def header(text: str, type: str = "plain_text") -> Body:
    return {"type": "header", "text": {"type": type, "text": text}}


def context(*texts: str) -> Body:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text} for text in texts]}


def menu(type: str, size: int) -> Body:
    return {"type": type, "action_id": "m", "options": [option(str(number)) for number in range(size)]}


RIGHT = [
    message(
        header("Question 42"),
        section("*Bold*", accessory={"type": "image", "image_url": "https://e.org/x.png", "alt_text": "A chart"}),
        section("Fields", fields=[plain("a"), plain("b")]),
        {"type": "divider"},
        context("easy", "roles"),
        actions(button("A", "a", value="v", style="primary", confirm=CONFIRM), button("B", "b"), MENU),
        {"type": "image", "image_url": "https://e.org/y.png", "alt_text": "Another", "title": plain("Title")},
        {"type": "markdown", "text": "# Hello"},
    ),
    {"text": "Only words"},
]

RIGHT_VIEWS = [
    modal(
        text_input("City", "city", max_length=100, placeholder=plain("Berlin")),
        field("Menu", "menu", MENU | {"initial_option": option("One")}),
        field("Zone", "zone", {"type": "external_select", "min_query_length": 1}),
        field("Days", "days", {"type": "checkboxes", "options": [option("Monday")]}, optional=True),
        field("Channel", "c", {"type": "conversations_select", "filter": {"include": ["public"]}}),
        field("Time", "t", {"type": "timepicker", "initial_time": "09:30"}),
    ),
    home(section("Hello"), actions(button("Settings", "settings"))),
]

WRONG_MESSAGES: list[tuple[Body, str]] = [
    (message(section("x" * 3001)), "blocks[0].text.text: has 3001 characters"),
    (message(section("")), "blocks[0].text.text: has 0 characters"),
    (message(section("  ")), "blocks[0].text.text: is only white space"),
    (message({"type": "section"}), "blocks[0]: has neither text nor fields"),
    (message(section("x", fields=[plain("y")] * 11)), "blocks[0].fields: has 11 entries"),
    (message(section("x", fields=[plain("y" * 2001)])), "blocks[0].fields[0].text: has 2001 characters"),
    (message(section("x", colour="red")), "blocks[0].colour: is no key Slack knows here"),
    (message(section("x", accessory={"type": "plain_text_input"})), "belongs into an input block"),
    (message(header("x" * 151)), "blocks[0].text.text: has 151 characters"),
    (message(header("x", "mrkdwn")), "blocks[0].text.type: is mrkdwn where only plain_text"),
    (message(context(*"abcdefghijk")), "blocks[0].elements: has 11 entries"),
    (message(actions()), "blocks[0].elements: has 0 entries"),
    (message(actions(*(button("x", str(n)) for n in range(26)))), "blocks[0].elements: has 26 entries"),
    (message(actions(button("x", "a"), button("y", "a"))), "blocks[0]: the action_id 'a' is there twice"),
    (message(section("x", block_id="a"), section("y", block_id="a")), "blocks: the block_id 'a' is there twice"),
    (message(section("x", block_id="a" * 256)), "blocks[0].block_id: has 256 characters"),
    (message(actions(button("x" * 76, "a"))), "blocks[0].elements[0].text.text: has 76 characters"),
    (message(actions(button("x", "a" * 256))), "blocks[0].elements[0].action_id: has 256 characters"),
    (message(actions(button("x", "a", value="v" * 2001))), "blocks[0].elements[0].value: has 2001 characters"),
    (message(actions(button("x", "a", style="green"))), "blocks[0].elements[0].style: is 'green'"),
    (message(actions(button("x", "a", emoji=True))), "blocks[0].elements[0].emoji: is no key Slack knows here"),
    (message(actions(button("x", "a") | {"text": {"type": "mrkdwn", "text": "x"}})), "text.type: is mrkdwn where"),
    (message(actions(MENU | {"options": []})), "blocks[0].elements[0].options: has 0 entries"),
    (message(actions(MENU | {"options": [option("x")] * 2})), "options: the value 'x' is there twice"),
    (message(actions(MENU | {"options": [option("x" * 76, "v")]})), "options[0].text.text: has 76 characters"),
    (message(actions(MENU | {"options": [option("x", "v" * 151)]})), "options[0].value: has 151 characters"),
    (message(actions(MENU | {"options": [option(str(n)) for n in range(101)]})), "options: has 101 entries"),
    (message(actions(MENU | {"initial_option": option("Three")})), "initial_option: is not among the options"),
    (message(actions(MENU | {"placeholder": plain("x" * 151)})), "placeholder.text: has 151 characters"),
    (message(actions(button("x", "a", confirm=CONFIRM | {"title": plain("x" * 101)}))), "confirm.title.text: has 101"),
    (message(actions(menu("overflow", 6))), "blocks[0].elements[0].options: has 6 entries"),
    (message(actions(menu("radio_buttons", 11))), "blocks[0].elements[0].options: has 11 entries"),
    (message(actions(menu("checkboxes", 11))), "blocks[0].elements[0].options: has 11 entries"),
    (message(actions({"type": "rocket"})), "blocks[0].elements[0].type: is 'rocket', which is no element"),
    (message({"type": "image", "image_url": "https://e.org/x.png"}), "blocks[0]: lacks alt_text"),
    (message({"type": "image", "alt_text": "x"}), "blocks[0]: needs image_url or slack_file"),
    (message(*[{"type": "markdown", "text": "x" * 6001}] * 2), "blocks: has 12002 characters of Markdown"),
    (message({"type": "carousel"}), "blocks[0].type: is 'carousel', which is no block known here"),
    (message(*[section("x")] * 51), "blocks: has 51 entries"),
    (message(section("x"), text=""), "text: is missing"),
    (message(section("x"), text="x" * 4001), "text: has 4001 characters"),
    ({"text": "x", "blocks": "nothing"}, "blocks: must be a list"),
    ({"text": "x", "attachments": [{"text": "y"}]}, "attachments: are Slack's old messages"),
    (message(*[{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2), "blocks: has several tables"),
]

WRONG_VIEWS: list[tuple[Body, str]] = [
    (modal(text_input("City", "city")) | {"submit": None}, "view: has an input and lacks submit"),
    (modal(section("x"), title="x" * 25), "view.title.text: has 25 characters"),
    (modal(section("x"), submit=plain("x" * 25)), "view.submit.text: has 25 characters"),
    (modal(section("x"), close=plain("x" * 25)), "view.close.text: has 25 characters"),
    (modal(section("x"), private_metadata="x" * 3001), "view.private_metadata: has 3001 characters"),
    (modal(section("x"), callback_id="x" * 256), "view.callback_id: has 256 characters"),
    (modal(*[section("x")] * 101), "view.blocks: has 101 entries"),
    (modal(), "view.blocks: has 0 entries"),
    (modal(section("x"), colour="red"), "view.colour: is no key Slack knows here"),
    (modal(section("x")) | {"title": None}, "view: lacks title"),
    (modal({"type": "markdown", "text": "x"}), "view.blocks[0].type: is markdown, which only messages may hold"),
    (modal(field("x" * 2001, "a", {"type": "users_select"})), "view.blocks[0].label.text: has 2001 characters"),
    (modal(field("x", "a", button("y", "b"))), "view.blocks[0].element: button does not belong into an input"),
    (modal(text_input("x", "a", max_length=3001)), "view.blocks[0].element.max_length: is 3001"),
    (modal(text_input("x", "a", max_length=5, initial_value="123456")), "initial_value: has 6 characters"),
    (
        modal(field("x", "a", {"type": "timepicker", "initial_time": "9:00"})),
        "initial_time: is '9:00'; it must be HH:mm",
    ),
    (modal(*(text_input("x", str(n), focus_on_load=True) for n in range(2))), "several elements with focus_on_load"),
    (modal(field("x", "a", {"type": "datetimepicker", "initial_date_time": 10**11})), "slack_sdk refuses it"),
    (modal(section("x"), submit_disabled=True), "view.submit_disabled: is no key Slack knows here"),
    (home(section("x")) | {"submit": plain("Save")}, "view.submit: is no key Slack knows here"),
    ({"type": "dialog"}, "view.type: is 'dialog'; modal or home is allowed"),
]


def sentences(value: object) -> str:
    """Name a case by what is found."""
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize("right", RIGHT)
def test_a_right_message_is_taken(right: Body) -> None:
    before = copy.deepcopy(right)
    assert check_message(right) == []
    assert right == before


@pytest.mark.parametrize("right", RIGHT_VIEWS)
def test_a_right_view_is_taken(right: Body) -> None:
    assert check_view(right) == []


@pytest.mark.parametrize(("wrong", "sentence"), WRONG_MESSAGES, ids=sentences)
def test_a_wrong_message_is_found(wrong: Body, sentence: str) -> None:
    [found] = check_message(wrong)
    assert sentence in str(found)


@pytest.mark.parametrize(("wrong", "sentence"), WRONG_VIEWS, ids=sentences)
def test_a_wrong_view_is_found(wrong: Body, sentence: str) -> None:
    [found] = check_view(wrong)
    assert sentence in str(found)


@pytest.mark.parametrize(
    ("offered", "sentence"),
    [
        ({}, "needs options or option_groups"),
        ({"options": [option(str(n)) for n in range(101)]}, "has 101 entries"),
        ({"options": [option("x", "v") | {"colour": "red"}]}, "colour: is no key Slack knows here"),
        ({"option_groups": [{"label": plain("x" * 76), "options": [option("x")]}]}, "label.text: has 76 characters"),
    ],
)
def test_wrong_options_are_found(offered: Body, sentence: str) -> None:
    findings = Findings()
    check_offered(findings, offered)
    assert [sentence in str(found) for found in findings.found] == [True]


def test_nothing_to_offer_is_an_answer_too() -> None:
    findings = Findings()
    check_offered(findings, {"options": []})
    assert findings.found == []
