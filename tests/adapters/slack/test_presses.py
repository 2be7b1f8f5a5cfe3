"""Presses and commands as they come in the wild: late, twice, forged, from the wrong person, on what is gone."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.cards import Names
from bot.adapters.slack.render import rendered
from bot.commands.dispatch import Answered, Dispatch
from bot.domain.identifiers import RoundId
from bot.ports.call import Call
from bot.replies.said import said
from tests.adapters.slack.reading import pressable, text
from tests.contract.slack_stage import SlackStage
from tests.contract.test_contract import letter
from tests.fakes.slack import Fail, Hang, Message, View
from tests.fakes.slack.line import Acked


def forged(route: str) -> dict[str, Any]:
    return {"action_id": route, "value": route}


async def press(stage: SlackStage, who: str, route: str, on: Message | None = None) -> str:
    """A press on a button that carries ``route``, whatever the message shows."""
    person = stage.person(who)
    seen = await person.press(on or stage.newest_post(), "A", forged=forged(route))
    return (await stage.shown(person, seen)).text


async def test_presses_at_once_are_one_answer(stage: SlackStage) -> None:
    post, ana = stage.newest_post(), stage.person("ana")
    seen = await asyncio.gather(*(ana.press(post, name) for name in "ABCDABCD"))
    told = [text((await one.message()).blocks) for one in seen]
    assert sum("1st to answer" in one for one in told) == 1
    assert sum("That stands" in one for one in told) == 7
    assert "1 answered" in (await stage.say("ana", "/progress")).text


async def test_one_that_is_delivered_twice_is_answered_once(stage: SlackStage) -> None:
    ana = stage.person("ana")
    payload = ana.payload(
        "block_actions", trigger_id="1.2.3", actions=[{"action_id": "a", "value": "sb1:how"}], container={}
    )
    payload |= {"channel": {"id": stage.channel("general").id}, "response_url": f"{stage.slack.url}/response/T1/none"}
    before = len(stage.slack.requests.of("response_url"))
    for _ in range(3):
        assert isinstance(await ana.send("interactive", payload), Acked)
    await stage.door.settled()
    assert len(stage.slack.requests.of("response_url")) == before + 1


async def test_a_press_on_a_closed_question_is_told_kindly(stage: SlackStage) -> None:
    post = stage.newest_post()
    await stage.tomorrow()
    seen = await stage.person("ana").press(post, "A", stale=True)
    assert (
        "That question is closed, so a press no longer counts." in (await stage.shown(stage.person("ana"), seen)).text
    )


async def test_the_reveal_is_an_edit_with_new_text_and_no_letters(stage: SlackStage) -> None:
    post = stage.newest_post()
    before = post.text
    await stage.tomorrow()
    assert post.edits == 1
    assert post.text != before
    assert "closed" in post.text
    assert not {"A", "B", "C", "D"} & set(dict(pressable(post.blocks)))


async def test_a_post_is_read_aloud_in_full_and_unfurls_nothing(stage: SlackStage) -> None:
    sent = stage.slack.requests.of("chat.postMessage")[-1].arguments
    assert sent["unfurl_links"] is False
    assert sent["unfurl_media"] is False
    for line in (await stage.post()).splitlines()[1:6]:
        assert line[3:].strip() in text([{"type": "section", "text": {"text": sent["text"]}}])


@pytest.mark.parametrize(
    "route",
    [
        "sb0:ans:1:a",
        "sb1:unheard:1",
        "sb1:ans:999999:a",
        "sb1:ans:1:z",
        "sb1",
        "other app's",
        "sb1:ans:x:y",
        "sb1:cfg:",
        "x" * 2000,
    ],
)
async def test_routes_that_are_unknown_older_or_forged_get_a_sentence(stage: SlackStage, route: str) -> None:
    assert "Nothing was" in await press(stage, "boss", route)


async def test_a_forged_press_on_a_managers_control_changes_nothing(stage: SlackStage) -> None:
    for what in ("cfg-pause", "cfg-delete-yes", "cfg-now", "cfg-skip", "cfg"):
        assert "Only managers can do that" in await press(stage, "ana", f"sb1:{what}:1")
    assert "running" in (await stage.say("boss", "/config")).text


@pytest.mark.parametrize("kind", ["guest", "single_channel_guest", "stranger", "deactivated", "bot"])
async def test_whoever_is_no_full_member_may_not_manage_and_may_answer(stage: SlackStage, kind: str) -> None:
    who = stage.workspace.user(kind, admin=True, **{kind: True})  # type: ignore[arg-type]
    seen = await who.slash(stage.channel("general"), "/study", "config")
    assert "Only managers can do that" in (await stage.shown(who, seen)).text
    assert "1st to answer" in (await stage.answer(kind, "A")).text


async def test_an_admin_of_another_workspace_manages_nothing_here(stage: SlackStage) -> None:
    """Slack calls nobody a stranger who is in a channel shared with us."""
    who = stage.workspace.user("visitor", admin=True)
    who.user.team_id = "T0ELSEWHERE"
    who.user.enterprise_id, who.user.is_enterprise_admin = "E0ELSEWHERE", True
    seen = await who.slash(stage.channel("general"), "/study", "config")
    assert "Only managers can do that" in (await stage.shown(who, seen)).text
    assert "1st to answer" in (await stage.answer("visitor", "A")).text


async def test_whoever_was_an_admin_is_asked_about_again_when_a_form_is_sent(stage: SlackStage) -> None:
    opened = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    stage.person("boss").user.is_admin = False
    refused = await stage.fill("boss", opened, "set-up", {"place": "#tea", "zone": "Lisbon"})
    assert "Only managers can do that" in refused.text


async def test_without_a_word_from_slack_nobody_manages(stage: SlackStage) -> None:
    stage.slack.on("users.info", Fail("internal_error"), times=2)
    refused = await stage.say("cem", "/config")
    assert "Slack did not say just now whether you may manage" in refused.text
    stage.slack.on("users.info", Fail("missing_scope", extra={"needed": "users:read"}), times=2)
    assert "lacks the permission users:read" in (await stage.say("cem", "/config")).text


async def test_a_press_before_the_post_was_recorded_proves_it(stage: SlackStage) -> None:
    """The post is there, its answer is slow on the way, and somebody is faster."""
    slow = Hang()
    stage.slack.on("chat.postMessage", slow)
    due = await stage.part.loops.next_due(stage.clock.now() + timedelta(days=3))
    assert due
    stage.clock.go_to(due)
    ticking = asyncio.create_task(stage.part.loops.tick())
    await stage.slack.until(lambda: "Question 2" in text(stage.newest_post().blocks))
    verdict = await stage.answer("ana", letter(await stage.post()))
    assert "1 in a row" in verdict.text
    slow.release()
    await ticking
    round = await stage.bot.core.storage.read(lambda uow: uow.rounds.get(RoundId(2)))
    assert round is not None
    assert round.message == stage.newest_post().ts


@pytest.mark.parametrize("error", ["used_url", "expired_url"])
async def test_an_address_that_is_used_up_or_too_old_is_gone_round(stage: SlackStage, error: str) -> None:
    """The fifth use, or half an hour later: the verdict comes another way, to this person alone."""
    stage.channel("general").members.update({stage.workspace.bot_user_id, stage.person("ana").id})
    stage.slack.on("response_url", Fail(error))
    await stage.person("ana").press(stage.newest_post(), "A")
    await stage.door.settled()
    (whisper,) = stage.person("ana").whispers
    assert "1st to answer" in text(whisper.blocks)


async def test_half_an_hour_later_the_address_is_dead_and_the_answer_still_comes(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.channel("general").members.update({stage.workspace.bot_user_id, stage.person("ana").id})
    held = hold(monkeypatch, "press")
    await stage.person("ana").press(stage.newest_post(), "A")
    stage.clock.advance(timedelta(minutes=31))
    held.set()
    await stage.door.settled()
    assert stage.slack.requests.of("response_url")[-1].error == "expired_url"
    assert "1st to answer" in text(stage.person("ana").whispers[-1].blocks)


async def test_a_reply_of_many_pages_uses_the_address_five_times_and_goes_on_elsewhere(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = said(*(f"Line {i} " + "x" * 90 + "\n" for i in range(800)))
    assert len(rendered(long, Names())) > 5

    async def tells(self: Dispatch, call: Call, route: str) -> Answered:
        return Answered(long)

    monkeypatch.setattr(Dispatch, "press", tells)
    ana = stage.person("ana")
    seen = await ana.press(stage.newest_post(), "A")
    await stage.door.settled()
    assert len(seen.messages) == 5
    beyond = stage.slack.messages(stage.workspace.direct(ana))
    assert "Line 799 " in text(beyond[-1].blocks)


async def test_where_the_bot_is_no_member_it_comes_in_its_own_messages(stage: SlackStage) -> None:
    stage.slack.on("response_url", Fail("expired_url"))
    ana = stage.person("ana")
    await ana.press(stage.newest_post(), "A")
    await stage.door.settled()
    (message,) = stage.slack.messages(stage.workspace.direct(ana))
    assert "1st to answer" in text(message.blocks)


async def test_pages_that_arrived_in_the_channel_are_not_sent_again_elsewhere(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = said(*(f"Line {i} " + "x" * 90 + "\n" for i in range(200)))
    assert len(rendered(long, Names())) > 1

    async def tells(self: Dispatch, call: Call, route: str) -> Answered:
        return Answered(long)

    ana = stage.person("ana")
    stage.channel("general").members.update({stage.workspace.bot_user_id, ana.id})
    monkeypatch.setattr(Dispatch, "press", tells)
    stage.slack.on("response_url", Fail("expired_url"))

    whisper = AsyncWebClient.chat_postEphemeral

    async def then_fails(self: Any, **given: Any) -> Any:
        sent = await whisper(self, **given)
        stage.slack.on("chat.postEphemeral", Fail("user_not_in_channel"))
        return sent

    monkeypatch.setattr(AsyncWebClient, "chat_postEphemeral", then_fails)
    await ana.press(stage.newest_post(), "A")
    await stage.door.settled()
    assert len(ana.whispers) == 1
    direct = stage.slack.messages(stage.workspace.direct(ana))
    read = "\n".join(text(one.blocks) for one in [ana.whispers[0], *direct])
    assert [read.count(f"Line {i} ") for i in (0, 100, 199)] == [1, 1, 1]


async def test_an_answer_that_reaches_nobody_is_logged_and_kept(
    stage: SlackStage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.slack.on("response_url", Fail("expired_url"))
    stage.slack.on("chat.postEphemeral", Fail("internal_error"))
    stage.slack.on("chat.postMessage", Fail("internal_error"))
    await stage.person("ana").press(stage.newest_post(), "A")
    await stage.door.settled()
    assert any("did not reach Slack" in record.getMessage() for record in caplog.records)
    assert "That stands" in (await stage.answer("ana", "B")).text


async def test_what_slack_finds_malformed_becomes_an_apology_with_a_reference(stage: SlackStage) -> None:
    stage.slack.on("response_url", Fail("invalid_blocks"))
    told = await stage.answer("ana", "A")
    assert "Reference " in told.text
    assert any("Slack refused a reply" in error for error in stage.logged.errors)
    stage.logged.errors.clear()
    assert "That stands" in (await stage.answer("ana", "A")).text


@pytest.mark.parametrize("error", ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"])
async def test_a_form_that_could_not_open_is_opened_with_another_press(stage: SlackStage, error: str) -> None:
    config = await stage.say("boss", "/config")
    stage.slack.on("views.open", Fail(error))
    told = await stage.press("boss", "Another daily question", config)
    assert "did not let the form" in told.text
    form = await stage.press("boss", "Open the form", told)
    assert isinstance(form.handle, View)
    assert form.handle.title == "Daily question"


@pytest.mark.parametrize("error", ["expired_trigger_id", "exchanged_trigger_id"])
async def test_a_form_that_could_not_open_from_the_home_tab_is_opened_from_the_bots_own_messages(
    stage: SlackStage, error: str
) -> None:
    """A Home tab has no channel to say it in, and the right to open anything over it has ended."""
    boss = stage.person("boss")
    await boss.open_home()
    await stage.home.settled()
    assert boss.home is not None
    stage.slack.on("views.open", Fail(error), times=2)
    await boss.press(boss.home, "Another daily question")
    await stage.door.settled()
    (told,) = stage.slack.messages(stage.workspace.direct(boss))
    assert "did not let the form" in text(told.blocks)
    await boss.press(told, "Open the form")
    await stage.door.settled()
    form = boss.modal()
    assert form is not None
    assert form.title == "Daily question"


async def test_a_view_that_was_changed_meanwhile_is_left_as_it_is(stage: SlackStage) -> None:
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    saved = await stage.fill("boss", form, "set-up", {"place": "#tea", "zone": "Lisbon"})
    assert "Saved" in saved.text
    stage.slack.on("views.update", Fail("hash_conflict"))
    await stage.person("boss").press(saved.handle, "Preview")
    await stage.door.settled()
    modal = stage.person("boss").modal()
    assert modal is not None
    assert "Saved" in text(modal.blocks)


async def test_a_slow_answer_to_a_command_comes_after_its_acknowledgement(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.slack.running.PUT_OFF_AFTER", 0.02)
    held = hold(monkeypatch)
    seen = await stage.person("ana").slash(stage.channel("general"), "/study", "quiz")
    assert seen.error is None
    assert seen.messages == []
    held.set()
    assert "Practice" in text((await seen.message()).blocks)


async def test_a_form_that_takes_long_shows_its_answer_when_it_is_there(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    view: View = form.handle
    boss = stage.person("boss")
    await boss.select(view, "place", stage.channel("tea"))
    monkeypatch.setattr("bot.adapters.slack.running.PUT_OFF_AFTER", 0.02)
    held = hold(monkeypatch, "submit")
    seen = await boss.submit(view)
    assert "One moment." in text(seen.top.blocks)
    held.set()
    await stage.door.settled()
    modal = boss.modal()
    assert modal is not None
    assert "Saved" in text(modal.blocks)


@pytest.mark.parametrize("method", ["conversations.info", "users.info"])
async def test_a_slow_word_from_slack_never_keeps_the_acknowledgement_back(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr("bot.adapters.slack.running.PUT_OFF_AFTER", 0.02)
    chief = stage.workspace.user("chief", admin=True)
    stage.door._answers._places._known.clear()
    slow = Hang()
    stage.slack.on(method, slow)
    seen = await chief.slash(stage.workspace.channel("elsewhere"), "/study", "config")
    assert seen.error is None
    assert seen.messages == []
    slow.release()
    await stage.door.settled()
    assert len(seen.messages) == 1


def hold(monkeypatch: pytest.MonkeyPatch, what: str = "words") -> asyncio.Event:
    """The core takes its time until the event is set."""
    held = asyncio.Event()
    real = getattr(Dispatch, what)

    async def slow(self: Dispatch, call: Call, *given: Any) -> Answered:
        await held.wait()
        return await real(self, call, *given)  # type: ignore[no-any-return]

    monkeypatch.setattr(Dispatch, what, slow)
    return held


async def test_a_fault_of_ours_never_keeps_the_acknowledgement_back(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: Dispatch, call: Call, *given: Any) -> Answered:
        raise ArithmeticError

    for what in ("press", "words", "submit"):
        monkeypatch.setattr(Dispatch, what, broken)
    pressed = await stage.person("ana").press(stage.newest_post(), "A")
    assert pressed.error is None
    assert "Reference " in text((await pressed.message()).blocks)
    typed = await stage.person("ana").slash(stage.channel("general"), "/study", "quiz")
    assert typed.error is None
    stage.logged.errors.clear()


async def test_whatever_slack_sends_is_acknowledged(stage: SlackStage) -> None:
    ana = stage.person("ana")
    for payload in (
        ana.payload("view_closed", view={}),
        ana.payload("something_new"),
        ana.payload("block_actions", actions=[], container={}),
        {"type": "block_actions"},
        {},
    ):
        assert isinstance(await ana.send("interactive", payload), Acked)
    assert isinstance(await ana.send("slash_commands", {"command": "/study"}), Acked)
    assert isinstance(await ana.send("events_api", {"event": {"type": "message"}}), Acked)
    await stage.door.settled()
    stage.logged.errors.clear()


async def test_what_people_type_stays_text(stage: SlackStage) -> None:
    for typed in ("<!channel> *bold*", "`x` <https://evil.example|click>", "\u202e\u0000evil", "a" * 4000):
        told = await stage.say("ana", f"/role name:{typed}")
        raw = str([block["text"] for block in told.handle.blocks if "text" in block]) + told.handle.text
        assert "<!channel>" not in raw
        assert "*bold*" not in raw
        assert "|click>" not in raw


@pytest.mark.parametrize(
    ("command", "typed", "read"),
    [
        ("/study", "", "One question a day"),
        ("/study", "help", "Practise in private"),
        ("/study", "help quiz", "/quiz"),
        ("/study", "quiz help", "/quiz"),
        ("/quiz", "help", "/quiz"),
        ("/study", "QUIZ", "Practice"),
        ("/study", "/quiz", "Practice"),
        ("/quiz", "topic:rag", "Practice"),
        ("/quiz", "level:easy RAG", "Practice"),
        ("/role", "ai engineer vs prompt engineer", "Prompt Engineer"),
        ("/role", "\u201cAI engineer\u201d", "AI Engineer"),
        ("/study", "xyzzy", "Nothing found"),
        ("/quiz", "zzzz", "is not a topic"),
    ],
)
async def test_free_text_is_read(stage: SlackStage, command: str, typed: str, read: str) -> None:
    ana = stage.person("ana")
    shown = await stage.shown(ana, await ana.slash(stage.channel("general"), command, typed))
    assert read in shown.text
    assert shown.private


async def test_a_missing_or_ambiguous_value_is_offered_to_be_pressed(stage: SlackStage) -> None:
    asked = await stage.say("ana", "/role")
    assert "AI Engineer" in asked.labels
    picked = await stage.press("ana", "AI Engineer", asked)
    assert "AI Engineer" in picked.text
    unknown = await stage.say("ana", "/quiz zzzz")
    assert unknown.labels


async def test_zones_are_looked_up_while_they_are_typed(stage: SlackStage) -> None:
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    boss = stage.person("boss")
    for typed, value in (("berl", "Europe/Berlin"), ("Mumbai", "Asia/Kolkata"), ("america/new", "America/New_York")):
        found = await boss.suggest(form.handle, "zone", typed)
        assert value in [one["value"] for one in found.options]
    assert (await boss.suggest(form.handle, "zone", "zzzz\U0001f600")).options == []


async def test_the_form_begins_with_the_managers_own_zone_and_the_channel_they_are_in(stage: SlackStage) -> None:
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config", "#tea"))
    view: View = form.handle
    assert view.values["zone"]["zone"]["selected_option"]["value"] == "Europe/Berlin"
    assert view.values["place"]["place"]["selected_conversation"] == stage.channel("tea").id


async def test_private_panels_change_in_place_and_verdicts_stay_to_be_read(stage: SlackStage) -> None:
    panel = await stage.press("boss", "Change", await stage.say("boss", "/config"))
    assert panel.handle.edits == 1
    asked = await stage.say("ana", "/quiz")
    verdict = await stage.press("ana", "A", asked)
    assert verdict.handle is not asked.handle


async def test_shortcuts_reach_everything_where_commands_do_not(stage: SlackStage) -> None:
    ana = stage.person("ana")
    stage.slack.world.manifest = type(stage.slack.world.manifest)(
        global_shortcuts=frozenset({"open"}), message_shortcuts=frozenset({"today"})
    )
    shown = await stage.shown(ana, await ana.shortcut("open"))
    assert "Practise in private" in shown.text
    today = await stage.shown(ana, await ana.shortcut("today", stage.newest_post()))
    assert "Question 1" in today.text
    assert "1st to answer" in (await stage.press("ana", "A", today)).text


async def test_nothing_secret_is_logged(stage: SlackStage, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "bot"):
        await stage.answer("ana", "A")
        await stage.say("boss", "/config")
        stage.slack.on("response_url", Fail("expired_url"))
        await stage.person("ben").press(stage.newest_post(), "A")
        await stage.door.settled()
        config = await stage.say("boss", "/config")
        stage.slack.on("views.open", Fail("expired_trigger_id"))
        await stage.press("boss", "Another daily question", config)
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    given = [str(one.arguments["trigger_id"]) for one in stage.slack.requests.of("views.open")]
    assert given
    for secret in (stage.slack.bot_token, stage.slack.app_token, "/response/", *given):
        assert secret not in logged
