"""Requests that break Discord's limits are refused as Discord refuses them: 50035, with the path of each field."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.command_limits import check_commands
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.errors import ApiError
from tests.fakes.discord.message_limits import check_message, check_not_empty
from tests.fakes.discord.modal_limits import check_modal
from tests.fakes.discord.snowflakes import Snowflakes

V2 = 1 << 15


def paths(errors: dict[str, Any] | None, at: str = "") -> list[str]:
    """Each refused field and why, in one line."""
    found = []
    for key, inner in (errors or {}).items():
        if key == "_errors":
            found += [f"{at}: {one['code']}" for one in inner]
        else:
            found += paths(inner, f"{at}.{key}" if at else key)
    return found


def refused(check: Any, *args: Any, **options: Any) -> list[str]:
    with pytest.raises(ApiError) as error:
        check(*args, **options)
    assert (error.value.status, error.value.code) == (400, 50035)
    return paths(error.value.errors)


def button(**fields: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": "A", "custom_id": "a"} | fields


def row(*inside: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(inside)}


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def menu(count: int, **fields: Any) -> dict[str, Any]:
    options = [{"label": f"o{number}", "value": str(number)} for number in range(count)]
    return {"type": 3, "custom_id": "m", "options": options} | fields


GOOD = [{"type": 17, "components": [text("Words"), row(button(), button(custom_id="b"))]}]

BAD_COMPONENTS = [
    ([row(button(label="x" * 81))], "components.0.components.0.label: BASE_TYPE_BAD_LENGTH"),
    ([row(button(custom_id="x" * 101))], "components.custom_id: BASE_TYPE_BAD_LENGTH"),
    ([row(button(), button())], "components: COMPONENT_CUSTOM_ID_DUPLICATED"),
    ([row(button(label=None))], "components.0.components.0: BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
    ([row(button(style=5))], "components.0.components.0.url: BASE_TYPE_REQUIRED"),
    ([row(button(custom_id=None))], "components.0.components.0.custom_id: BASE_TYPE_REQUIRED"),
    ([row(*(button(custom_id=str(one)) for one in range(6)))], "components.0.components: BASE_TYPE_BAD_LENGTH"),
    ([row()], "components.0.components: BASE_TYPE_BAD_LENGTH"),
    ([button()], "components.0.type: UNION_TYPE_CHOICES"),
    ([row(menu(26))], "components.0.components.0.options: BASE_TYPE_BAD_LENGTH"),
    ([row(menu(2, placeholder="x" * 151))], "components.0.components.0.placeholder: BASE_TYPE_BAD_LENGTH"),
    ([row(menu(2, max_values=26))], "components.0.components.0.max_values: NUMBER_TYPE_RANGE"),
    ([row(menu(1), button())], "components.0.components: COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    ([text("x" * 2500), text("x" * 1501)], "components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    ([text("")], "components.0.content: BASE_TYPE_BAD_LENGTH"),
    ([{"type": 17, "components": [text("x")] * 40}], "components: COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    ([{"type": 17, "components": GOOD}], "components.0.components.0.type: UNION_TYPE_CHOICES"),
    ([{"type": 9, "components": [text("x")]}], "components.0.accessory: BASE_TYPE_REQUIRED"),
    (
        [{"type": 12, "items": [{"media": {"url": "https://x.example/a.png"}, "description": "x" * 1025}]}],
        "components.0.items.0.description: BASE_TYPE_BAD_LENGTH",
    ),
    (
        [{"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}],
        "components: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
]


@pytest.mark.parametrize(("components", "problem"), BAD_COMPONENTS)
def test_components(components: list[dict[str, Any]], problem: str) -> None:
    assert problem in refused(check_message, {"components": components, "flags": V2})


BAD_MESSAGES = [
    ({"content": "x" * 2001}, "content: BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "components": GOOD, "flags": V2}, "content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    ({"embeds": [{}], "flags": V2}, "embeds: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    ({"components": GOOD}, "components.0.type: UNION_TYPE_CHOICES"),
    ({"components": [row(button(custom_id=str(n))) for n in range(6)]}, "components: BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "flags": 64}, "flags: MESSAGE_FLAGS_INVALID"),
    ({"content": "x", "nonce": "x" * 26}, "nonce: BASE_TYPE_BAD_LENGTH"),
    ({"embeds": [{"description": "x" * 3500}] * 2}, "embeds: MAX_EMBED_SIZE_EXCEEDED"),
    ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title: BASE_TYPE_BAD_LENGTH"),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions.parse: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
]


@pytest.mark.parametrize(("body", "problem"), BAD_MESSAGES)
def test_messages(body: dict[str, Any], problem: str) -> None:
    assert problem in refused(check_message, body)


def test_what_keeps_to_the_limits_passes() -> None:
    check_message({"components": GOOD, "flags": V2})
    check_message({"components": [{"type": 17, "components": [text("x" * 100)] * 39}], "flags": V2})
    check_message({"components": [row(menu(25, max_values=25))]})
    check_message({"content": "x", "flags": 64}, private=True)
    check_not_empty({"components": GOOD})
    nothing: list[dict[str, Any]] = [{}, {"content": " "}, {"content": None, "components": []}]
    for empty in nothing:
        with pytest.raises(ApiError) as error:
            check_not_empty(empty)
        assert error.value.code == 50006


def field(**inner: Any) -> dict[str, Any]:
    return {"type": 18, "label": "Time", "component": {"type": 4, "custom_id": "t", "style": 1} | inner}


BAD_MODALS = [
    ({"title": "x" * 46}, "data.title: BASE_TYPE_BAD_LENGTH"),
    ({"custom_id": ""}, "data.custom_id: BASE_TYPE_BAD_LENGTH"),
    ({"components": []}, "data.components: BASE_TYPE_BAD_LENGTH"),
    ({"components": [field(custom_id=str(n)) for n in range(6)]}, "data.components: BASE_TYPE_BAD_LENGTH"),
    ({"components": [field(), field()]}, "data.components.1: COMPONENT_CUSTOM_ID_DUPLICATED"),
    ({"components": [field() | {"label": "x" * 46}]}, "data.components.0.label: BASE_TYPE_BAD_LENGTH"),
    ({"components": [field(value="x" * 4001)]}, "data.components.0.component.value: BASE_TYPE_BAD_LENGTH"),
    ({"components": [field(placeholder="x" * 101)]}, "data.components.0.component.placeholder: BASE_TYPE_BAD_LENGTH"),
    ({"components": [row(button())]}, "data.components.0.components.0.type: UNION_TYPE_CHOICES"),
    ({"components": [field() | {"component": menu(26)}]}, "data.components.0.component.options: BASE_TYPE_BAD_LENGTH"),
    ({"components": [field() | {"component": button()}]}, "data.components.0.component.type: UNION_TYPE_CHOICES"),
]


@pytest.mark.parametrize(("change", "problem"), BAD_MODALS)
def test_forms(change: dict[str, Any], problem: str) -> None:
    good = {"title": "Settings", "custom_id": "s", "components": [field()]}
    check_modal(good)
    assert problem in refused(check_modal, good | change)


def option(name: str, **fields: Any) -> dict[str, Any]:
    return {"type": 3, "name": name, "description": "An option"} | fields


BAD_COMMANDS = [
    ({"name": "Quiz"}, "0.name: APPLICATION_COMMAND_INVALID_NAME"),
    ({"name": "two words"}, "0.name: APPLICATION_COMMAND_INVALID_NAME"),
    ({"name": "x" * 33}, "0.name: APPLICATION_COMMAND_INVALID_NAME"),
    ({"description": ""}, "0.description: BASE_TYPE_BAD_LENGTH"),
    ({"description": "x" * 101}, "0.description: BASE_TYPE_BAD_LENGTH"),
    ({"options": [option(f"o{n}") for n in range(26)]}, "0.options: BASE_TYPE_BAD_LENGTH"),
    ({"options": [option("a"), option("a")]}, "0.options.1: APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
    (
        {"options": [option("a"), option("b", required=True)]},
        "0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    ({"options": [option("a", type=1), option("b")]}, "0.options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
    (
        {"options": [option("a", choices=[{"name": str(n), "value": str(n)} for n in range(26)])]},
        "0.options.0.choices: BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"options": [option("a", choices=[{"name": "a", "value": "x" * 101}])]},
        "0.options.0.choices.0.value: BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"options": [option("a", autocomplete=True, choices=[{"name": "a", "value": "a"}])]},
        "0.options.0: APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE",
    ),
]


@pytest.mark.parametrize(("change", "problem"), BAD_COMMANDS)
def test_commands(change: dict[str, Any], problem: str) -> None:
    good = {"name": "quiz", "description": "A question"}
    check_commands([good, good | {"name": "help"}])
    assert problem in refused(check_commands, [good | change])


def test_commands_together() -> None:
    good = {"name": "quiz", "description": "A question"}
    assert "1: APPLICATION_COMMANDS_DUPLICATE_NAME" in refused(check_commands, [good, good])
    large = [option(f"o{n}", choices=[{"name": str(c), "value": f"{c:0100}"} for c in range(25)]) for n in range(4)]
    assert "0: APPLICATION_COMMAND_TOO_LARGE" in refused(check_commands, [good | {"options": large}])


def test_how_many_commands_there_may_be() -> None:
    def named(count: int, start: str = "c") -> list[dict[str, Any]]:
        return [{"name": f"{start}{number}", "description": "A question", "type": 1} for number in range(count)]

    check_commands(named(100))
    with pytest.raises(ApiError) as many:
        check_commands(named(101))
    assert many.value.code == 30032
    commands = Commands("1", Snowflakes(lambda: datetime.now(UTC)))
    first = commands.replace(None, named(100))
    assert [one["id"] for one in commands.replace(None, named(100))] == [one["id"] for one in first]
    commands.replace(None, named(100, "d"))
    with pytest.raises(ApiError) as daily:
        commands.replace(None, named(1, "e"))
    assert daily.value.code == 30034


@asynccontextmanager
async def asking(fake: FakeDiscord) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {fake.token}"}) as session:
        yield session


async def test_a_refusal_travels_with_its_paths_and_is_remembered(fake: FakeDiscord) -> None:
    general = fake.guild("Study group").text_channel("general")
    url = f"{fake.api_url}/channels/{general.id}/messages"
    with fake.expecting_violations():
        async with asking(fake) as session, session.post(url, json={"content": "x" * 2001}) as answer:
            body = await answer.json()
            assert (answer.status, body["code"], body["message"]) == (400, 50035, "Invalid Form Body")
            assert paths(body["errors"]) == ["content: BASE_TYPE_BAD_LENGTH"]
            assert answer.headers["Content-Type"] == "application/json"


async def test_doors_without_a_key_or_a_room(fake: FakeDiscord) -> None:
    async with asking(fake) as session:
        for method, path, status in (
            ("GET", "/nowhere", 404),
            ("DELETE", "/users/@me", 405),
            ("GET", "/guilds/1", 404),
            ("GET", f"/applications/{fake.application_id}/commands", 200),
        ):
            async with session.request(method, fake.api_url + path) as answer:
                assert answer.status == status
        async with session.get(f"{fake.api_url}/users/@me", headers={"Authorization": "Bot wrong"}) as answer:
            assert (answer.status, await answer.json()) == (401, {"message": "401: Unauthorized", "code": 0})
        headers = {"Content-Type": "application/json"}
        async with session.post(f"{fake.api_url}/users/@me/channels", data="{", headers=headers) as answer:
            assert (await answer.json())["code"] == 50109
    unknown = [one for one in fake.forgive_violations() if "the fake Discord knows no such request" in one]
    assert [one.split(":")[0] for one in unknown] == ["GET /nowhere", "DELETE /users/@me"]
