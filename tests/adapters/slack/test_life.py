"""Workspaces and channels that come and go, lines that break, tokens that end: what is noticed, and what is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.slack.life import Life
from bot.adapters.slack.socket_mode import Socket
from bot.app.core import FixedDice
from bot.app.run import Bot, bot
from bot.config import Settings
from bot.domain.community import Platform
from bot.posting.places import KEPT_AFTER_LEAVING
from tests.adapters.slack.reading import text
from tests.adapters.slack.test_posting import told
from tests.contract.slack_stage import SlackOverHttp, SlackStage, slack_stage
from tests.contract.test_contract import letter
from tests.contract.unhurried import SLACK, as_shipped
from tests.dialogues.telling import MONDAY
from tests.fakes.clock import FakeClock
from tests.fakes.loop_time import LoopTime, turns
from tests.fakes.patience import PATIENCE
from tests.fakes.slack import Acked, Fail, FakeSlack


def socket(stage: SlackStage) -> Socket:
    line = stage.face.transport
    assert isinstance(line, Socket)
    return line


# --- lines ------------------------------------------------------------------------------------------------------


async def test_a_torn_line_is_taken_up_again_in_less_than_three_seconds(stage: SlackStage, hurry: LoopTime) -> None:
    sockets = stage.slack.sockets
    for _ in range(2):
        opened = sockets.opened
        hurry.stop()
        sockets.abort()
        for _ in range(2):
            await turns()
            hurry.by(1.0)
        await hurry.until(lambda: sockets.opened > opened, "a line")  # noqa: B023
        hurry.go_on()
        await sockets.reconnected(opened)


async def torn(stage: SlackStage) -> None:
    """Tear the line; wait for the next."""
    opened = stage.slack.sockets.opened
    stage.slack.sockets.abort()
    await stage.slack.sockets.reconnected(opened)


async def test_a_torn_line_is_taken_up_again(stage: SlackStage) -> None:
    for _ in range(2):
        await torn(stage)
        assert "Practice" in (await stage.say("ana", "/quiz")).text
    assert "1 in a row" in (await stage.answer("ana", letter(await stage.post()))).text
    assert [line for line in stage.said if "line was lost" in line]
    assert stage.said[-1] == "Slack: connected again."


async def test_a_silent_line_is_noticed_and_made_anew(
    stage: SlackStage, hurry: LoopTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_shipped(monkeypatch, *SLACK)
    await torn(stage)
    opened = stage.slack.sockets.opened
    hurry.stop()
    for _ in range(4):
        hurry.by(5.1)  # it is asked after ten seconds or eleven, and has five to answer
        await turns()
    assert socket(stage).alive, "an idle line is asked, and answers"
    stage.slack.sockets.freeze()
    frozen = list(stage.slack.sockets.open)
    for _ in range(4):
        hurry.by(5.1)
        await turns()
    hurry.go_on()
    await stage.slack.until(lambda: stage.slack.sockets.opened > opened)
    for connection in frozen:
        if connection in stage.slack.sockets.open:
            stage.slack.sockets.open.remove(connection)
    assert "Practice" in (await stage.say("ana", "/quiz")).text


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
@pytest.mark.parametrize("at_once", [False, True])
async def test_an_announced_end_is_followed_by_one_new_line(stage: SlackStage, reason: str, at_once: bool) -> None:
    opened = stage.slack.sockets.opened
    await stage.slack.sockets.disconnect(reason, at_once=at_once)  # type: ignore[arg-type]
    await stage.slack.sockets.reconnected(opened)
    assert "1 in a row" in (await stage.answer("ana", letter(await stage.post()))).text
    assert stage.slack.sockets.opened == opened + 1


async def test_a_line_that_is_one_too_many_is_not_asked_for_again_at_once(
    stage: SlackStage, hurry: LoopTime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Ten others are open; each on its way here lasts longer than one that is none."""
    monkeypatch.setattr("bot.adapters.slack.socket_mode.SHORT_LIFE", 0.0)
    monkeypatch.setattr("bot.kit.Backoff.next", lambda _: 60.0)
    monkeypatch.setattr("tests.fakes.slack.socket_mode.CONNECTIONS_LIMIT", 0)
    opened = stage.slack.sockets.opened
    stage.slack.sockets.abort()
    await stage.until(lambda: "connecting to Slack failed" in caplog.text, "a word about the line that is none")
    hurry.stop()
    hurry.by(59)
    await turns()
    assert stage.slack.sockets.opened == opened + 1
    hurry.by(1)
    await hurry.until(lambda: stage.slack.sockets.opened == opened + 2, "another try after a minute")
    hurry.go_on()


async def test_a_limit_on_new_lines_is_waited_out(
    stage: SlackStage, hurry: LoopTime, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack gives about one a minute; who asks on within a limit is kept waiting for longer."""

    def asked() -> int:
        return len(stage.slack.requests.of("apps.connections.open"))

    before = asked()
    stage.slack.on("apps.connections.open", Fail("ratelimited", retry_after=50))
    stage.slack.sockets.abort()
    await stage.until(lambda: "Slack gave no line: ratelimited" in caplog.text, "a word about the limit")
    opened = stage.slack.sockets.opened
    hurry.stop()
    hurry.by(45)
    await turns()
    assert asked() == before + 1
    hurry.by(10)
    hurry.go_on()
    await stage.slack.sockets.reconnected(opened)
    assert asked() == before + 2


async def test_what_is_no_message_is_passed_over(stage: SlackStage) -> None:
    for said in ("not json", "[]", '"x"', '{"type": "news"}', '{"envelope_id": "1", "type": "later", "payload": 1}'):
        await stage.slack.sockets.babble(said)
    assert "Practice" in (await stage.say("ana", "/quiz")).text


async def test_health_says_how_old_the_last_frame_is(stage: SlackStage, hurry: LoopTime) -> None:
    hurry.stop()
    await stage.say("ana", "/quiz")
    hurry.by(7)
    assert socket(stage).silence == pytest.approx(7)
    health = await stage.press("boss", "Health", await stage.say("boss", "/config"))
    hurry.go_on()
    assert "Slack was heard 0 s ago." in health.text


# --- tokens -----------------------------------------------------------------------------------------------------


@asynccontextmanager
async def starting(slack: FakeSlack, folder: Path, **other: object) -> AsyncIterator[tuple[Bot, list[str]]]:
    said: list[str] = []
    settings = Settings.model_validate(
        {
            "database_url": f"sqlite:///{folder}/starting.db",
            "slack_bot_token": slack.bot_token,
            "slack_app_token": slack.app_token,
            "slack_api_url": slack.api_url,
            **other,
        }
    )
    async with bot(settings, said.append, FakeClock(MONDAY), FixedDice(1)) as at_work:
        yield at_work, said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"slack_bot_token": "xoxb-wrong"}, "Slack does not accept SLACK_BOT_TOKEN."),
        ({"slack_app_token": "xapp-wrong"}, "Slack does not accept SLACK_APP_TOKEN."),
    ],
)
async def test_a_wrong_token_ends_the_face_with_a_sentence(
    tmp_path: Path, wrong: dict[str, str], sentence: str
) -> None:
    async with FakeSlack() as slack, starting(slack, tmp_path, **wrong) as (at_work, said):
        await asyncio.wait_for(asyncio.gather(*at_work.running), PATIENCE)
        assert said[-1].startswith("Slack has stopped.")
        assert sentence in said[-1]


async def test_socket_mode_switched_off_ends_the_face_with_a_sentence(stage: SlackStage) -> None:
    await stage.slack.sockets.disconnect("link_disabled")
    await asyncio.wait_for(asyncio.gather(*stage.bot.running), PATIENCE)
    assert "Socket Mode is switched off for this app." in stage.said[-1]
    stage.logged.errors.clear()


async def test_a_slack_that_cannot_be_reached_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.slack.face.FIRST_WAIT", 0.01)
    monkeypatch.setattr("bot.adapters.slack.socket_mode.FIRST_WAIT", 0.01)
    async with FakeSlack() as slack:
        slack.workspace()
        slack.on("auth.test", Fail("fatal_error"), times=2)
        slack.on("apps.connections.open", Fail("internal_error"), times=2)
        async with starting(slack, tmp_path) as (at_work, said):
            await asyncio.wait_for(at_work.faces[0].loops.begun.wait(), PATIENCE)
            assert sum("cannot be reached; trying again" in line for line in said) == 2


async def test_scopes_the_app_was_installed_without_are_named_at_the_start(tmp_path: Path) -> None:
    async with FakeSlack() as slack:
        slack.workspace().team.scopes.discard("users:read")
        async with starting(slack, tmp_path) as (at_work, said):
            await asyncio.wait_for(at_work.faces[0].loops.begun.wait(), PATIENCE)
            assert any("installed without users:read" in line for line in said)


@pytest.mark.parametrize("revoked_first", [False, True])
async def test_removed_from_a_workspace_nothing_is_posted_and_everything_waits(
    stage: SlackStage, revoked_first: bool
) -> None:
    await stage.answer("ana", letter(await stage.post()))
    posts = len(stage.posts())
    for event in await stage.workspace.uninstall(revoked_first=revoked_first):
        assert isinstance(event.answers[-1], Acked)
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))
    stage.clock.advance(timedelta(days=2))
    await stage.part.loops.tick()
    assert len(stage.posts()) == posts
    stage.clock.advance(KEPT_AFTER_LEAVING)
    await stage.part.loops.reconcile()
    found = await stage.bot.core.storage.read(lambda uow: uow.communities.find(Platform.SLACK, stage.workspace.id))
    assert found is None, "erased after a week"


async def test_a_channel_that_is_given_another_id_keeps_its_question_and_its_reveal(stage: SlackStage) -> None:
    await stage.answer("ana", letter(await stage.post()))
    general = stage.channel("general")
    before = general.id
    await stage.workspace.change_id(general)
    assert general.id != before
    await stage.until_tracks(lambda tracks: all(track.settings.place == general.id for track in tracks))
    came = await stage.tomorrow()
    assert "Question 2" in came
    assert "Question 1, closed" in came


async def test_a_token_that_died_unheard_is_noticed_when_it_is_used(stage: SlackStage) -> None:
    for token in stage.workspace.team.tokens:
        stage.workspace.team.tokens[token] = "revoked"
    await stage.tomorrow()
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))


async def test_an_uninstall_told_late_does_not_undo_a_new_installation(stage: SlackStage) -> None:
    await stage.workspace.happen({"type": "app_uninstalled"})
    assert "Question 2" in await stage.tomorrow(), "the token works, so it was told out of order"


# --- channels ---------------------------------------------------------------------------------------------------


async def test_a_deleted_channel_pauses_at_once(stage: SlackStage) -> None:
    await stage.say("boss", "/config time:09:00 zone:utc", "#tea")
    await stage.workspace.delete(stage.channel("tea"))
    await stage.until_tracks(lambda tracks: any(not track.running for track in tracks))
    await stage.part.loops.reconcile()
    assert "its channel was deleted" in told(stage, "boss")


async def test_an_archived_channel_pauses_and_goes_on_when_it_is_back(stage: SlackStage) -> None:
    await stage.workspace.archive(stage.channel("general"))
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))
    await stage.part.loops.reconcile()
    assert "its channel was archived" in told(stage, "boss")
    await stage.workspace.unarchive(stage.channel("general"))
    await stage.until_tracks(lambda tracks: all(track.running for track in tracks))
    assert "Question 2" in await stage.tomorrow()


async def test_a_channel_with_a_new_id_keeps_its_question(stage: SlackStage) -> None:
    await stage.workspace.change_id(stage.channel("general"))
    now = stage.channel("general").id
    await stage.until_tracks(lambda tracks: all(track.settings.place == now for track in tracks))
    assert "Question 2" in await stage.tomorrow()


async def test_a_renamed_channel_goes_on(stage: SlackStage) -> None:
    channel = stage.channel("general")
    await stage.workspace.rename(channel, "general-2")
    await stage.tomorrow()
    post = stage.slack.messages(channel)[-1]
    assert "Question 2" in text(post.blocks)
    assert "1st to answer" in text((await (await stage.person("ana").press(post, "A")).message()).blocks)


async def test_a_button_names_a_renamed_channel_as_it_is_called_now(stage: SlackStage) -> None:
    general = stage.channel("general")
    await stage.say("boss", "/config time:00:00 zone:utc weekdays:every day", "#tea")
    await stage.tomorrow()
    assert "The one in #general" in (await stage.say("ana", "/daily", "#tea")).labels
    await stage.workspace.rename(general, "lounge")
    stage.clock.advance(timedelta(minutes=11))
    assert "The one in #lounge" in (await stage.say("ana", "/daily", "#tea")).labels


async def test_out_of_a_public_channel_it_still_posts_and_out_of_a_private_one_it_pauses(stage: SlackStage) -> None:
    """Slack says nothing of a private channel to an app that may not look at private channels."""
    general = stage.channel("general")
    stage.workspace.invite_app(general)
    await stage.workspace.remove(general)
    assert "Question 2" in await stage.tomorrow()
    club = stage.workspace.channel("club", "private", app_in_it=True)
    await stage.say("boss", "/config time:09:00 zone:utc", "#club")
    assert await stage.workspace.remove(club) is None
    await stage.tomorrow()
    await stage.until_tracks(lambda tracks: sum(not track.running for track in tracks) == 1)
    assert "In a private channel, type /invite @Studybot first." in (await stage.say("boss", "/config")).text


async def test_events_told_twice_and_out_of_order_are_no_trouble(stage: SlackStage) -> None:
    stage.slack.events.hold()
    general = stage.channel("general")
    await stage.workspace.archive(general)
    await stage.workspace.unarchive(general)
    await stage.workspace.happen({"type": "channel_rename", "channel": {"id": general.id, "name": "x"}}, times=2)
    await stage.slack.events.release()
    await stage.until_tracks(lambda tracks: all(track.running for track in tracks))
    event = stage.slack.events.sent[0]
    await stage.slack.events.retry(event)
    await asyncio.sleep(0)
    assert "Question 2" in await stage.tomorrow(), "an old event told again happened once"


@pytest.mark.parametrize("line", ["socket", "http"])
async def test_what_could_not_be_kept_is_not_acknowledged_and_told_again(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with slack_stage(tmp_path, over_http=line == "http") as stage:
        with monkeypatch.context() as broken, stage.slack.nobody_waits():
            broken.setattr("bot.posting.places.place_gone", None)
            event = await stage.workspace.archive(stage.channel("general"))
            await stage.until(lambda: stage.logged.errors, "a line in the log")
        assert event is not None
        assert not event.acked()
        await stage.slack.events.retry_unacked()
        assert event.acked()
        await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))
        assert any("an event could not be kept" in error for error in stage.logged.errors)
        stage.logged.errors.clear()


# --- both platforms, and many workspaces ------------------------------------------------------------------------


async def test_two_workspaces_of_one_app_know_nothing_of_each_other(over_http: SlackOverHttp) -> None:
    stage = over_http
    other = stage.slack.workspace("elsewhere", installed=False)
    chief = other.user("chief")
    page = await stage.install(other, chief)
    assert "Studybot is installed in elsewhere" in page.text
    greeting = await stage.slack.posted(other.direct(chief))
    assert "Studybot is here" in text(greeting.blocks)
    lobby = other.channel("lobby")
    saved = await chief.slash(lobby, "/study", "config time:00:00 zone:utc weekdays:every day")
    assert "Saved" in text((await saved.message()).blocks), "who installed the app may manage"
    await stage.answer("ana", letter(await stage.post()))
    await stage.tomorrow()
    elsewhere = [text(message.blocks) for message in stage.slack.messages(lobby)]
    assert any("Question 1" in said for said in elsewhere)
    assert not any("Question 2" in said for said in elsewhere)
    await other.uninstall()
    kept = await stage.bot.core.storage.read(lambda uow: uow.installations.workspaces())
    assert kept == (stage.workspace.id,), "its token is forgotten at once"
    assert "Question 3" in await stage.tomorrow()
    await stage.restart()
    assert "Question 3" in (await stage.say("ana", "/daily")).text


async def test_a_fault_in_keeping_up_holds_no_question_back(stage: SlackStage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(life: Life) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(Life, "ready", fail)
    await stage.restart()
    assert "Question 2" in await stage.tomorrow()
    assert stage.logged.errors == ["handling what Slack sent failed"]
    stage.logged.errors.clear()
