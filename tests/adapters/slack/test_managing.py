"""Slack is asked who manages before anything is changed, wherever it is changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app.features import all_commands
from bot.commands.declare import Handler, Needs
from bot.replies.routes import route
from tests.adapters.slack.test_presses import press
from tests.contract.slack_stage import SlackStage
from tests.fakes.slack import Fail

REFUSED = "Only managers can do that"
CHANGING = [one for one in all_commands().presses.values() if one.manager and one.needs is Needs.WRITE]


def asked(stage: SlackStage) -> int:
    """Count the times Slack was asked about a person."""
    return len(stage.slack.requests.of("users.info"))


def test_there_are_such_buttons() -> None:
    assert len(CHANGING) > 10


@pytest.mark.parametrize("handler", CHANGING, ids=lambda one: one.name)
async def test_whoever_was_taken_down_changes_nothing_with_a_button(stage: SlackStage, handler: Handler) -> None:
    await stage.say("boss", "/config")
    stage.person("boss").user.is_admin = False
    before = asked(stage)
    pressed = route(handler.name, *("1" for _ in handler.carried)).text
    assert REFUSED in await press(stage, "boss", pressed), "the button is still there, and does nothing"
    assert asked(stage) == before + 1


async def test_whoever_was_taken_down_changes_nothing_with_a_command_or_a_form(stage: SlackStage) -> None:
    opened = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    stage.person("boss").user.is_admin = False
    assert REFUSED in (await stage.fill("boss", opened, "set-up", {"place": "#tea", "zone": "Lisbon"})).text
    assert REFUSED in (await stage.say("boss", "/config time:10:00")).text
    await stage.until_tracks(lambda tracks: [track.settings.schedule.at.hour for track in tracks] == [0])


async def test_whoever_became_an_admin_may_change_things_at_once(stage: SlackStage) -> None:
    assert REFUSED in (await stage.say("ana", "/config")).text
    stage.person("ana").user.is_admin = True
    assert REFUSED not in (await stage.say("ana", "/config")).text


async def test_what_changes_nothing_asks_again_after_ten_minutes(stage: SlackStage) -> None:
    await stage.say("boss", "/config")
    before = asked(stage)
    glance = route("cfg-all").text
    stage.clock.advance(timedelta(seconds=599))
    assert REFUSED not in await press(stage, "boss", glance)
    assert asked(stage) == before
    stage.clock.advance(timedelta(seconds=1))
    assert REFUSED not in await press(stage, "boss", glance)
    assert asked(stage) == before + 1


async def test_while_slack_does_not_say_nothing_is_changed(stage: SlackStage) -> None:
    """Not even by someone who managed a minute ago."""
    await stage.say("boss", "/config")
    stage.slack.on("users.info", Fail("internal_error"))
    assert "Slack did not say just now whether you may manage" in await press(
        stage, "boss", route("cfg-pause", "1").text
    )
    await stage.until_tracks(lambda tracks: all(track.running for track in tracks))
