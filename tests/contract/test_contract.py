"""Rules of every platform, told by the same dialogues: the faces differ in looks and in nothing else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.stage import Stage
from tests.contract.stages import ALL
from tests.dialogues.telling import CATALOG


@pytest.fixture(params=list(ALL))
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with ALL[request.param](tmp_path) as found:
        yield found


def letter(post: str, *, right: bool = True) -> str:
    """The letter of a right or a wrong option of a question that is read."""
    for question in CATALOG.questions:
        if question.stem in post:
            lines = {option.text: line[0] for option in question.options for line in lettered(post, option.text)}
            wrong = next(option.text for option in question.options if not option.correct)
            return lines[question.key.text if right else wrong]
    raise AssertionError(f"no question of the bank in:\n{post}")


def question_of(shown: str) -> str:
    """The question of the bank that is shown."""
    return next(question.id for question in CATALOG.questions if question.stem in shown)


def lettered(post: str, option: str) -> list[str]:
    """The lines on which an option stands behind its letter."""
    return [line.strip() for line in post.splitlines() if line.strip()[1:].strip() == option]


async def test_a_right_answer_is_judged_in_private_and_begins_a_streak(stage: Stage) -> None:
    verdict = await stage.answer("ana", letter(await stage.post()))
    assert verdict.private
    assert verdict.text.count("Right") == 1
    assert "1st to answer, 1 in a row, 1 freeze. 1 answered, 1 of 1 this week, best 1." in verdict.text
    assert "Welcome. This was your first answer here." in verdict.text
    assert "Take away:" in verdict.text
    assert "Source:" in verdict.text
    assert {"Why not the others", "Practise another", "I guessed", "Report"} <= set(verdict.labels)


async def test_a_wrong_answer_is_explained_and_comes_again(stage: Stage) -> None:
    post = await stage.post()
    wrong = letter(post, right=False)
    verdict = await stage.answer("ana", wrong)
    assert "Not this one" in verdict.text
    assert f"You chose {wrong}" in verdict.text
    assert f"The answer is {letter(post)}" in verdict.text
    reasons = await stage.press("ana", "Why not the others", verdict)
    assert reasons.text.count("Right. ") == 1
    practice = await stage.say("ana", "/quiz")
    assert "You had this one wrong before." not in practice.text, "its answer is on the screen"
    await stage.tomorrow()
    await stage.tomorrow()
    practice = await stage.say("ana", "/quiz")
    assert "You had this one wrong before." in practice.text


async def test_pressing_again_shows_the_choice_that_stands(stage: Stage) -> None:
    post = await stage.post()
    first = letter(post, right=False)
    await stage.answer("ana", first)
    verdict = await stage.answer("ana", letter(post))
    assert f"You chose {first}" in verdict.text
    assert "That stands" in verdict.text
    assert "to answer" not in verdict.text
    assert "That stands" in (await stage.say("ana", "/daily")).text


async def test_the_next_day_reveals_the_last_and_the_streak_goes_on(stage: Stage) -> None:
    key = letter(await stage.post())
    await stage.answer("ana", key)
    next_day = await stage.tomorrow()
    assert "Question 1, closed" in next_day
    assert "(right)" in next_day
    assert "Votes stay hidden" in next_day
    assert "Question 2" in next_day
    assert f"Monday's answer: {key}," in next_day
    assert "2 in a row" in (await stage.answer("ana", letter(await stage.post()))).text


async def test_five_answers_show_votes_in_words_and_numbers(stage: Stage) -> None:
    post = await stage.post()
    key, slip = letter(post), letter(post, right=False)
    for name, choice in zip(("ana", "ben", "cem", "dee", "eli"), (key, key, key, slip, slip), strict=True):
        await stage.answer(name, choice)
    revealed = await stage.tomorrow()
    assert "(right): 3 votes, 60 %" in revealed
    assert ": 2 votes, 40 %" in revealed
    assert f"Many chose {slip}," in revealed
    assert "3 of 5 had it." in revealed


async def test_more_is_the_door_for_those_who_never_type(stage: Stage) -> None:
    more = await stage.more("ana")
    assert {"Don't know", "Answer privately", "My progress", "How this works", "Privacy"} <= set(more.labels)
    verdict = await stage.press("ana", "Don't know", more)
    assert "Now you know" in verdict.text
    assert "Nothing is marked wrong" in verdict.text
    assert "1 in a row" in verdict.text


async def test_a_skipped_question_is_covered_by_a_freeze_and_said(stage: Stage) -> None:
    await stage.answer("ana", letter(await stage.post()))
    await stage.tomorrow()
    await stage.tomorrow()
    verdict = await stage.answer("ana", letter(await stage.post()))
    assert "Welcome back. 1 question went by; 1 freeze covered it and your streak goes on." in verdict.text
    assert "2 in a row, 0 freezes" in verdict.text
    assert "Catch up" not in verdict.labels, "the answer of the one that went by stands on the post"


async def test_the_state_survives_a_restart(stage: Stage) -> None:
    await stage.answer("ana", letter(await stage.post()))
    await stage.tomorrow()
    await stage.restart()
    today = await stage.say("ana", "/daily")
    assert "Question 2" in today.text
    assert "2 in a row" in (await stage.press("ana", letter(today.text), today)).text


async def test_practice_judges_without_touching_the_streak(stage: Stage) -> None:
    asked = await stage.say("ana", "/quiz rag")
    assert "Practice touches no streak." in asked.text
    verdict = await stage.press("ana", "Don't know", asked)
    assert "Now you know" in verdict.text
    another = await stage.press("ana", "Next, 2 of 5", verdict)
    assert "Practice, 2 of 5" in another.text
    assert question_of(another.text) != question_of(asked.text), "its answer is still to be read above"
    assert "You have not answered a daily question here yet." in (await stage.say("ana", "/progress")).text


async def test_a_sitting_is_counted_and_closed_by_buttons(stage: Stage) -> None:
    first = await stage.say("ana", "/quiz rag 2")
    assert "Practice, 1 of 2" in first.text
    second = await stage.press("ana", "Next, 2 of 2", await stage.press("ana", "Don't know", first))
    assert "Practice, 2 of 2" in second.text
    last = await stage.press("ana", "Don't know", second)
    assert "That was the last of 2; 0 right." in last.text
    ended = await stage.press("ana", "How it went", last)
    assert ended.private
    assert "What to read again" in ended.text
    another = await stage.press("ana", "More of these", ended)
    assert "Practice, 1 of 2" in another.text
    assert question_of(another.text) not in (question_of(first.text), question_of(second.text))


async def test_roles_are_looked_up_compared_and_shared(stage: Stage) -> None:
    shown = await stage.say("ana", "/role name:AI engineer")
    assert "AI Engineer" in shown.text
    assert shown.private
    both = await stage.say("ana", "/role name:ai engineer versus:prompt engineer")
    assert "Prompt Engineer" in both.text
    shared = await stage.press("ana", "Share here", await stage.say("ana", "/role name:AI engineer"))
    assert "Shared AI Engineer here." in shared.text


async def test_an_unknown_name_is_met_with_the_nearest(stage: Stage) -> None:
    refused = await stage.say("ana", "/role name:ai enginer")
    assert "AI Engineer" in refused.text or "AI Engineer" in refused.labels
    nothing = await stage.say("ana", "/role name:zzzzqqqq")
    assert "is not a role" in nothing.text
    assert nothing.labels


async def test_the_roadmap_is_walked_with_buttons(stage: Stage) -> None:
    path = await stage.say("ana", "/roadmap role:ai-engineer")
    assert "AI Engineer" in path.text
    step = await stage.say("ana", "/roadmap step:orientation")
    done = await stage.press("ana", "Done", step)
    assert "done" in done.text.lower()


async def test_a_daily_question_is_set_up_by_a_form(stage: Stage) -> None:
    opened = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    values = {"place": "#tea", "time": "07:00", "zone": "Lisbon", "weekdays": "weekend"}
    saved = await stage.fill("boss", opened, "set-up", values)
    assert "at 07:00 Europe/Lisbon, Sat, Sun" in saved.text
    assert "An introduction was posted there." in saved.text


async def test_a_form_says_what_is_wrong_and_takes_it_again(stage: Stage) -> None:
    settings = await stage.say("boss", "/config")
    change = next(label for label in settings.labels if label.startswith("Change"))
    form = await stage.press("boss", "Days off", await stage.press("boss", change, settings))
    wrong = await stage.fill("boss", form, "days-off", {"days": "someday"})
    assert "'someday' is not" in wrong.text
    past = await stage.correct("boss", wrong, {"days": "2020-12-24"})
    assert "2020-12-24 is in the past" in past.text
    saved = await stage.correct("boss", past, {"days": "2026-11-24..2026-11-26"})
    assert "3 days off added" in saved.text


async def test_only_managers_and_delegates_may_configure(stage: Stage) -> None:
    refused = await stage.say("ana", "/config time:09:00")
    assert "Only managers can do that" in refused.text
    people = await stage.press("boss", "Delegates", await stage.say("boss", "/config"))
    form = await stage.press("boss", "Add someone", people)
    added = await stage.fill("boss", form, "delegate", {"person": "ana"})
    assert "may now use /config here." in added.text
    assert "Managing" in (await stage.say("ana", "/privacy")).text
    assert "Settings" in (await stage.say("ana", "/config")).text
    assert "Settings" in (await stage.press("ana", "Settings", await stage.say("ana", "/help"))).text
    assert "Settings" not in (await stage.say("ben", "/help")).labels


async def test_a_track_is_paused_resumed_skipped_and_deleted(stage: Stage) -> None:
    async def panel() -> object:
        config = await stage.say("boss", "/config")
        change = next(label for label in config.labels if label.startswith("Change"))
        return await stage.press("boss", change, config)

    paused = await stage.press("boss", "Pause", await panel())  # type: ignore[arg-type]
    assert "paused by a manager" in paused.text
    assert "Question 2" not in await stage.tomorrow()
    resumed = await stage.press("boss", "Resume", await panel())  # type: ignore[arg-type]
    assert "Running again" in resumed.text
    assert "Question 2" in await stage.tomorrow()
    warned = await stage.press("boss", "Delete", await panel())  # type: ignore[arg-type]
    assert "Nobody has answered here yet." in warned.text
    assert "Deleted." in (await stage.press("boss", "Delete it", warned)).text
    assert "No daily question is set up yet" in (await stage.say("boss", "/config")).text


async def test_topics_and_days_off_are_set_by_forms(stage: Stage) -> None:
    config = await stage.say("boss", "/config")
    panel = await stage.press("boss", next(label for label in config.labels if label.startswith("Change")), config)
    form = await stage.press("boss", "Topics and level", panel)
    saved = await stage.fill("boss", form, "topics", {"topics": "rag, prompting", "level": "all", "repeats": "again"})
    assert "questions fit" in saved.text
    form = await stage.press("boss", "Days off", saved)
    off = await stage.fill("boss", form, "days-off", {"days": "2026-11-24..2026-11-26"})
    assert "3 days off added" in off.text


async def test_privacy_shows_exports_and_deletes_and_gives_no_second_first_answer(stage: Stage) -> None:
    post = await stage.post()
    await stage.answer("ana", letter(post, right=False))
    kept = await stage.say("ana", "/privacy")
    assert "1 choice" in kept.text
    exported = await stage.press("ana", "Export", kept)
    assert "This is everything stored about you here." in exported.text
    asked = await stage.press("ana", "Delete my data", await stage.say("ana", "/privacy"))
    assert "Deleted." in (await stage.press("ana", "Delete everything", asked)).text
    assert "since you deleted your data" in (await stage.say("ana", "/privacy")).text
    again = await stage.answer("ana", letter(post))
    assert "this does not count again" in again.text
    assert "1st to answer" in (await stage.answer("ben", letter(post))).text


async def test_who_only_manages_is_told_what_is_stored_of_them(stage: Stage) -> None:
    await stage.say("boss", "/config time:10:00 zone:utc")
    assert "1 daily question last saved by you" in (await stage.say("boss", "/privacy")).text
    asked = await stage.press("boss", "Delete my data", await stage.say("boss", "/privacy"))
    assert "Deleted." in (await stage.press("boss", "Delete everything", asked)).text
    assert "you have not answered or set anything here yet" in (await stage.say("boss", "/privacy")).text


async def test_help_names_every_command(stage: Stage) -> None:
    told = await stage.say("boss", "/help")
    one = await stage.say("ana", "/help command:quiz")
    assert "Practise in private" in told.text
    assert "Practise in private" in one.text


async def test_everything_a_person_is_shown_in_answer_is_private(stage: Stage) -> None:
    lines = ("/daily", "/quiz", "/role", "/roadmap", "/progress", "/leaderboard", "/privacy", "/help", "/config")
    shown = {line: (await stage.say("boss", line)).private for line in lines}
    assert json.dumps(shown) == json.dumps(dict.fromkeys(lines, True))
