"""Where a daily question can be posted on Discord (voice channels, forums), and roles it cannot ping."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.adapters.discord.reading import text
from tests.contract.discord_stage import DiscordStage
from tests.fakes.discord import Can, Channel, CutBefore, LoseAnswer, Message, Refuse
from tests.fakes.discord.misbehaviour import Fault

STEM = re.compile(r"Question 1\n\*\*(.+?)\*\*")
POSTING = "/channels/*/threads"


async def set_up(stage: DiscordStage, place: Channel) -> str:
    """``boss`` chooses a place for a daily question of its own; what that says."""
    stage.passes()
    seen = await stage.person("boss").slash(
        stage.channel("#general"), "config", time="00:00", zone="utc", weekdays="every day", place=place
    )
    await stage.quiet()
    return text(seen.messages[-1].components)


def posts(stage: DiscordStage, forum: Channel) -> list[Channel]:
    """The posts of a forum that ask a question, oldest first."""
    threads = [one for one in stage.guild.channels.values() if one.parent is forum]
    return [one for one in threads if any("Question" in message.text for message in stage.discord.messages(one))]


def first(stage: DiscordStage, post: Channel) -> Message:
    return stage.discord.messages(post)[0]


@pytest.mark.parametrize("kind", ["voice", "stage"])
async def test_the_chat_beside_a_voice_takes_a_daily_question(stage: DiscordStage, kind: str) -> None:
    place = stage.guild.voice_channel("evening") if kind == "voice" else stage.guild.stage_channel("evening")
    assert "An introduction was posted there." in await set_up(stage, place)
    await stage.tomorrow()
    question = stage.discord.messages(place)[-1]
    assert "Question 1" in question.text
    seen = await stage.person("ana").press(question, "A")
    assert "1 in a row" in seen.text
    await stage.tomorrow()
    assert "Question 1, closed" in question.text


async def test_a_lost_answer_beside_a_voice_is_found_only_by_who_may_join(stage: DiscordStage) -> None:
    place = stage.guild.voice_channel("evening")
    await set_up(stage, place)
    place.overwrite(stage.guild.me, deny=Can.CONNECT)
    await stage.heard()
    stage.discord.on("POST", f"/channels/{place.id}/messages", LoseAnswer(), times=1)
    await stage.tomorrow()
    stage.clock.advance(timedelta(minutes=30))
    await stage.part.loops.reconcile()
    assert sum("Question" in message.text for message in stage.discord.messages(place)) == 1


async def test_a_forum_gets_one_post_a_day_with_a_title(stage: DiscordStage) -> None:
    forum = stage.guild.forum("ideas")
    said = await set_up(stage, forum)
    assert "An introduction was posted there." in said
    assert "In this forum each question is a post of its own." in said
    await stage.tomorrow()
    (post,) = posts(stage, forum)
    assert post.name.startswith("Question 1: ")
    assert len(post.name) <= 100
    seen = await stage.person("ana").press(first(stage, post), "A")
    assert "1 in a row" in seen.text
    await stage.tomorrow()
    _, second = posts(stage, forum)
    assert second.name.startswith("Question 2: ")
    assert "Question 1, closed" in first(stage, post).text, "the reveal edits the post"
    assert len(stage.discord.messages(post)) == 1


@pytest.mark.parametrize(
    ("tags", "moderated", "requires", "taken"),
    [
        (("Off topic", "Daily quiz"), (), True, "Daily quiz"),
        (("Off topic", "Daily quiz"), (), False, "Daily quiz"),
        (("Off topic", "Help"), ("Daily",), True, "Off topic"),
        (("Off topic",), ("Daily",), False, None),
    ],
)
async def test_a_post_has_the_tag_that_fits_and_the_manager_is_told_which(
    stage: DiscordStage, tags: tuple[str, ...], moderated: tuple[str, ...], requires: bool, taken: str | None
) -> None:
    forum = stage.guild.forum("ideas", *tags, moderated=moderated, requires_tag=requires)
    said = await set_up(stage, forum)
    assert (f"with the tag {taken}." in said) == (taken is not None)
    await stage.tomorrow()
    (post,) = posts(stage, forum)
    assert [tag.name for tag in post.tags] == ([taken] if taken else [])


async def test_a_forum_whose_tags_are_all_for_moderators_is_refused_and_taken_once_there_is_one(
    stage: DiscordStage,
) -> None:
    forum = stage.guild.forum("ideas", moderated=("Staff",), requires_tag=True)
    await stage.heard()
    said = await set_up(stage, forum)
    assert "That forum requires a tag on every post, and has none that Studybot may use." in said
    assert "Nothing was changed." in said
    forum.requires_tag = False
    stage.guild.changed(forum)
    await stage.heard()
    assert "An introduction was posted there." in await set_up(stage, forum)


async def test_a_forum_that_comes_to_want_a_tag_pauses_and_goes_on_when_it_has_one(stage: DiscordStage) -> None:
    forum = stage.guild.forum("ideas")
    await set_up(stage, forum)
    stage.discord.on("POST", POSTING, Refuse(40067), times=1)
    await stage.tomorrow()
    assert posts(stage, forum) == []
    assert any("That forum requires a tag on every post" in text(dm.components) for dm in stage.person("boss").dms)


async def test_a_media_channel_is_refused(stage: DiscordStage) -> None:
    pictures = stage.guild.media_channel("pictures")
    await stage.heard()
    seen = await stage.person("boss").slash(
        stage.channel("#general"), "config", time="09:00", place=pictures, force=True
    )
    assert "It is a media channel, where every post needs a picture or a video." in seen.text


@pytest.mark.parametrize("fault", [LoseAnswer(), LoseAnswer(502), CutBefore()])
@pytest.mark.parametrize("archived", [False, True])
async def test_a_post_whose_answer_was_lost_is_looked_for_before_anything_is_sent_again(
    stage: DiscordStage, fault: Fault, archived: bool
) -> None:
    forum = stage.guild.forum("ideas")
    await set_up(stage, forum)
    stage.discord.on("POST", POSTING, fault, times=1)
    await stage.tomorrow()
    await stage.part.loops.reconcile()
    there = posts(stage, forum)
    assert len(there) == (0 if isinstance(fault, CutBefore) else 1)
    if archived:
        for post in there:
            post.archive()
    for seconds in (5, 180, 180, 180):  # as long as it is not settled, no second one may come
        stage.clock.advance(timedelta(seconds=seconds))
        await stage.part.loops.tick()
        await stage.part.loops.reconcile()
        await stage.part.loops.settled()
    (post,) = posts(stage, forum)
    seen = await stage.person("ana").press(first(stage, post), "A")
    assert "1 in a row" in seen.text
    assert len(posts(stage, forum)) == 1


async def test_a_reveal_takes_a_post_out_again_that_was_put_away(stage: DiscordStage) -> None:
    forum = stage.guild.forum("ideas")
    await set_up(stage, forum)
    await stage.tomorrow()
    (post,) = posts(stage, forum)
    post.archive()
    await stage.tomorrow()
    assert "Question 1, closed" in first(stage, post).text


async def test_who_asks_in_a_thread_asks_about_its_channel(stage: DiscordStage) -> None:
    forum = stage.guild.forum("ideas")
    await set_up(stage, forum)
    await stage.tomorrow()
    (post,) = posts(stage, forum)
    question = STEM.search(first(stage, post).text)
    assert question
    seen = await stage.person("ana").slash(post, "daily")
    assert question.group(1) in seen.text
    thread = stage.guild.thread("about it", stage.channel("#general"))
    await stage.heard()
    elsewhere = await stage.person("ben").slash(thread, "daily")
    assert question.group(1) not in elsewhere.text


async def test_the_picker_and_the_command_offer_what_can_be_chosen(stage: DiscordStage) -> None:
    panel = await stage.press("boss", "Change", await stage.say("boss", "/config"))
    form = await stage.press("boss", "Time and place", panel)
    fields = {one["component"]["custom_id"]: one["component"] for one in form.handle.modal["components"]}
    assert set(fields["place"]["channel_types"]) == {0, 2, 5, 10, 11, 12, 13, 15}
    (command,) = [one for one in stage.discord.commands.available(None) if one["name"] == "config"]
    (option,) = [one for one in command["options"] if one["name"] == "place"]
    assert set(option["channel_types"]) == {0, 2, 5, 10, 11, 12, 13, 15}


async def test_everyone_is_no_role_to_ping(stage: DiscordStage) -> None:
    stage.passes()
    seen = await stage.person("boss").slash(stage.channel("#general"), "config", ping=stage.guild.everyone)
    refused = "Pinging @everyone as a role notifies nobody. Choose another role, or none. Nothing was changed."
    assert refused in seen.text.replace("\u200b", "")
    await stage.tomorrow()
    assert not stage.newest_post().pings
    assert stage.newest_post().silent


async def test_a_bots_role_is_no_role_to_ping_and_the_form_says_so_at_its_field(stage: DiscordStage) -> None:
    form = await stage.press(
        "boss", "Time and place", await stage.press("boss", "Change", await stage.say("boss", "/config"))
    )
    seen = await stage.person("boss").submit(form.handle, {"ping": stage.guild.bot_role, "time": "07:00"})
    await stage.quiet()
    assert "belongs to a bot and has no other members." in seen.text
    assert "00:00" in (await stage.say("boss", "/config")).text, "nothing was saved"


@pytest.mark.parametrize(("put_away", "still_away"), [(True, False), (True, True), (False, False)])
async def test_a_thread_that_is_unlocked_goes_on_by_itself(
    stage: DiscordStage, put_away: bool, still_away: bool
) -> None:
    thread = stage.guild.thread("daily", stage.channel("#general"))
    await stage.heard()
    await stage.person("boss").slash(stage.channel("#general"), "config", place=thread, time="01:00", zone="UTC")
    thread.locked, thread.archived = True, put_away
    stage.guild.changed(thread)
    await stage.heard()
    await stage.tomorrow()
    await stage.tomorrow()
    await stage.until_tracks(lambda tracks: any(not track.running for track in tracks))
    thread.locked, thread.archived = False, still_away
    stage.guild.changed(thread)
    await stage.until_tracks(lambda tracks: all(track.running for track in tracks))


@pytest.mark.parametrize(("put_away", "still_away"), [(True, False), (True, True), (False, False), (False, True)])
async def test_a_thread_that_was_unlocked_while_nobody_listened_goes_on_by_itself(
    stage: DiscordStage, put_away: bool, still_away: bool
) -> None:
    thread = stage.guild.thread("daily", stage.channel("#general"))
    await stage.heard()
    await stage.person("boss").slash(stage.channel("#general"), "config", place=thread, time="01:00", zone="UTC")
    thread.locked, thread.archived = True, put_away
    stage.guild.changed(thread)
    await stage.heard()
    await stage.tomorrow()
    await stage.tomorrow()
    await stage.until_tracks(lambda tracks: any(not track.running for track in tracks))
    await stage.end()
    thread.locked, thread.archived = False, still_away
    await stage.restart()
    await stage.until_tracks(lambda tracks: all(track.running for track in tracks))
