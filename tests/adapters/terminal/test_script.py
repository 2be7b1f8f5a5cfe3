"""Whole sittings, read from a script."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from bot.adapters.terminal.screen import PlainScreen
from bot.replies.card import Choice
from bot.replies.routes import route
from tests.adapters.terminal.sitting import MONDAY, Sitting, after, play, sat


async def test_a_sitting_reads_as_a_conversation() -> None:
    printed = await play("a", "quit", "never read")
    assert printed.startswith("Studybot in the terminal\nEverything here is kept in its own file.\n")
    greeting = " ".join(printed.split())
    assert "It is Mon 23 Nov 09:00 (Europe/Berlin), as on the real clock. You are a manager in #general." in greeting
    assert "Posted in #general, Mon 23 Nov 09:00:\nQuestion 1\n" in printed
    assert "\nyou #general> a\nOnly you see this:\n" in printed
    assert printed.endswith("you #general> quit\nBye. What you did is kept.\n\n")
    assert "\x1b" not in printed


async def test_the_end_of_the_script_is_the_end_of_the_sitting() -> None:
    assert (await play()).endswith("Bye. What you did is kept.\n\n")


@pytest.mark.parametrize("line", ["", "# a remark", "#"])
async def test_empty_lines_and_remarks_say_nothing(line: str) -> None:
    assert await after(line) == ""


async def test_a_letter_answers_the_newest_question() -> None:
    assert "1 in a row" not in await after("next")
    daily = await after("B")
    assert "You chose B" in daily
    assert "13th to answer" in daily
    practice = await after("next", "b")
    assert "Off your list." in practice


async def test_a_letter_without_a_question_is_told() -> None:
    _, printed = await sat("a", first=MONDAY + timedelta(days=1))
    assert "No question has been shown yet." in printed


async def test_a_letter_the_question_has_not_is_told() -> None:
    printed = io.StringIO()
    sitting = Sitting(PlainScreen(io.StringIO("d\n"), printed), MONDAY + timedelta(days=1))
    sitting.session.letters = {letter: Choice(letter, route("how"), letter=True) for letter in "AB"}
    await sitting.face.run()
    assert "The newest question has A or B." in printed.getvalue()


async def test_a_number_presses_a_choice_of_the_reply_shown_last() -> None:
    assert "More about 1 for you." in await after("1")
    assert "Every option and why" in await after("a", "1")
    assert "There is no [9]; the last reply ends at [1]." in await after("9")
    assert "All there is." in await after("/whoami", "1"), "what has no choice of its own leads to the help"


@pytest.mark.parametrize("line", ["help", "?", "HELP"])
async def test_help_stands_bare(line: str) -> None:
    shown = await after(line)
    assert "All there is." in shown
    assert (
        "Without a slash: help, next, tomorrow and quit, the words on buttons, or anything to search for."
        in " ".join(shown.split())
    )


async def test_next_goes_on_with_a_sitting() -> None:
    first, second = await after("next"), await after("next", "a", "next")
    assert "Practice" in first
    assert "Practice" in second
    assert first != second


async def test_every_verdict_ends_with_two_things_to_try() -> None:
    for script in (("a",), ("next", "c")):
        *_, last = (await after(*script)).rstrip().split("Try: ")
        assert " ".join(last.split()).count(" (") == 2
    assert "Try: tomorrow" in await after("a")
    assert "Try: next" in await after("next", "c")


async def test_tomorrow_lives_on_to_the_next_question() -> None:
    shown = await after("tomorrow")
    assert shown.index("Edited in #general:\nQuestion 1, closed") < shown.index("Posted in #general, Tue 24 Nov 09:00:")
    assert "It is Tue 24 Nov 09:00 (Europe/Berlin), 1 d ahead of the real clock." in shown
    week = await play(*["tomorrow", "a"] * 7)
    assert week.count("Posted in #general") == 8
    assert "Posted in #general, Mon 30 Nov 09:00:\nQuestion 8" in week


async def test_private_replies_say_so_and_others_say_where() -> None:
    assert (await after("/whoami")).startswith("Only you see this:\n")
    assert (await after(":as ana", "/whoami")).startswith("Only ana sees this:\n")
    assert (await after("/shout")).startswith("In #general:\n")


async def test_an_unknown_word_gets_the_hallways_own_answer() -> None:
    assert "There is no command /gibberish." in await after("gibberish")


async def test_an_error_of_ours_is_an_apology_and_nothing_else() -> None:
    shown = await after("/boom")
    assert "Sorry, that did not work" in shown
    assert "secret" not in shown


async def test_a_form_is_filled_field_by_field_and_only_faults_come_again() -> None:
    shown = await play("/config", "", "berln", "hard", "london")
    assert "Time of day, such as 18:30\n[09:00]> \n" in shown
    assert "Level: easy, medium, hard; may stay empty\n> hard\n" in shown
    assert "'berln' is not a city" in shown
    assert shown.count("Time of day") == 1
    assert shown.count("City or time zone") == 2
    assert "Saved 7: 09:00 in Europe/London, hard." in shown


@pytest.mark.parametrize("script", [("/config", "10:00", "Cancel"), ("/config", "10:00")])
async def test_a_form_can_be_left_and_nothing_is_sent(script: tuple[str, ...]) -> None:
    shown = await play(*script)
    assert "Stopped. Nothing was sent and nothing was changed." in shown
    assert "Saved" not in shown


async def test_a_members_form_is_refused() -> None:
    shown = await after(":manager off", "/config")
    assert "Only managers can do that" in shown
    assert "Time of day" not in shown


async def test_private_messages_wait_for_their_reader() -> None:
    assert "went out" not in await play("tomorrow")
    shown = await after("tomorrow", ":as ana")
    assert "You are ana, a manager, in #general." in shown
    assert "A private message to ana:\nQuestion 1 went out." in shown
    assert "A private message to ana:\nQuestion 2 went out." in shown


async def test_someone_else_answers_the_post_and_not_anothers_practice() -> None:
    assert "13th to answer" in await after("next", ":as bob", "a")
    assert "More about 1 for bob." in await after("next", ":as bob", "1")
