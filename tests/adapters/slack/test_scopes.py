"""Each scope left out: what is missing is named, nothing false is said, and everything else works."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.adapters.slack.workspaces import SCOPES
from bot.app.slack import checks as slack_checks
from tests.adapters.slack.reading import text
from tests.adapters.slack.test_home import home
from tests.contract.slack_stage import SlackOverHttp, SlackStage, slack_stage
from tests.contract.stage import Shown
from tests.contract.test_contract import letter
from tests.fakes.slack.manifest import Manifest

LACKS = "Studybot lacks the permission {scope} in this workspace. Add it in the app's settings"
INVITE = "Studybot is not in that channel. Open it and type /invite @Studybot there."
UNPOSTED = {"chat:write": LACKS.format(scope="chat:write"), "chat:write.public": INVITE}
"""What is said where something cannot be posted."""
UNSAVED = UNPOSTED | {"users:read": LACKS.format(scope="users:read")}
"""What a manager is told instead of "Saved"."""


@dataclass(frozen=True)
class Without:
    """The bot in a workspace that installed it without one scope; a daily question was set up before."""

    scope: str
    stage: SlackStage

    async def command(self, who: str, name: str, label: str) -> Shown:
        """A command, or the button of the Home tab where there are no commands."""
        if self.scope != "commands":
            return await self.stage.say(who, f"/{name}")
        person = self.stage.person(who)
        return await self.stage.shown(person, await person.press(await home(self.stage, who), label))


@pytest.fixture(params=SCOPES)
async def without(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Without]:
    async with slack_stage(tmp_path) as stage:
        stage.workspace.team.scopes.discard(request.param)
        stage.slack.world.manifest = Manifest(
            global_shortcuts=frozenset({"open"}), message_shortcuts=frozenset({"today"})
        )
        await stage.restart()
        yield Without(request.param, stage)


async def test_the_operator_is_told_at_the_start_and_by_doctor(without: Without) -> None:
    scope, stage = without.scope, without.stage
    said = "\n".join(stage.said)
    checks = [check async for check in slack_checks(stage.settings())]
    if scope == "chat:write.public":
        assert "installed without" not in said, "it may be left out"
        assert all(check.good for check in checks)
        return
    assert f"the app was installed without {scope}." in said
    (found,) = [check for check in checks if check.what == "Slack scopes"]
    assert (found.good, found.told.startswith(f"{scope} lacking.")) == (False, True)


async def test_members_go_on(without: Without) -> None:
    scope, stage = without.scope, without.stage
    assert "1st to answer" in (await stage.answer("ana", letter(await stage.post()))).text
    assert "Your progress" in text((await home(stage, "ana")).blocks)
    assert "Practice" in (await without.command("ana", "quiz", "Practise")).text
    assert "Practise in private" in (await without.command("ana", "help", "Help")).text
    assert (await without.command("ana", "role", "Roles")).labels
    if scope == "commands":
        notice = (await stage.person("ana").slash(stage.channel("general"), "/study", "quiz")).notice
        assert notice is not None
        assert "is not a valid command" in notice, "Slack says so, we hear nothing"


async def test_a_manager_is_told_and_nothing_is_saved(without: Without) -> None:
    scope, stage = without.scope, without.stage
    if scope == "commands":
        tab = await home(stage, "boss")
        form = await stage.press("boss", "Another daily question", Shown("", ("Another daily question",), handle=tab))
        told = await stage.fill("boss", form, "set-up", {"place": "#tea", "zone": "Lisbon"})
    else:
        told = await stage.say("boss", "/config time:09:00 zone:utc", "#tea")
    introduced = [text(message.blocks) for message in stage.posts("#tea")]
    if scope in UNSAVED:
        assert UNSAVED[scope] in told.text
        assert "Saved" not in told.text
        assert introduced == []
        await stage.until_tracks(lambda tracks: sum(track.running for track in tracks) == 1)
    else:
        assert "Saved" in told.text
        assert len(introduced) == 1
        await stage.until_tracks(lambda tracks: sum(track.running for track in tracks) == 2)


async def test_what_is_shared_is_there_or_the_reason_is_said(without: Without) -> None:
    stage = without.stage
    if without.scope == "commands":
        return  # nothing is shared from the Home tab, which is in no channel
    before = len(stage.posts())
    profile = await stage.say("ana", "/role ai engineer")
    shared = await stage.press("ana", "Share here", profile)
    reason = UNPOSTED.get(without.scope)
    assert len(stage.posts()) == before + (reason is None)
    if reason is None:
        assert shared.text.startswith("Shared AI Engineer here.")
    else:
        assert reason in shared.text
        assert "Nothing was shared." in shared.text


async def test_the_daily_question_comes_or_pauses_with_the_reason_and_goes_on_later(without: Without) -> None:
    scope, stage = without.scope, without.stage
    came = await stage.tomorrow()
    if scope not in UNPOSTED:
        assert "Question 2" in came
        assert "Question 1, closed" in came
        return
    assert "Question 2" not in came
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))
    config = await stage.say("boss", "/config")
    assert UNPOSTED[scope].partition(".")[0] in config.text
    stage.workspace.team.scopes.add(scope)
    panel = await stage.press("boss", "Change", config)
    await stage.press("boss", "Resume", panel)
    assert "Question 2" in await stage.tomorrow()


async def test_over_http_doctor_names_it_by_workspace(over_http: SlackOverHttp) -> None:
    over_http.workspace.team.scopes.discard("users:read")
    checks = [check async for check in slack_checks(over_http.settings())]
    (found,) = [check for check in checks if check.what == f"Workspace {over_http.workspace.id}, scopes"]
    assert (found.good, found.told.startswith("users:read lacking.")) == (False, True)
