"""Managers' work, told through the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialogues.telling import CATALOG, Dialogue, dialogue, letter, two_tracks_alike


async def panel(talk: Dialogue, place: str = "#general") -> str:
    return await talk.press(f"Change {place}", await talk.say("/config"))


async def test_a_track_is_set_up_by_one_short_form(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        form = await talk.press("Another daily question", await talk.say("/config"))
        assert "Daily question" in form
        saved = await talk.say("#evening", "18:30", "New York", "mon-fri", "none")
        assert "Saved" in saved
        assert "#evening at 18:30 America/New_York, Mon to Fri" in saved
        assert "next Mon 23 Nov" in saved
        assert "Posted in #evening" in saved
        assert "One question a day" in saved
        assert "Nobody here sees what you chose, managers included; only whoever runs Studybot could read it" in saved
        assert "Set up by you" in saved


async def test_one_line_does_the_same(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.say(":in #tea")
        saved = await talk.say("/config time:07:15 zone:kolkata weekdays:mon wed fri")
        assert "#tea at 07:15 Asia/Kolkata, Mon, Wed, Fri" in saved
        changed = await talk.say("/config 08:00")
        assert "#tea at 08:00 Asia/Kolkata, Mon, Wed, Fri" in changed
        assert "introduction" not in changed, "only a new place is introduced"


async def test_the_first_one_can_be_posted_now_and_only_once_a_date(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.say(":in #tea")
        saved = await talk.say("/config time:23:00 zone:utc weekdays:every day")
        posted = await talk.press("Post the first one now", saved)
        assert "On its way" in posted
        assert "Posted in #tea" in posted
        again = await talk.press("Post one now", await panel(talk, "#tea"))
        assert "at most one" in again
        lived = await talk.say(":tick 23h")
        assert "Posted in #tea" not in lived, "today's date has had its question"
        assert "Posted in #tea" in await talk.say(":tick 24h")


async def test_the_preview_is_the_question_that_comes(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        seen = await talk.press("Preview", await panel(talk))
        assert "for your eyes only" in seen
        stem = seen.splitlines()[3]
        assert stem in await talk.say("tomorrow")


async def test_skip_pause_and_resume(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        skipped = await talk.press("Skip the next", await panel(talk))
        assert "Skipped: Tuesday 24 November" in skipped
        assert "next Wed 25 Nov" in skipped
        assert "Posted in" not in await talk.say("tomorrow")
        assert "Posted in" in await talk.say("tomorrow")
        paused = await talk.press("Pause", await panel(talk))
        assert "paused by a manager" in paused
        assert "Posted in" not in await talk.say("tomorrow")
        resumed = await talk.press("Resume", await panel(talk))
        assert "Running again" in resumed
        assert "Posted in" in await talk.say("tomorrow")


async def test_pause_until_a_date(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.press("Pause until", await panel(talk))
        paused = await talk.say("2026-12-01")
        assert "The next question comes on Tuesday 01 December 2026." in paused
        assert "Posted in" not in await talk.say(":tick 7d")
        assert "Posted in" in await talk.say("tomorrow")
        await talk.press("Pause until", await panel(talk))
        refused = await talk.say("2020-01-01")
        assert "2020-01-01 is in the past. Name the first date with a question again" in refused
        assert "more than a year ahead" in await talk.say("2040-01-01")
        assert "Paused. The next question comes on" in await talk.say("next tuesday")


async def test_days_off_are_left_out_and_cost_no_streak(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await talk.say(letter(opened))
        await talk.press("Days off", await panel(talk))
        saved = await talk.say("2026-11-24..2026-11-26")
        assert "3 days off added" in saved
        assert "2026-11-24, 2026-11-25, 2026-11-26" in saved
        assert "Posted in" not in await talk.say(":tick 3d")
        shown = await talk.say("tomorrow")
        assert "2 in a row, 1 freeze" in await talk.say(letter(shown))
        await talk.press("Days off", await panel(talk))
        assert "no days off any more" in await talk.say("none")


async def test_topics_and_level(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.press("Topics and level", await panel(talk))
        saved = await talk.say("rag, prompting", "hard", "pause")
        assert "questions fit" in saved
        assert "hard" in saved
        shown = await talk.say("tomorrow")
        assert ", hard." in shown
        await talk.press("Topics and level", await panel(talk))
        wrong = await talk.say("rag, blorp", "", "")
        assert "'blorp' is none" in wrong
        await talk.say("cancel")
        assert "hard" in await panel(talk)


async def test_a_used_up_bank_pauses_or_begins_again_as_set(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.press("Topics and level", await panel(talk))
        await talk.say("data", "hard", "pause")
        lived = await talk.say(":tick 30d")
        assert "every question that fits its topics and level was asked" in lived
        assert "every fitting question was asked" in await panel(talk)
        await talk.press("Topics and level", await panel(talk))
        await talk.say("data", "hard", "again")
        await talk.press("Resume", await panel(talk))
        assert "Asked before." in await talk.say("tomorrow")


async def test_a_track_waits_for_what_another_asked_lately_and_says_so(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await two_tracks_alike(talk, "pause")
        fitting = sum(one.topic == "data" and one.difficulty == "hard" for one in CATALOG.questions)
        lived = await talk.say(f":tick {fitting // 2}d")
        assert "left out" not in lived
        lived = await talk.say("tomorrow")
        assert "was asked on another of your tracks within the last 30 days" in lived
        assert "Posted in #one" not in lived
        assert "paused" not in await talk.say("/config")
        lived = await talk.say(":tick 30d")
        assert "Posted in #one" in lived
        assert "Asked before" not in lived


async def test_moving_keeps_the_streaks(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await talk.say(letter(opened))
        await talk.press("Time and place", await panel(talk))
        moved = await talk.say("#quiet", "06:00", "utc", "every day", "none")
        assert "#quiet at 06:00 UTC" in moved
        shown = await talk.say("tomorrow")
        assert "Posted in #quiet" in shown
        assert "2 in a row" in await talk.say(letter(shown))


async def test_deleting_says_what_hangs_on_it_and_offers_gentler_ways(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await talk.say(letter(opened))
        warned = await talk.press("Delete", await panel(talk))
        assert "1 member has streaks here" in warned
        assert "Move it" in warned
        assert "Pause it" in warned
        deleted = await talk.press("Delete it", warned)
        assert "Deleted." in deleted
        assert "Posted in" not in await talk.say("tomorrow")
        assert "No daily question is set up yet" in await talk.say("/config")


async def test_an_unanswered_track_pauses_itself_and_tells_the_manager(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        lived = await talk.say(":tick 11d")
        assert "nobody answered the last 10" in lived
        assert "paused: nobody answered the last ten" in await talk.say("/config")
        await talk.press("Resume", await panel(talk))
        assert "Posted in" in await talk.say("tomorrow")


async def test_only_managers_and_delegates_may_configure(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        people = await talk.press("Delegates", await talk.say("/config"))
        await talk.press("Add someone", people)
        assert "ana may now use /config here." in await talk.say("ana")
        await talk.say(":manager off")
        assert "Only managers can do that" in await talk.say("/config")
        assert "Only managers can do that" in await talk.say("/config time:09:00")
        await talk.say(":as ana")
        assert "Settings" in await talk.say("/config")
        await talk.say(":as you", ":manager on")
        people = await talk.press("Delegates", await talk.say("/config"))
        assert "may no longer use /config" in await talk.press("Remove 1", people)
        await talk.say(":as ana", ":manager off")
        assert "Only managers can do that" in await talk.say("/config")


async def test_boards_are_switched_off_and_on(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await talk.say(letter(opened))
        await talk.press("Boards off", await talk.say("/config"))
        assert "switched off here" in await talk.say("/leaderboard")
        await talk.press("Boards on", await talk.say("/config"))
        await talk.press("Also by right answers", await talk.say("/config"))
        board = await talk.say("/leaderboard")
        assert "Right answers" not in board, "this week's would tell who was wrong"
        shown = await talk.say("tomorrow")
        for _ in range(6):
            await talk.say(letter(shown))
            shown = await talk.say("tomorrow")
        assert "Right answers" not in await talk.say("/leaderboard"), "Sunday's question closed last"
        await talk.say("tomorrow")
        board = await talk.say("/leaderboard")
        assert "Right answers in the week of Mon 23 Nov, from five answers on" in board
        assert "you 6+" in board, "all of seven, or all but one"


async def test_health_and_reports(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        verdict = await talk.say(letter(opened))
        asked = await talk.press("Report", verdict)
        assert "Only the count is ever shown." in asked
        assert "Thank you" in await talk.press("It is unclear", asked)
        health = await talk.press("Health", await talk.say("/config"))
        assert "the question of Mon 23 Nov is open; fewer than two answered" in health
        assert "it is unclear: 1 member" in health


@pytest.mark.parametrize("typed", ["25:00", "25", "ninety", "12:60", "-1:00"])
async def test_a_time_that_is_none_says_how_times_are_read(tmp_path: Path, typed: str) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        refused = await talk.say(f"/config time:{typed}")
        assert "HH:MM" in refused


async def test_what_is_typed_in_forms_is_checked_field_by_field(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.press("Another daily question", await talk.say("/config"))
        wrong = await talk.say("#tea", "25:00", "Nowhereville", "someday", "none")
        assert "HH:MM" in wrong
        saved = await talk.say("07:00", "Lisbon", "weekend")
        assert "#tea at 07:00 Europe/Lisbon, Sat, Sun" in saved


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2025-12-24", "2025-12-24 is in the past. Nothing was changed."),
        ("24 dec, 22 nov 2026", "2026-11-22 is in the past. Nothing was changed."),
        ("03/04/2027", "can mean 2027-04-03 or 2027-03-04; please say which."),
        ("2027-01-02..2026-12-24", "the earlier date first. Nothing was changed."),
        ("someday", "is not dates such as 2026-12-24"),
    ],
)
async def test_days_off_at_fault_are_told_and_the_field_comes_back(tmp_path: Path, typed: str, sentence: str) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.press("Days off", await panel(talk))
        refused = " ".join((await talk.say(typed)).split())
        assert sentence in refused
        saved = " ".join((await talk.say("24 dec - 2 jan")).split())
        assert "Saved: 10 days off added." in saved
        assert "2026-12-24" in saved


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("time:9 pm", "21:00"),
        ("time:9:30 PM", "21:30"),
        ("time:9.30 pm", "21:30"),
        ("time:21h30", "21:30"),
        ("time:noon", "12:00"),
        ("time:midnight", "00:00"),
        ("time:0900", "09:00"),
        ('time:"09:05" zone:"new york"', "09:05 America/New_York"),
        ("time:\u201c09:05\u201d", "09:05"),
        ("weekdays:\u201cmon-fri\u201d", "Mon to Fri"),
        ("weekdays:mon, wed and fri", "Mon, Wed, Fri"),
    ],
)
async def test_times_and_weekdays_are_saved_as_people_write_them(tmp_path: Path, typed: str, saved: str) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        assert saved in " ".join((await talk.say(f"/config {typed}")).split())


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("Spain", "Europe/Madrid"),
        ("Salvador", "America/Bahia"),
        ("Davis", "America/Los_Angeles"),
        ("Samoa", "Pacific/Apia"),
        ("uk", "Europe/London"),
        ("Cambridge, MA", "America/New_York"),
    ],
)
async def test_a_zone_is_the_one_people_mean(tmp_path: Path, typed: str, saved: str) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        assert f"09:00 {saved}" in " ".join((await talk.say(f"/config time:09:00 zone:{typed}")).split())


@pytest.mark.parametrize(
    ("typed", "label", "saved"),
    [
        ("Cambridge", "Cambridge, Massachusetts", "America/New_York"),
        ("San Juan", "San Juan, Puerto Rico", "America/Puerto_Rico"),
        ("Georgia", "Georgia, United States", "America/New_York"),
        ("cet", "Berlin", "Europe/Berlin"),
        ("usa", "Chicago", "America/Chicago"),
        ("berln", "Berlin, Germany", "Europe/Berlin"),
    ],
)
async def test_a_zone_that_can_be_several_is_asked_about(tmp_path: Path, typed: str, label: str, saved: str) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        asked = await talk.say(f"/config time:09:00 zone:{typed}")
        assert "Saved" not in asked
        assert f"09:00 {saved}" in " ".join((await talk.press(label, asked)).split())


async def test_an_offset_is_asked_about_with_what_it_leaves_out(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        asked = " ".join((await talk.say("/config time:09:00 zone:gmt+2")).split())
        assert "right for only half the year" in asked
        assert "UTC+2, all year" in asked
        assert "Saved" not in asked
