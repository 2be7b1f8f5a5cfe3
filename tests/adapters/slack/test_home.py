"""The Home tab: what stands there, for whom, and that it is kept up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.community import Platform
from bot.ports.storage import UnitOfWork
from tests.adapters.slack.reading import pressable, text
from tests.catalog.biology import biology
from tests.contract.slack_stage import SlackStage, slack_stage
from tests.contract.test_contract import letter
from tests.fakes.slack import Fail, Message, Person, View


async def home(stage: SlackStage, who: str) -> View:
    person = stage.person(who)
    await person.open_home()
    await stage.home.settled()
    assert person.home is not None
    return person.home


async def test_it_shows_todays_question_where_you_stand_and_the_next_step(stage: SlackStage) -> None:
    said = text((await home(stage, "ana")).blocks)
    assert "Question 1" in said
    assert "Your progress" in said
    assert "Next step: " in said
    labels = dict(pressable((await home(stage, "ana")).blocks))
    assert {"A", "B", "C", "D", "Help", "Privacy", "Practise", "Open the next step"} <= labels.keys()
    assert "Change" not in labels


async def test_the_question_is_answered_there_and_the_verdict_stays(stage: SlackStage) -> None:
    tab = await home(stage, "ana")
    ana = stage.person("ana")
    verdict = await stage.shown(ana, await ana.press(tab, letter(await stage.post())))
    assert "1st to answer, 1 in a row" in verdict.text
    assert ana.home is not None
    said = text(ana.home.blocks)
    assert "That stands" in said
    assert "1 in a row" in said
    reasons = await stage.press("ana", "Why not the others", verdict)
    assert "Right. " in reasons.text


async def test_it_is_published_anew_after_an_answer_in_the_channel(stage: SlackStage) -> None:
    await home(stage, "ana")
    await home(stage, "ben")
    before = len(stage.slack.requests.of("views.publish"))
    await stage.answer("ana", "A")
    ana = stage.person("ana").home
    assert ana is not None
    assert "That stands" in text(ana.blocks)
    assert len(stage.slack.requests.of("views.publish")) == before + 1, "ben's is as it was"


async def test_who_never_opened_it_has_none(stage: SlackStage) -> None:
    await stage.answer("ana", "A")
    assert stage.person("ana").home is None
    await stage.person("ana").open_home("messages")
    await stage.home.settled()
    assert stage.person("ana").home is None


async def test_managers_see_the_daily_questions_and_change_them(stage: SlackStage) -> None:
    tab = await home(stage, "boss")
    assert "running" in text(tab.blocks)
    boss = stage.person("boss")
    panel = await stage.shown(boss, await boss.press(tab, "Change"))
    paused = await stage.press("boss", "Pause", panel)
    assert "paused by a manager" in paused.text
    assert boss.home is not None
    assert "paused by a manager" in text(boss.home.blocks)


async def test_what_a_manager_has_to_know_stays_there_until_it_is_told(stage: SlackStage) -> None:
    """It is published again while they look elsewhere, and then once more."""
    await home(stage, "boss")
    stage.slack.on("chat.postMessage", Fail("is_archived"))
    stage.slack.on("chat.postMessage", Fail("messages_tab_disabled"))
    await stage.tomorrow()
    for _ in range(2):
        await stage.say("boss", "/progress")
        tab = stage.person("boss").home
        assert tab is not None
        assert "The daily question was paused" in text(tab.blocks)
    assert "The daily question was paused" in (await stage.say("boss", "/config")).text
    tab = stage.person("boss").home
    assert tab is not None
    assert "To know" not in text(tab.blocks)


async def test_a_daily_question_is_set_up_from_there(stage: SlackStage) -> None:
    tab = await home(stage, "boss")
    boss = stage.person("boss")
    form = await stage.shown(boss, await boss.press(tab, "Another daily question"))
    saved = await stage.fill("boss", form, "set-up", {"place": "#tea", "zone": "Lisbon", "time": "07:00"})
    assert "at 07:00 Europe/Lisbon" in saved.text
    assert "One question a day" in text(stage.posts("#tea")[0].blocks)


TOO_LATE = ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"]
"""What Slack says of a press that was answered too late to open anything."""


async def private(stage: SlackStage, person: Person) -> Message:
    """The last message the app wrote to somebody directly."""
    await stage.door.settled()
    return stage.slack.messages(stage.workspace.direct(person))[-1]


@pytest.mark.parametrize("error", TOO_LATE)
async def test_an_answer_that_could_not_open_comes_in_the_apps_messages(stage: SlackStage, error: str) -> None:
    tab, ana = await home(stage, "ana"), stage.person("ana")
    stage.slack.on("views.open", Fail(error))
    await ana.press(tab, "A")
    verdict = await private(stage, ana)
    assert "You chose" in text(verdict.blocks)
    assert ana.modal() is None
    assert "Practice" in (await stage.shown(ana, await ana.press(verdict, "Practise another"))).text


async def test_one_that_is_not_taken_is_no_trouble(stage: SlackStage) -> None:
    stage.slack.on("views.publish", Fail("internal_error"))
    await stage.person("ana").open_home()
    await stage.home.settled()
    assert "Question 1" in text((await home(stage, "ana")).blocks)


@pytest.mark.parametrize("kind", ["guest", "stranger"])
async def test_guests_and_strangers_have_one_too_if_slack_lets_them(stage: SlackStage, kind: str) -> None:
    who = stage.workspace.user(kind, **{kind: True})  # type: ignore[arg-type]
    await who.open_home()
    await stage.home.settled()
    assert (who.home is not None) is (kind == "guest")


async def test_more_than_a_tab_holds_is_said_and_nothing_above_it_goes(stage: SlackStage) -> None:
    def many(uow: UnitOfWork) -> None:
        community = uow.communities.of(Platform.SLACK, stage.workspace.id)
        for number in range(120):
            uow.health.notify(community.id, "", f"key-{number}", f"Notice {number}.", stage.clock.now())

    await stage.bot.core.storage.write(many)
    tab = await home(stage, "boss")
    assert len(tab.blocks) == 100
    said = text(tab.blocks)
    assert "Question 1" in said
    assert "There is more than fits here. Type /study" in said
    assert "Privacy" in dict(pressable(tab.blocks))


async def test_what_needs_a_shelf_that_the_bank_lacks_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYBOT_CONTENT_DIR", str(biology(tmp_path / "biology")))
    async with slack_stage(tmp_path) as stage:
        labels = dict(pressable((await home(stage, "ana")).blocks))
    assert {"Practise", "Find", "Help"} <= labels.keys()
    assert not labels.keys() & {"Roles", "Roadmap", "Open the next step"}
