"""Presses as they come in the wild: late, twice, forged, from the wrong person, on what is gone."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.commands.dispatch import Answered, Dispatch
from bot.domain.identifiers import RoundId
from bot.ports.call import Call
from tests.adapters.discord.reading import text
from tests.contract.discord_stage import DiscordStage
from tests.contract.test_contract import letter
from tests.fakes.discord import Can, Delay, Fail, Message, Refuse
from tests.fakes.discord.interactions import COMPONENT
from tests.fakes.patience import PATIENCE


def button(id: str) -> dict[str, object]:
    return {"custom_id": id, "component_type": 2, "id": 1}


async def press(stage: DiscordStage, who: str, id: str, message: Message | None = None) -> str:
    """A click on a button that carries ``id``, whatever the message shows."""
    on = message or stage.newest_post()
    seen = await stage.person(who).interaction(stage.channel("#general"), COMPONENT, button(id), message=on)
    assert not seen.did_not_respond
    return text(seen.messages[-1].components)


async def test_two_presses_at_once_are_one_answer(stage: DiscordStage) -> None:
    post = stage.newest_post()
    ana = stage.person("ana")
    seen = await asyncio.gather(*(ana.press(post, name) for name in "ABCDABCD"))
    told = [text(one.messages[-1].components) for one in seen]
    assert sum("1st to answer" in one for one in told) == 1
    assert sum("That stands" in one for one in told) == 7
    assert "1 answered" in (await stage.say("ana", "/progress")).text


async def test_an_interaction_that_is_delivered_twice_is_answered_once(stage: DiscordStage) -> None:
    stage.discord.gateway.send_twice()
    await stage.answer("ana", "A")
    callbacks = stage.discord.requests_to("POST", "/interactions/*/*/callback")
    ids = [request.path.split("/")[2] for request in callbacks]
    assert len(ids) == len(set(ids))


async def test_a_press_on_a_closed_question_is_told_kindly(stage: DiscordStage) -> None:
    post = stage.newest_post()
    id = next(control["custom_id"] for control in post.controls if control["label"] == "A")
    await stage.tomorrow()
    told = await press(stage, "ana", id, post)
    assert "That question is closed, so a press no longer counts." in told


async def test_a_press_on_a_question_of_a_deleted_track(stage: DiscordStage) -> None:
    config = await stage.say("boss", "/config")
    panel = await stage.press("boss", "Change", config)
    await stage.press("boss", "Delete it", await stage.press("boss", "Delete", panel))
    assert "so a press no longer counts" in (await stage.answer("ana", "A")).text


@pytest.mark.parametrize(
    "id",
    [
        "sb0:ans:1:a",
        "sb1:unheard:1",
        "sb1:ans:999999:a",
        "sb1:ans:1:z",
        "sb1",
        "other bot's",
        "sb1:ans:x:y",
        "sb1:cfg:",
    ],
)
async def test_ids_that_are_unknown_older_or_forged_get_a_sentence(stage: DiscordStage, id: str) -> None:
    told = await press(stage, "ana", id)
    assert "Nothing was" in told


async def test_a_forged_press_on_a_managers_control_changes_nothing(stage: DiscordStage) -> None:
    for what in ("cfg-pause", "cfg-delete-yes", "cfg-now", "cfg-skip", "cfg"):
        assert "Only managers can do that" in await press(stage, "ana", f"sb1:{what}:1")
    assert "running" in (await stage.say("boss", "/config")).text


async def test_a_press_on_someone_elses_private_reply_speaks_for_who_pressed(stage: DiscordStage) -> None:
    verdict = await stage.answer("ana", "A")
    private: Message = verdict.handle.messages[-1]
    told = await press(stage, "ben", f"sb1:others:{1}", private)
    assert "Answer it first" in told or "Nothing" in told or "answer" in told.lower()
    assert "Right. " not in told, "ben has not answered, and must not see the key"


async def test_a_press_before_the_post_was_recorded_proves_it(stage: DiscordStage) -> None:
    """The post is there, its answer is lost on the way, and somebody is faster than the resend."""
    lost = stage.discord.on("POST", "/channels/*/messages", Delay(PATIENCE, answer=True), times=1)
    due = await stage.part.loops.next_due(stage.clock.now() + timedelta(days=3))
    assert due
    stage.clock.go_to(due)
    ticking = asyncio.create_task(stage.part.loops.tick())
    await stage.discord.until(lambda: lost.hits and "Question 2" in text(stage.newest_post().components))
    verdict = await stage.answer("ana", letter(await stage.post()))
    assert "1 in a row" in verdict.text
    ticking.cancel()
    round = await stage.bot.core.storage.read(lambda uow: uow.rounds.get(RoundId(2)))
    assert round is not None
    assert round.message == stage.newest_post().id


async def test_an_answer_that_comes_too_late_for_discord_is_kept(
    stage: DiscordStage, caplog: pytest.LogCaptureFixture
) -> None:
    refused = stage.discord.on("POST", "/interactions/*/*/callback", Refuse(10062), times=1)
    with stage.discord.nobody_waits():
        seen = await stage.person("ana").press(stage.newest_post(), letter(await stage.post()))
    assert seen.did_not_respond
    await stage.discord.until(lambda: refused.hits)
    await stage.quiet()
    assert any("10062" in record.getMessage() for record in caplog.records if record.levelno == logging.WARNING)
    assert "That stands" in (await stage.answer("ana", "A")).text


async def test_one_that_was_answered_already_is_left_alone(stage: DiscordStage) -> None:
    refused = stage.discord.on("POST", "/interactions/*/*/callback", Refuse(40060), times=1)
    with stage.discord.nobody_waits():
        await stage.person("ana").press(stage.newest_post(), "A")
    await stage.discord.until(lambda: refused.hits)
    await stage.quiet()
    assert "That stands" in (await stage.answer("ana", "A")).text


async def test_another_process_with_the_token_is_warned_of_once(
    stage: DiscordStage, caplog: pytest.LogCaptureFixture
) -> None:
    """Interactions go to both, and whoever comes second is told that it was answered already."""

    async def answered_by_another(times: int) -> list[str]:
        refused = stage.discord.on("POST", "/interactions/*/*/callback", Refuse(40060), times=times)
        with stage.discord.nobody_waits():
            for _ in range(times):
                await stage.person("ana").press(stage.newest_post(), "A")
        await stage.discord.until(lambda: refused.hits == times)
        await stage.quiet()
        return [one.getMessage() for one in caplog.records if "this DISCORD_TOKEN" in one.getMessage()]

    for _ in range(4):
        assert await answered_by_another(1) == [], "now and then a line breaks after an answer"
        stage.clock.advance(timedelta(minutes=6))
    (told,) = await answered_by_another(3)
    assert "of 3 presses within ten minutes" in told
    assert await answered_by_another(4) == [told]


async def test_what_discord_finds_malformed_becomes_an_apology_with_a_reference(
    stage: DiscordStage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.discord.on("POST", "/interactions/*/*/callback", Fail(400, 50035, "Invalid Form Body"), times=1)
    with caplog.at_level(logging.CRITICAL):
        logging.getLogger("bot.adapters.discord.door").setLevel(logging.CRITICAL)
        try:
            told = await stage.answer("ana", "A")
        finally:
            logging.getLogger("bot.adapters.discord.door").setLevel(logging.NOTSET)
    assert "Reference " in told.text
    assert "That stands" in (await stage.answer("ana", "A")).text


async def test_a_slow_answer_is_put_off_and_comes(stage: DiscordStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.discord.door.PUT_OFF_AFTER", 0.05)
    held = asyncio.Event()
    write = stage.bot.core.storage.write

    async def slow(work: object) -> object:
        await held.wait()
        return await write(work)  # type: ignore[arg-type]

    monkeypatch.setattr(type(stage.bot.core.storage), "write", lambda self, work: slow(work))
    pressing = asyncio.create_task(stage.person("ana").press(stage.newest_post(), "A"))
    seen = await pressing
    assert seen.thinking
    assert seen.ephemeral
    held.set()
    await seen.settled()
    assert "1 in a row" in text(seen.message.components)


async def test_a_form_that_could_not_open_in_time_waits_behind_a_button(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = await stage.say("boss", "/config")
    monkeypatch.setattr("bot.adapters.discord.door.PUT_OFF_AFTER", 0.0)
    press = Dispatch.press

    def put_off() -> list[object]:
        return list(stage.discord.requests_to("POST", "/interactions/*/*/callback"))

    answered = len(put_off())

    async def slow(self: Dispatch, call: Call, id: str) -> Answered:
        await stage.discord.until(lambda: len(put_off()) > answered)
        return await press(self, call, id)

    monkeypatch.setattr(Dispatch, "press", slow)
    message: Message = config.handle.messages[-1]
    seen = await stage.person("boss").press(message, "Another daily question")
    await seen.settled()
    monkeypatch.undo()
    form = await stage.person("boss").press(seen.message, "Fill in the form")
    assert form.modal["title"] == "Daily question"


async def test_what_people_type_stays_text(stage: DiscordStage) -> None:
    for typed in ("@everyone <@1> **bold**", "[x](https://evil.example)", "\u202e\u0000evil", "a" * 4000):
        told = await stage.person("ana").slash(stage.channel("#general"), "role", name=typed, force=True)
        message = told.messages[-1]
        raw = "\n".join(part["content"] for part in message.components[0]["components"] if part["type"] == 10)
        assert "@everyone" not in raw
        assert "<@1>" not in raw.replace("\\<@1>", "")
        assert "](" not in raw.replace("\\](", "")
        assert not message.pings


async def test_half_typed_options_are_completed_from_memory(stage: DiscordStage) -> None:
    ana = stage.person("ana")
    found = await ana.autocomplete(stage.channel("#general"), "role", "name", "prompt")
    assert found.choices[0] == {"name": "Prompt Engineer", "value": "prompt-engineer"}
    topics = await ana.autocomplete(stage.channel("#general"), "quiz", "topic", "")
    assert 0 < len(topics.choices) <= 25
    zones = await stage.person("boss").autocomplete(stage.channel("#general"), "config", "zone", "berl")
    assert {"name": "Berlin (Europe/Berlin)", "value": "Europe/Berlin"}["value"] in [
        one["value"] for one in zones.choices
    ]
    assert (await ana.autocomplete(stage.channel("#general"), "role", "name", "zzzzzz\U0001f600")).choices == []


async def test_what_find_completes_is_found_when_it_is_sent(stage: DiscordStage) -> None:
    ana, channel = stage.person("ana"), stage.channel("#general")
    for typed in ("hallu", "ra", "how", "prompt eng", "r\u00e9gu", "what"):
        offered = (await ana.autocomplete(channel, "find", "text", typed)).choices
        assert len(offered) <= 25
        for choice in offered[:3]:
            assert len(choice["value"]) <= 100
            found = (await ana.slash(channel, "find", text=choice["value"])).messages[-1]
            named = choice["name"].removesuffix("\u2026")
            assert named[:20] in found.text.replace("\\", ""), f"{typed}: {choice['name']}"
    first, *_ = (await ana.autocomplete(channel, "find", "text", "hallu")).choices
    assert first["name"] == "Hallucination"
    for nothing in ("", "zzzzzz", "\U0001f600", "?"):
        assert (await ana.autocomplete(channel, "find", "text", nothing)).choices == []


async def test_a_step_is_completed_from_its_name_and_its_number(stage: DiscordStage) -> None:
    ana, channel = stage.person("ana"), stage.channel("#general")
    for typed in ("fine", "12"):
        offered = (await ana.autocomplete(channel, "roadmap", "step", typed)).choices
        assert offered[0] == {"name": "Fine-tuning", "value": "fine-tuning"}
    assert "Step 12" in (await ana.slash(channel, "roadmap", step="12")).messages[-1].text


async def test_members_do_not_see_config_and_managers_do(stage: DiscordStage) -> None:
    assert "config" not in stage.person("ana").commands(stage.channel("#general"))
    assert "config" in stage.person("boss").commands(stage.channel("#general"))


async def test_private_panels_change_in_place_and_verdicts_stay_to_be_read(stage: DiscordStage) -> None:
    config = await stage.say("boss", "/config")
    panel = await stage.press("boss", "Change", config)
    assert panel.handle.updated
    asked = await stage.say("ana", "/quiz")
    verdict = await stage.press("ana", "A", asked)
    assert not verdict.handle.updated


async def test_nobody_has_us_post_where_they_may_not_write_themselves(stage: DiscordStage) -> None:
    """Buttons work in a channel that is only to be read."""
    general, ana = stage.channel("#general"), stage.person("ana")
    card = await stage.say("ana", "/role ai engineer")
    general.overwrite(ana, deny=Can.SEND_MESSAGES)
    before = len(stage.discord.messages(general))
    refused = await stage.press("ana", "Share here", card)
    assert "You may not write here" in refused.text
    assert len(stage.discord.messages(general)) == before
    general.clear_overwrites()
    card = await stage.say("ana", "/role ai engineer")
    assert "Shared AI Engineer here." in (await stage.press("ana", "Share here", card)).text
    assert len(stage.discord.messages(general)) == before + 1
