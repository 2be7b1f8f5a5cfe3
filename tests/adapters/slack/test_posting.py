"""Posts and reveals on Slack's bad days: refused, limited, cut off, and never twice."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack.faults import retry_after
from bot.adapters.slack.publisher import Turns
from bot.domain.identifiers import PlaceRef, RoundId
from bot.domain.round import RoundState
from bot.ports.publisher import Address
from tests.adapters.slack.reading import text
from tests.contract.slack_stage import SlackStage
from tests.contract.test_contract import letter
from tests.fakes.slack import Fail, LoseAnswer, Message, ServerError
from tests.scheduler.hands import SkippingLoop

POST, EDIT = "chat.postMessage", "chat.update"


def questions(stage: SlackStage, place: str = "#general") -> list[Message]:
    """Every question that stands there, open or closed."""
    return [message for message in stage.posts(place) if re.search(r"(?m)^Question \d+", text(message.blocks))]


async def state(stage: SlackStage, round: int) -> RoundState:
    found = await stage.bot.core.storage.read(lambda uow: uow.rounds.get(RoundId(round)))
    assert found is not None
    return found.state


def told(stage: SlackStage, who: str) -> str:
    """Everything the app wrote to somebody directly, as text."""
    messages = stage.slack.messages(stage.workspace.direct(stage.person(who)))
    return "\n".join(text(message.blocks) for message in messages)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("channel_not_found", "it was deleted, or it is private. In a private channel, type /invite @Studybot first."),
        ("not_in_channel", "Open it and type /invite @Studybot there."),
        ("is_archived", "The channel is archived."),
        ("restricted_action", "Only some people may post in that channel."),
        ("msg_too_long", "The message is longer than Slack takes."),
        ("invalid_blocks", "Slack found the message malformed"),
        ("something_new", "Slack does not allow it there (error something_new)."),
    ],
)
async def test_a_refusal_pauses_the_track_and_tells_its_manager_why(stage: SlackStage, error: str, reason: str) -> None:
    stage.slack.on(POST, Fail(error))
    await stage.tomorrow()
    assert len(questions(stage)) == 1
    assert reason in told(stage, "boss")
    assert "paused: it could not be posted" in (await stage.say("boss", "/config")).text


async def test_a_missing_permission_is_named(stage: SlackStage) -> None:
    stage.slack.on(POST, Fail("missing_scope", extra={"needed": "chat:write", "provided": "commands"}))
    await stage.tomorrow()
    assert "lacks the permission chat:write" in told(stage, "boss")


async def test_an_unknown_outcome_is_never_sent_again_and_a_press_proves_it(stage: SlackStage) -> None:
    """The line is cut after Slack took the post."""
    stage.slack.on(POST, LoseAnswer())
    await stage.tomorrow()
    for _ in range(3):
        stage.clock.advance(timedelta(minutes=30))
        await stage.part.loops.tick()
        await stage.part.loops.reconcile()
    assert len(questions(stage)) == 2
    assert await state(stage, 2) is RoundState.UNKNOWN
    assert "The first answer to it proves that too" in told(stage, "boss")
    assert "1 in a row" in (await stage.answer("ana", letter(await stage.post()))).text
    assert await state(stage, 2) is RoundState.OPEN


async def test_one_that_was_cut_off_before_it_arrived_is_posted_again_when_a_manager_says_so(
    stage: SlackStage,
) -> None:
    stage.slack.on(POST, LoseAnswer(done=False))
    await stage.tomorrow()
    stage.clock.advance(timedelta(minutes=30))
    await stage.part.loops.reconcile()
    assert await state(stage, 2) is RoundState.UNKNOWN
    assert len(questions(stage)) == 1
    panel = await stage.press("boss", "Change", await stage.say("boss", "/config"))
    await stage.press("boss", "Post it again", panel)
    await stage.part.loops.settled()
    assert len(questions(stage)) == 2
    assert await state(stage, 2) is RoundState.OPEN


async def test_a_manager_can_say_that_it_is_there(stage: SlackStage) -> None:
    stage.slack.on(POST, LoseAnswer())
    await stage.tomorrow()
    stage.clock.advance(timedelta(minutes=30))
    await stage.part.loops.reconcile()
    panel = await stage.press("boss", "Change", await stage.say("boss", "/config"))
    await stage.press("boss", "It is there", panel)
    assert await state(stage, 2) is RoundState.OPEN
    assert len(questions(stage)) == 2


@pytest.mark.parametrize("fault", [ServerError(503, done=True), Fail("fatal_error"), Fail("internal_error")])
async def test_what_slack_itself_cannot_tell_is_not_sent_again(stage: SlackStage, fault: ServerError | Fail) -> None:
    stage.slack.on(POST, fault)
    await stage.tomorrow()
    stage.clock.advance(timedelta(minutes=30))
    await stage.part.loops.reconcile()
    assert await state(stage, 2) is RoundState.UNKNOWN


async def test_a_short_limit_is_waited_for_and_a_long_one_left_to_later(stage: SlackStage) -> None:
    stage.slack.on(POST, Fail("ratelimited", retry_after=1))
    assert "Question 2" in await stage.tomorrow()
    stage.slack.on(POST, Fail("ratelimited", retry_after=300))
    await stage.tomorrow()
    assert len(questions(stage)) == 2
    stage.clock.advance(timedelta(seconds=100))
    await stage.part.loops.tick()
    assert len(questions(stage)) == 2, "Slack said when to come again"
    stage.clock.advance(timedelta(seconds=210))
    await stage.part.loops.tick()
    assert len(questions(stage)) == 3
    assert await state(stage, 3) is RoundState.OPEN


async def test_a_slow_channel_does_not_hold_up_the_others(stage: SlackStage) -> None:
    await stage.say("boss", "/config time:00:00 zone:utc", "#tea")
    stage.slack.on(POST, Fail("ratelimited", retry_after=300), channel=stage.channel("tea"))
    await stage.tomorrow()
    assert len(questions(stage)) == 2
    assert questions(stage, "#tea") == []


def test_a_channel_takes_one_post_a_second_and_others_do_not_wait() -> None:
    turns, waited = Turns(1.0), {}
    one, other = Address("T1", PlaceRef("C1")), Address("T1", PlaceRef("C2"))

    async def turn(name: str, address: Address) -> None:
        await turns.turn(address)
        waited[name] = asyncio.get_running_loop().time()

    async def all_at_once() -> None:
        await asyncio.gather(turn("first", one), turn("second", one), turn("third", one), turn("other", other))

    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        runner.run(all_at_once())
    assert waited == {"first": 0.0, "other": 0.0, "second": 1.0, "third": 2.0}


async def test_a_reveal_that_fails_never_delays_a_post_and_is_made_up_for(stage: SlackStage) -> None:
    stage.slack.on(EDIT, ServerError(503))
    came = await stage.tomorrow()
    assert "Question 2" in came
    assert "closed" not in came
    stage.clock.advance(timedelta(minutes=2))
    await stage.part.loops.tick()
    assert "Question 1, closed" in text(questions(stage)[0].blocks)


@pytest.mark.parametrize("error", ["message_not_found", "edit_window_closed", "is_inactive", "cant_update_message"])
async def test_a_reveal_that_slack_does_not_take_is_let_go(stage: SlackStage, error: str) -> None:
    stage.slack.on(EDIT, Fail(error))
    await stage.tomorrow()
    before = len(stage.slack.requests.of(EDIT))
    stage.clock.advance(timedelta(hours=1))
    await stage.part.loops.tick()
    assert len(stage.slack.requests.of(EDIT)) == before


@pytest.mark.parametrize("answer", [{"ts": None}, {"ts": ""}, {"ts": "now"}])
async def test_a_post_taken_without_its_timestamp_is_unknown_until_it_is_pressed(
    stage: SlackStage, answer: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = AsyncWebClient.chat_postMessage

    async def stripped(self: AsyncWebClient, **given: Any) -> AsyncSlackResponse:
        told = await real(self, **given)
        assert isinstance(told.data, dict)
        told.data |= answer if given["channel"].startswith("C") else {}
        return told

    monkeypatch.setattr(AsyncWebClient, "chat_postMessage", stripped)
    await stage.tomorrow()
    assert await state(stage, 2) is RoundState.UNKNOWN
    assert "Please look: was it posted?" in told(stage, "boss")
    assert "You chose" in (await stage.answer("ana", "A")).text
    assert await state(stage, 2) is RoundState.OPEN


@pytest.mark.parametrize("method", [POST, EDIT])
@pytest.mark.parametrize(
    "error",
    ["service_unavailable", "accesslimited", "team_added_to_org", "org_login_required", "external_channel_migrating"],
)
async def test_what_slack_says_will_pass_is_tried_again(stage: SlackStage, method: str, error: str) -> None:
    stage.slack.on(method, Fail(error))
    await stage.tomorrow()
    stage.clock.advance(timedelta(minutes=1))
    await stage.part.loops.tick()
    assert len(questions(stage)) == 2
    assert "Question 1, closed" in text(questions(stage)[0].blocks)
    assert told(stage, "boss") == ""


@pytest.mark.parametrize(("asked", "waited"), [("7", 7.0), ("soon", 30.0), ("inf", 30.0), ("nan", 30.0), ("-5", 30.0)])
def test_a_limit_without_a_time_is_taken_for_half_a_minute(asked: str, waited: float) -> None:
    response = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data={}, headers={"Retry-After": asked}, status_code=429
    )
    refused = SlackApiError("", response)  # type: ignore[no-untyped-call] # as the SDK has it
    assert retry_after(refused) == waited


async def test_an_introduction_that_is_refused_keeps_nothing(stage: SlackStage) -> None:
    stage.workspace.channel("board", restricted=True)
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    refused = await stage.fill("boss", form, "set-up", {"place": "#board", "zone": "Lisbon"})
    assert "Only some people may post in that channel." in refused.text
    assert "It cannot be posted there" not in refused.text, "the form stays, with what was put in"
    assert "Nothing was saved." in refused.text
    assert (await stage.say("boss", "/config")).labels.count("Change") == 1


async def test_a_private_channel_works_once_the_bot_is_invited(stage: SlackStage) -> None:
    club = stage.workspace.channel("club", "private", stage.person("boss"))
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    values = {"place": "#club", "zone": "Lisbon"}
    assert "/invite @Studybot" in (await stage.fill("boss", form, "set-up", values)).text
    stage.workspace.invite_app(club)
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    assert "Saved" in (await stage.fill("boss", form, "set-up", values)).text


@pytest.mark.parametrize("place", ["<@{ana}>", "{ana}", "#general", "general", "everywhere"])
async def test_a_daily_question_goes_to_a_channel_and_to_nobody(stage: SlackStage, place: str) -> None:
    """Slack takes a person for a place too, and a channel's name for a post but not for the edit after it."""
    boss, ana = stage.person("boss"), stage.person("ana")
    line = f"config time:09:00 zone:utc place:{place.format(ana=ana.id)}"
    before = len(stage.slack.requests.of(POST))
    refused = await stage.shown(boss, await boss.slash(stage.channel("#general"), "/study", line))
    assert "is not a channel that Slack knows" in refused.text
    assert len(stage.slack.requests.of(POST)) == before
    assert (await stage.say("boss", "/config")).text.count("running") == 1
