"""Channels and groups are looked at when they are named: nothing is saved that could not be posted or called."""

from __future__ import annotations

import pytest

from tests.adapters.slack.reading import text
from tests.contract.slack_stage import SlackStage
from tests.fakes.slack import Channel

WHOLE = "Studybot pings a user group, never a whole channel."


async def config(stage: SlackStage, words: str, place: Channel | None = None) -> str:
    stage.passes()
    boss = stage.person("boss")
    seen = await boss.slash(place or stage.channel("#general"), "/study", f"config {words}")
    return (await stage.shown(boss, seen)).text


async def called(stage: SlackStage) -> str:
    """The group that the next post pings."""
    await stage.tomorrow()
    return text(stage.newest_post().blocks).splitlines()[0]


async def test_a_group_is_known_by_what_it_is(stage: SlackStage) -> None:
    group = stage.workspace.user_group("learners")
    assert "Saved" in await config(stage, "ping: @learners")
    assert await called(stage) == f"<!subteam^{group.id}>"
    assert "Saved" in await config(stage, "ping:none")
    assert "subteam" not in await called(stage)


@pytest.mark.parametrize(
    ("ping", "why"),
    [
        ("@here", WHOLE),
        ("@channel", WHOLE),
        ("@everyone", WHOLE),
        ("here", WHOLE),
        ("Everyone", WHOLE),
        ("@ana", "That is a person. Name a user group to ping"),
        ("@lerners", "'@lerners' is not a user group that Slack knows."),
        ("learners", "'learners' is not a user group that Slack knows."),
    ],
)
async def test_what_is_no_group_is_refused_with_the_reason(stage: SlackStage, ping: str, why: str) -> None:
    stage.person("ana")
    stage.workspace.user_group("learners")
    said = await config(stage, f"ping: {ping}")
    assert why in said
    assert "Nothing was changed." in said
    assert "Pings: nobody" in (await stage.press("boss", "Change", await stage.say("boss", "/config"))).text


async def test_a_bare_name_is_looked_up_where_that_is_allowed(stage: SlackStage) -> None:
    stage.workspace.team.scopes.add("usergroups:read")
    group = stage.workspace.user_group("learners")
    stage.workspace.user_group("sleepers", off=True)
    assert "The user group @sleepers is disabled." in await config(stage, "ping:sleepers")
    assert "is not a user group that Slack knows" in await config(stage, "ping:lerners")
    assert "Saved" in await config(stage, "ping:Learners")
    assert await called(stage) == f"<!subteam^{group.id}>"


async def test_a_channel_nothing_can_be_posted_in_is_refused_before_anything_is_saved(stage: SlackStage) -> None:
    boss = stage.person("boss")
    stage.workspace.channel("attic", archived=True)
    stage.workspace.channel("partners", shared=True)
    stage.workspace.channel("club", "private", boss)
    gone = stage.workspace.channel("gone")
    gone.deleted = True
    before = len(stage.slack.requests.of("chat.postMessage"))
    for place, why in {
        "#attic": "The channel is archived.",
        "#partners": "shared with another organisation",
        "#club": "/invite @Studybot",
        "#nowhere": "'#nowhere' is not a channel that Slack knows.",
        "general": "'general' is not a channel that Slack knows.",
        gone.id: "it was deleted",
        "@boss": "is not a channel that Slack knows",
    }.items():
        said = await config(stage, f"09:00 place: {place}")
        assert why in said, place
        assert "Nothing was changed." in said, place
    assert len(stage.slack.requests.of("chat.postMessage")) == before
    assert (await stage.say("boss", "/config")).text.count("running") == 1


async def test_a_private_conversation_is_no_place_for_a_daily_question(stage: SlackStage) -> None:
    direct = stage.workspace.direct(stage.person("boss"))
    assert "That is a private conversation, not a channel." in await config(stage, "09:00", direct)
    assert (await stage.say("boss", "/config")).text.count("running") == 1


async def test_a_daily_question_that_moves_is_looked_at_first(stage: SlackStage) -> None:
    """Nothing pauses: it goes on where it was."""
    stage.workspace.channel("club", "private", stage.person("boss"))
    panel = await stage.press("boss", "Change", await stage.say("boss", "/config"))
    form = await stage.press("boss", "Time and place", panel)
    told = await stage.fill("boss", form, "edit", {"place": "#club"})
    assert "/invite @Studybot" in told.text
    assert "running" in (await stage.say("boss", "/config")).text
    assert "Question 2" in await stage.tomorrow()
