"""Requests are held against an OpenAPI document; here a small one, so that this is proved without Discord's."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.discord import FakeDiscord, Violations, openapi

DOCUMENT = {
    "openapi": "3.1.0",
    "paths": {
        "/channels/{channel_id}/messages": {
            "parameters": [{"name": "channel_id", "in": "path"}],
            "post": {
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/MessageCreateRequest"}}}
                }
            },
            "get": {"parameters": [{"name": "limit", "in": "query"}]},
        },
        "/users/@me": {"get": {}},
    },
    "components": {
        "schemas": {
            "SnowflakeType": {"type": "string", "pattern": "^[0-9]+$"},
            "MessageCreateRequest": {
                "type": "object",
                "properties": {
                    "content": {"type": "string", "maxLength": 4000},
                    "components": {
                        "type": "array",
                        "items": {
                            "oneOf": [
                                {"$ref": "#/components/schemas/Text"},
                                {"$ref": "#/components/schemas/Row"},
                            ]
                        },
                    },
                },
            },
            "Text": {
                "type": "object",
                "properties": {"type": {"enum": [10]}, "content": {"type": "string", "maxLength": 5}},
                "required": ["type", "content"],
            },
            "Row": {"type": "object", "properties": {"type": {"enum": [1]}, "components": {"type": "array"}}},
        }
    },
}


@pytest.fixture
def _small_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(DOCUMENT))
    monkeypatch.setenv("STUDYBOT_DISCORD_SPEC", str(path))
    counted = openapi.tally.copy()
    yield
    openapi.tally.clear()
    openapi.tally.update(counted)


@pytest.fixture
async def session(_small_document: None) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as one:
        yield one


async def ask(fake: FakeDiscord, session: aiohttp.ClientSession, method: str, path: str, body: object = None) -> None:
    headers = {"Authorization": f"Bot {fake.token}"}
    options = {} if body is None else {"json": body}
    async with session.request(method, fake.api_url + path, headers=headers, **options) as answer:  # type: ignore[arg-type]
        await answer.read()


async def test_each_kind_of_violation_is_named(session: aiohttp.ClientSession) -> None:
    async with FakeDiscord() as fake:
        assert fake.checked_against_spec
        channel = fake.guild("Study group").text_channel("general")
        posts = f"/channels/{channel.id}/messages"
        await ask(fake, session, "GET", "/users/@me")
        await ask(fake, session, "POST", posts, {"content": "fine"})
        assert fake.violations == []
        for method, path, body, said in (
            ("POST", posts, {"content": "x", "colour": 1}, "'colour' was unexpected"),
            ("POST", posts, {"content": 5}, "content: 5 is not of type 'string'"),
            ("POST", posts, {"components": [{"type": 10, "content": "too long"}]}, "components.0.content: 'too long'"),
            ("GET", posts + "?limits=5", None, "unknown query field 'limits'"),
            ("GET", f"/channels/{channel.id}", None, "the document has no such path"),
            ("GET", "/nowhere", None, "the fake Discord knows no such request"),
            ("POST", posts, {"components": 5}, "the fake Discord failed"),
        ):
            try:
                await ask(fake, session, method, path, body)
            finally:
                found = fake.forgive_violations()
            assert any(said in one for one in found), (said, found)


async def test_a_violation_fails_the_test_it_happens_in(session: aiohttp.ClientSession) -> None:
    fake = await FakeDiscord().__aenter__()
    channel = fake.guild("Study group").text_channel("general")
    await ask(fake, session, "GET", f"/channels/{channel.id}/messages?limits=5")
    with pytest.raises(Violations, match="unknown query field"):
        await fake.__aexit__(None, None, None)


async def test_without_a_document_only_the_limits_are_checked(
    session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYBOT_DISCORD_SPEC", "")
    async with FakeDiscord() as fake:
        assert not fake.checked_against_spec
        channel = fake.guild("Study group").text_channel("general")
        await ask(fake, session, "POST", f"/channels/{channel.id}/messages", {"content": "x", "colour": 1})
        assert fake.violations == []
        with fake.expecting_violations():
            await ask(fake, session, "POST", f"/channels/{channel.id}/messages", {"content": "x" * 2001})


def test_discords_document_is_looked_for_beside_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STUDYBOT_DISCORD_SPEC", raising=False)
    monkeypatch.setattr(openapi, "_ROOT", tmp_path / "project")
    found = openapi.document()
    assert found is None or tmp_path not in found.parents, "one further up is not this test's"
    beside = tmp_path / "shared" / "specs" / "discord-openapi.json"
    beside.parent.mkdir(parents=True)
    beside.write_text("{}")
    assert openapi.document() == beside
