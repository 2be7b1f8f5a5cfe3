"""Everything that comes down either line goes through Bolt and is answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.adapters.slack.life import Life
from tests.adapters.slack.reading import text
from tests.contract.slack_stage import SlackStage, slack_stage
from tests.fakes.slack.line import Acked, Kind, Retry, Unacked


@pytest.fixture(params=["socket", "http"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SlackStage]:
    """The bot in Socket Mode, then over HTTP."""
    async with slack_stage(tmp_path, over_http=request.param == "http") as found:
        yield found


async def test_everything_goes_through_bolt(either: SlackStage, monkeypatch: pytest.MonkeyPatch) -> None:
    dispatched: list[str] = []
    real = AsyncApp.async_dispatch

    async def noting(self: AsyncApp, req: AsyncBoltRequest) -> BoltResponse:
        dispatched.append("command" if "command" in req.body else str(req.body.get("type")))
        return await real(self, req)

    monkeypatch.setattr(AsyncApp, "async_dispatch", noting)
    form = await either.press("boss", "Another daily question", await either.say("boss", "/config"))
    await either.person("boss").suggest(form.handle, "zone", "berl")
    await either.fill("boss", form, "set-up", {"place": "#tea", "zone": "Lisbon"})
    await either.workspace.archive(either.channel("general"))
    assert {"command", "block_actions", "block_suggestion", "view_submission", "event_callback"} <= set(dispatched)
    dispatched.clear()
    assert "1st to answer" in (await either.answer("ana", "A")).text
    assert dispatched == ["block_actions"]


async def test_a_command_about_payloads_is_answered(either: SlackStage) -> None:
    """Bolt's own reading of a form takes a text with the word ``payload`` for another kind of body."""
    seen = await either.person("ana").slash(either.channel("general"), "/study", "find payload")
    assert "payload" in text((await seen.message()).blocks)


MALFORMED: list[tuple[Kind, dict[str, Any]]] = [
    ("interactive", {}),
    ("interactive", {"type": "something_new"}),
    ("interactive", {"type": "interactive_message", "callback_id": "x"}),
    ("interactive", {"type": "dialog_suggestion", "callback_id": "x"}),
    ("interactive", {"type": "view_closed", "view": {}}),
    ("interactive", {"type": "view_closed", "view": {"callback_id": "x"}}),
    ("interactive", {"type": "view_submission", "view": {"callback_id": 5}}),
    ("interactive", {"type": "view_submission", "view": [], "user": {"id": "U1"}}),
    ("interactive", {"type": "block_actions"}),
    ("interactive", {"type": "block_actions", "actions": []}),
    ("interactive", {"type": "block_actions", "actions": {}}),
    ("interactive", {"type": "block_actions", "actions": ["x"]}),
    ("interactive", {"type": "block_actions", "actions": [{"action_id": None}], "user": {"id": "U1"}}),
    ("interactive", {"type": "block_actions", "actions": [{"action_id": "x"}], "team": 5}),
    ("interactive", {"type": "block_suggestion", "action_id": 5, "view": []}),
    ("interactive", {"type": "shortcut", "callback_id": None}),
    ("interactive", {"type": ["block_actions"], "user": 5, "response_urls": [5]}),
    ("interactive", {"type": "block_actions", "authorizations": 5, "enterprise": 5}),
    ("slash_commands", {"command": "/study"}),
    ("slash_commands", {"command": ""}),
    ("slash_commands", {"text": "quiz"}),
    ("events_api", {"event": {"type": "message"}}),
    ("events_api", {"type": "event_callback"}),
    ("events_api", {"type": "event_callback", "event": None}),
    ("events_api", {"type": "event_callback", "event": "message"}),
    ("events_api", {"type": "event_callback", "event": []}),
    ("events_api", {"type": "event_callback", "event": {"type": 5}, "authorizations": [5]}),
    ("events_api", {"type": "event_callback", "event": {"type": "message"}, "authorizations": [None]}),
    ("events_api", {"type": "something_new", "event": {"type": "app_uninstalled"}}),
    *(
        ("events_api", {"type": "event_callback", "event": {"type": type, **lacking}})
        for type in ("app_home_opened", "channel_archive", "channel_deleted", "channel_unarchive", "tokens_revoked")
        for lacking in ({}, {"user": None, "channel": None, "tokens": None}, {"user": 5, "channel": {}, "tokens": []})
    ),
    ("events_api", {"type": "event_callback", "event": {"type": "channel_id_changed"}}),
    ("events_api", {"type": "event_callback", "event": {"type": "channel_id_changed", "old_channel_id": "C1"}}),
]


async def test_what_nobody_listens_to_is_acknowledged(either: SlackStage) -> None:
    ana = either.person("ana")
    for kind, payload in MALFORMED:
        assert isinstance(await ana.send(kind, payload), Acked), payload
    assert "Practice" in (await either.say("ana", "/quiz")).text
    either.logged.errors.clear()


async def test_an_event_that_takes_long_is_acknowledged_when_it_is_kept(
    either: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack sends it again after three seconds; the second telling waits for the first, whatever becomes of it."""
    going, failing = asyncio.Event(), True
    real, dispatch, begun, arrived = Life._hear, AsyncApp.async_dispatch, 0, 0

    async def counting(self: AsyncApp, req: AsyncBoltRequest) -> BoltResponse:
        nonlocal arrived
        arrived += 1
        return await dispatch(self, req)

    async def slow(self: Life, payload: dict[str, Any], event: dict[str, Any]) -> None:
        nonlocal begun
        begun += 1
        await going.wait()
        if failing:
            raise OSError
        await real(self, payload, event)

    monkeypatch.setattr(Life, "_hear", slow)
    monkeypatch.setattr(AsyncApp, "async_dispatch", counting)
    body = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "message"}}
    lines = either.slack.lines
    with either.slack.nobody_waits():
        told = [await lines.deliver("events_api", body, retry) for retry in (None, Retry(1, "http_timeout"))]
    assert told == [Unacked("operation_timeout")] * 2
    await either.until(lambda: arrived == 2, "the second telling")
    assert "Practice" in (await either.say("ana", "/quiz")).text
    going.set()
    await either.until(lambda: either.logged.errors, "a line in the log")
    assert begun == 1
    failing = False
    assert isinstance(await lines.deliver("events_api", body, Retry(2, "http_error")), Acked)
    assert isinstance(await lines.deliver("events_api", body, Retry(3, "http_error")), Acked)
    assert begun == 2
    either.logged.errors.clear()


async def test_settings_bolt_reads_from_the_environment_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("BOT_TOKEN", "SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "VERIFICATION_TOKEN", "SCOPES"):
        monkeypatch.setenv(f"SLACK_{name}", "xoxb-another" if name == "BOT_TOKEN" else "another")
    async with slack_stage(tmp_path) as stage:
        assert "Practice" in (await stage.say("ana", "/quiz")).text
        assert not {request.token for request in stage.slack.requests.all} & {"xoxb-another"}
    assert not [record for record in caplog.records if not record.name.startswith("bot.")]
