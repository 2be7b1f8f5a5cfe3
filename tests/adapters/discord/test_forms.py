"""Forms on Discord: filled in with its pickers, wrong, abandoned, sent after a restart, sent by who may not."""

from __future__ import annotations

from bot.adapters.discord.forms import modal
from tests.adapters.discord.reading import Component, text
from tests.commands.samples import registry
from tests.contract.discord_stage import DiscordStage
from tests.contract.stage import Shown
from tests.fakes.discord import Can, Message
from tests.fakes.discord.forms import Value
from tests.fakes.discord.interactions import MODAL_SUBMIT


async def test_the_form_opens_with_discords_own_pickers_filled_in(stage: DiscordStage) -> None:
    panel = await stage.press("boss", "Change", await stage.say("boss", "/config"))
    form = await stage.press("boss", "Time and place", panel)
    fields = {one["component"]["custom_id"]: one["component"] for one in form.handle.modal["components"]}
    assert fields["place"]["type"] == 8
    assert fields["place"]["default_values"][0]["id"] == int(stage.channel("#general").id)
    assert 16 not in fields["place"]["channel_types"], "a post in a media channel needs a picture"
    assert fields["ping"]["type"] == 6
    assert fields["time"]["value"] == "00:00"


def test_an_example_is_shown_once_and_only_long_texts_get_room() -> None:
    def shown(form: str, **values: str) -> dict[str, Component]:
        sent = modal(registry().form(form, 1, values=values)).to_dict()
        return {one["component"]["custom_id"]: one for one in sent["components"]}

    empty, typed = shown("edit"), shown("edit", time="09:00", zone="Lisbon", weekdays="sat")
    assert [empty[name]["component"]["placeholder"] for name in ("time", "zone")] == ["09:00", "Berlin"]
    assert not any("description" in empty[name] for name in empty)
    assert typed["zone"]["description"] == "For example Berlin"
    assert "description" not in typed["time"], "it is the example already"
    assert typed["time"]["component"]["style"] == 1
    assert [one["value"] for one in typed["weekdays"]["component"]["options"] if one.get("default")] == ["sat"]
    assert shown("days-off")["days"]["component"]["style"] == 2


async def test_a_role_is_pinged_and_only_that_role(stage: DiscordStage) -> None:
    learners = stage.guild.role("learners", mentionable=True)
    ana = stage.guild.person("ana", roles=(learners,))
    panel = await stage.press("boss", "Change", await stage.say("boss", "/config"))
    form = await stage.press("boss", "Time and place", panel)
    await stage.person("boss").submit(form.handle, {"ping": learners})
    await stage.tomorrow()
    post = stage.newest_post()
    assert post.pings.roles == {learners.id}
    assert not post.silent
    assert ana.id in post.notified()
    form = await stage.press("boss", "Time and place", await stage.press("boss", "More settings", await saved(stage)))
    await stage.person("boss").submit(form.handle, {"ping": []})
    await stage.tomorrow()
    assert stage.newest_post().silent
    assert not stage.newest_post().pings


async def test_a_ping_that_would_reach_nobody_is_said_at_once(stage: DiscordStage) -> None:
    staff = stage.guild.role("staff")
    stage.channel("#general").overwrite(stage.guild.me, deny=Can.MENTION_EVERYONE)
    await stage.heard()
    form = await stage.press("boss", "Time and place", await stage.press("boss", "Change", await config(stage)))
    told = text((await stage.person("boss").submit(form.handle, {"ping": staff})).message.components)
    assert f"Nobody will be notified: Studybot may not mention <@&{staff.id}>." in told
    await stage.tomorrow()
    assert not stage.newest_post().pings


async def config(stage: DiscordStage) -> Shown:
    return await stage.say("boss", "/config")


async def saved(stage: DiscordStage) -> Shown:
    return await stage.say("boss", "/config time:00:00")


async def test_what_was_typed_wrong_is_kept_and_mended(stage: DiscordStage) -> None:
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    wrong = await stage.fill("boss", form, "set-up", {"place": "#tea", "time": "9 o'clock", "zone": "Lisbon"})
    assert "can mean 09:00 or 21:00; please say which" in wrong.text
    again = await stage.press("boss", "Fix it", wrong)
    fields = {one["component"]["custom_id"]: one["component"] for one in again.handle.modal["components"]}
    assert fields["time"]["value"] == "9 o'clock"
    assert fields["zone"]["value"] == "Lisbon"
    assert fields["place"]["default_values"][0]["id"] == int(stage.channel("#tea").id)


async def test_a_form_sent_again_is_one_daily_question(stage: DiscordStage) -> None:
    """Discord leaves a form open that was not answered in time, with what was typed."""
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    for _ in range(2):
        saved = await stage.fill("boss", form, "set-up", {"place": "#tea", "time": "07:00", "zone": "Lisbon"})
        assert "07:00 Europe/Lisbon" in saved.text
        assert "Twice at once" not in saved.text
    stands = [reads for _, reads in stage.standing() if "One question a day" in reads]
    assert len(stands) == 2, "one introduction there, one in #general"
    assert (await config(stage)).text.count("running") == 2


async def test_a_form_that_comes_back_has_the_sentence_at_its_field_and_everything_typed(stage: DiscordStage) -> None:
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    typed: dict[str, Value] = {"time": "teatime", "zone": "Lisbon", "weekdays": ["Monday", "Sunday"]}
    seen = await stage.person("boss").submit(form.handle, typed)
    await stage.quiet()
    assert "**Time" in seen.message.text, "the message names the field"
    again = await stage.person("boss").press(seen.message, "Fix it")
    labels = {one["component"]["custom_id"]: one for one in again.modal["components"]}
    assert labels["time"]["description"].startswith("'teatime' is not")
    assert labels["time"]["component"]["value"] == "teatime"
    assert labels["zone"]["component"]["value"] == "Lisbon"
    ticked = [one["value"] for one in labels["weekdays"]["component"]["options"] if one["default"]]
    assert ticked == ["mon", "sun"]
    saved = await stage.person("boss").submit(again, {"time": "10:00"})
    await stage.quiet()
    assert "10:00" in saved.message.text
    assert "Mon, Sun" in saved.message.text


async def test_weekdays_are_boxes_to_tick_and_one_of_few_is_a_radio_button(stage: DiscordStage) -> None:
    panel = await stage.press("boss", "Change", await stage.say("boss", "/config"))
    form = await stage.press("boss", "Time and place", panel)
    fields = {one["component"]["custom_id"]: one["component"] for one in form.handle.modal["components"]}
    assert fields["weekdays"]["type"] == 22
    assert fields["weekdays"]["options"][0]["label"] == "Monday"
    saved = await stage.person("boss").submit(form.handle, {"weekdays": ["Tuesday", "Thursday"]})
    await stage.quiet()
    assert "Tue, Thu" in saved.message.text
    form = await stage.press("boss", "Topics and level", panel)
    fields = {one["component"]["custom_id"]: one["component"] for one in form.handle.modal["components"]}
    assert fields["level"]["type"] == 21
    assert fields["topics"]["type"] == 3, "more than ten are a list to open"
    saved = await stage.person("boss").submit(form.handle, {"level": "hard"})
    await stage.quiet()
    assert "hard" in saved.message.text


async def test_an_abandoned_form_changes_nothing_and_can_be_opened_again(stage: DiscordStage) -> None:
    config = await stage.say("boss", "/config")
    await stage.press("boss", "Another daily question", config)
    form = await stage.press("boss", "Another daily question", config)
    assert form.handle.modal["custom_id"].startswith("sb1:set-up:")
    assert (await stage.say("boss", "/config")).text.count("running; next") == 1


async def test_a_form_sent_after_a_restart_is_taken(stage: DiscordStage) -> None:
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    stage.channel("#tea")
    await stage.restart()
    taken = await stage.fill("boss", form, "set-up", {"place": "#tea", "time": "10:00", "zone": "utc"})
    assert "An introduction was posted there." in taken.text


async def test_mending_after_a_restart_says_so(stage: DiscordStage) -> None:
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    wrong = await stage.fill("boss", form, "set-up", {"time": "25:00"})
    await stage.restart()
    again = await stage.press("boss", "Fix it", wrong)
    assert "What you typed is no longer kept" in again.text


async def test_a_form_of_another_version_or_of_nobody_gets_a_sentence(stage: DiscordStage) -> None:
    for id in ("sb0:set-up", "sb1:unheard", "sb1:edit:999"):
        seen = await stage.person("boss").interaction(
            stage.channel("#general"), MODAL_SUBMIT, {"custom_id": id, "components": []}
        )
        assert "Nothing was changed" in text(seen.messages[-1].components)


async def test_a_member_cannot_send_in_a_managers_form(stage: DiscordStage) -> None:
    data = {"custom_id": "sb1:set-up", "components": []}
    seen = await stage.person("ana").interaction(stage.channel("#general"), MODAL_SUBMIT, data)
    assert "Only managers can do that" in text(seen.messages[-1].components)


async def test_a_channel_we_may_not_write_in_is_refused_with_the_permission_named(stage: DiscordStage) -> None:
    tea = stage.channel("#tea")
    tea.overwrite(stage.guild.me, deny=Can.SEND_MESSAGES)
    await stage.heard()
    told = await stage.say("boss", "/config time:09:00", "#tea")
    assert "Studybot lacks Send Messages there." in told.text
    assert "Nothing was saved." in told.text
    assert stage.discord.messages(tea) == []


async def test_threads_and_announcement_channels_take_the_question(stage: DiscordStage) -> None:
    news = stage.guild.announcement_channel("news")
    thread = stage.guild.thread("club", stage.channel("#general"))
    for place in (news, thread):
        told = await stage.person("boss").slash(
            stage.channel("#general"), "config", time="09:00", zone="utc", place=place, force=True
        )
        assert "An introduction was posted there." in text(told.messages[-1].components)
        assert len(stage.discord.messages(place)) == 1


async def test_the_introduction_pings_nobody_and_rings_no_phone(stage: DiscordStage) -> None:
    introduction: Message = stage.discord.messages(stage.channel("#general"))[0]
    assert "One question a day" in text(introduction.components)
    assert introduction.silent
    assert not introduction.pings
