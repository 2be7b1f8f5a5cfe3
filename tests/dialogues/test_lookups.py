"""Roles, roadmap, practice, help and privacy, told through the terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.domain.identifiers import RoleId
from tests.dialogues.telling import CATALOG, dialogue, letter


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("/role ai enginer", "AI Engineer"),
        ("/role prompt engineer", "Prompt Engineer"),
        ("role core scientist", "AI Researcher"),
        ("/role LLM engineer", "Generative AI Engineer"),
        ("/role ML engineer", "Machine Learning Engineer"),
        ("/role MLE", "Machine Learning Engineer"),
        ("/role ai ops", "Prompt Engineer"),
        ("/role PM", "AI Product Manager"),
        ("/role designer", "UX Designer"),
        ("/role UX/UI", "UX Designer"),
        ("/role ethicist", "AI Ethicist"),
        ("/role consultant", "Freelancer / Consultant"),
        ("/role freelance", "Freelancer / Consultant"),
        ("/role CoE lead", "AI Team Lead"),
        ("/role DS", "Data Scientist"),
        ("/role auditor", "AI Ethics Auditor"),
        ("/role mlops enginer", "MLOps Engineer for generative AI"),
        ("/role software engineer", "Software Engineer"),
        ("/role name:“ai engineer”", "AI Engineer"),
        ("/ROLE AI ENGINEER", "AI Engineer"),
    ],
)
async def test_a_role_is_found_by_what_people_call_it(tmp_path: Path, typed: str, name: str) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        shown = await talk.say(typed)
        assert shown.splitlines()[1] == name, shown


async def test_an_ambiguous_role_is_asked_about_and_pressed(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        asked = await talk.say("/role researcher")
        assert "can mean more than one" in asked
        shown = await talk.press("Applied Researcher", asked)
        assert "Applied Researcher" in shown
        assert "Source:" in await talk.press("Pay and sources", shown)
        assert "is not a role" in await talk.say("/role xyzzy")


async def test_a_short_role_has_a_smaller_card_that_leads_to_full_ones(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        listed = await talk.press("Titles in short", await talk.say("/role"))
        shown = await talk.press("NLP Specialist", await talk.press("More of them", listed))
        assert "$100k-$160k or higher" in shown
        assert "Nearest full cards: Generative AI Specialist and Generative AI Engineer" in shown
        assert "level: mid-career, 3-6 years" in await talk.press("Pay, claim by claim", shown)
        full = await talk.press("Generative AI Engineer", await talk.say("/role nlp specialist"))
        assert "Becoming a Generative AI Specialist" in await talk.press("Pay and sources", full)
        assert "to set it beside another role" in await talk.say("/role auditor vs ai engineer")
        assert "to set it beside another role" in await talk.say("/role ai engineer vs auditor")


async def test_two_roles_side_by_side(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        shown = await talk.say("/role ai engineer vs prompt enginer")
        assert "AI Engineer or Prompt Engineer" in shown
        assert [line.split("  ")[1] for line in shown.splitlines() if re.match(r"  [A-Z]", line)] == [
            *("What it is", "Does", "Skills", "Coding", "Degree", "Pay", "Leads to", "First steps"),
        ]
        assert "$80k-$100k" in shown
        assert "No source gives a figure" in shown
        assert "twice" in await talk.say("/role ai engineer vs ai engineer")


async def test_a_role_leads_to_those_its_sources_set_against_it(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        shown = await talk.press("Compare", await talk.say("/role ai engineer"))
        assert shown.index("vs Prompt Engineer") < shown.index("vs AI Researcher")
        assert shown.count("vs ") == 2
        assert "AI Engineer or AI Researcher" in await talk.press("vs AI Researcher", shown)
        others = await talk.press("Another role", await talk.press("Compare", await talk.say("/role ai engineer")))
        assert "Pick one to see it beside AI Engineer." in others
        # The sources set this one against no other.
        every = await talk.press("Compare", await talk.say("/role ai ethicist"))
        assert "Pick one to see it beside AI Ethicist." in every


async def test_a_role_fits_a_screen_and_every_part_of_it_is_a_press_away(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        card = await talk.say("/role genai specialist")
        assert card.count("  - ") == 3, "three things it does"
        assert "Source:" not in card
        pay = await talk.press("Pay and sources", card)
        claims = [pay]
        while "More claims" in claims[-1]:
            claims.append(await talk.press("More claims", claims[-1]))
        role = CATALOG.role(RoleId("genai-specialist"))
        assert role is not None
        rows = [row for row in map(CATALOG.pay, role.pay) if row is not None]
        told = " ".join("\n".join(claims).split())
        assert all(row.claim in told for row in rows)
        work = await talk.press("Work and tools", claims[-1])
        assert "Tools" in work
        path = await talk.press("Path and degree", work)
        assert "Portfolio" in path
        assert "Roadmap for Generative AI Specialist" in await talk.press("Its roadmap", path)


async def test_a_role_is_shared_where_one_is(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        shared = await talk.press("Share here", await talk.say("/role ai ethicist"))
        assert "Shared AI Ethicist here." in shared
        assert "Posted in #general" in shared


async def test_every_role_and_step_can_be_shown(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        for role in CATALOG.roles:
            assert role.name in await talk.say(f"/role {role.id}")
        for step in CATALOG.steps:
            assert f"Step {step.order}: {step.title}" in await talk.say(f"/roadmap step:{step.id}")


async def test_the_roadmap_is_walked(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        shown = await talk.say("/roadmap prompt engineer")
        assert "Roadmap for Prompt Engineer" in shown
        assert "steps are left out" in shown
        step = await talk.press("Open the next step", shown)
        assert "Ethics checkpoint:" in step
        done = await talk.press("Done", step)
        assert "Marked done. Next:" in done
        again = await talk.say("/roadmap")
        assert "Roadmap for Prompt Engineer" in again, "the role is kept"
        assert "(done)" in again
        assert "1 of" in again
        unmarked = await talk.press("Unmark", await talk.say(f"/roadmap step:{CATALOG.steps[0].id}"))
        assert "You: not begun." in unmarked


async def test_a_sitting_of_three_questions(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        first = await talk.say("/quiz rag 3")
        assert "Practice, 1 of 3" in first
        verdict = await talk.say(letter(first))
        assert "Next, 2 of 3" in verdict
        second = await talk.say("next")
        assert "Practice, 2 of 3" in second
        why = await talk.press("Why not the others", await talk.say(letter(second, right=False)))
        assert "Every option and why" in why
        third = await talk.say("next")
        assert "Practice, 3 of 3" in third, "the reasons lead on as well"
        last = await talk.say(letter(third))
        assert "That was the last of 3; 2 right." in last
        ended = await talk.press("How it went", last)
        assert "Practice, 2 of 3 right" in ended
        assert "What to read again" in ended
        assert "of 3 right" in await talk.say("/progress")


async def test_the_open_question_is_never_given_away(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        stem = next(line for line in opened[opened.index("Question 1") :].splitlines()[1:] if line)
        await talk.press("Topics and level", await talk.press("Change #general", await talk.say("/config")))
        await talk.say("cancel")
        for _ in range(len(CATALOG.questions)):
            practice = await talk.say("/quiz")
            assert stem not in practice
            await talk.say(letter(practice))
        assert stem in await talk.say("/daily")


async def test_help_tells_everything_and_begins_with_the_managers_next_step(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        told = await talk.say("help")
        for name in ("daily", "quiz", "role", "roadmap", "progress", "leaderboard", "privacy", "help", "config"):
            assert f"/{name}" in told
        one = await talk.say("/help role")
        assert "/role ai engineer vs prompt engineer" in one
        assert "no command" in await talk.say("/help blorp")
        await talk.press("Pause", await talk.press("Change #general", await talk.say("/config")))
        assert "Next for you: the daily question in #general is paused." in await talk.say("/help")
        await talk.say(":manager off")
        assert "Next for you" not in await talk.say("/help")


async def test_privacy_shows_exports_hides_and_deletes(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await talk.say(letter(opened, right=False))
        shown = await talk.say("/privacy")
        assert "1 choice" in shown
        assert "Never stored: your name, your messages, at what time you answered;" in shown
        exported = await talk.say("/privacy export")
        document = json.loads(exported[exported.index("{") : exported.rindex("}") + 1])
        assert document["id"] == "you"
        assert len(document["answers"]) == 1
        assert "You are hidden" in await talk.say("/privacy hide")
        assert "you 1" not in await talk.say("/leaderboard")
        assert "You are shown on leaderboards again." in await talk.say("/privacy unhide")
        assert "Show me" not in await talk.say("/leaderboard")
        asked = await talk.say("/privacy delete")
        assert "cannot be brought back" in asked
        assert "Deleted." in await talk.press("Delete everything", asked)
        assert "You have not answered" in await talk.say("/progress")
        assert "nothing yet" in await talk.say("/privacy") or "Nothing" in await talk.say("/privacy")
        health = await talk.press("Health", await talk.say("/config"))
        assert "fewer than two answered" in health


async def test_the_roles_come_a_screen_at_a_time_the_most_compared_first(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        pages = [await talk.say("/role")]
        while "More of them" in pages[-1]:
            pages.append(await talk.press("More of them", pages[-1]))
        named = [line for page in pages for line in page.splitlines() if line.startswith("  - ")]
        assert named[0].startswith("  - AI Engineer: Builds useful applications")
        assert len(named) == len(set(named)) == 14
        assert pages[1] == await talk.press("Earlier ones", pages[2])
        assert "1 to 6 of 13" in await talk.press("Titles in short", pages[1])
        beside = await talk.press("More of them", await talk.say("/role versus:ai engineer"))
        assert "Pick one to see it beside AI Engineer." in beside
        assert "AI Ethicist or AI Engineer" in await talk.press("AI Ethicist", beside)


async def test_more_is_the_door_for_those_who_never_type_a_slash(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        more = await talk.say("1")
        for label in ("Don't know", "Answer privately", "My progress", "Practise", "Roles", "Roadmap", "Privacy"):
            assert label in more
        assert "It counts questions, not days" in await talk.press("How this works", more)


MEAN = (
    "@everyone <@123> <!channel>",
    "**bold** `code` [x](http://evil)",
    "\u202eright to left \u200bhidden",
    "שלום עולם",
    "a" * 4000,
    "\x1b[31mred\x07",
    "'; DROP TABLE members; --",
    "{} %s {0} \\n",
)


@pytest.mark.parametrize("mean", MEAN)
async def test_mean_text_is_kept_literal_everywhere(tmp_path: Path, mean: str) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        for line in (
            mean,
            f"/role {mean}",
            f"/role ai engineer vs {mean}",
            f"/quiz {mean}",
            f"/find {mean}",
            f"/quiz count:{mean}",
            f"/roadmap {mean}",
            f"/help {mean}",
            f"/leaderboard {mean}",
            f"/privacy {mean}",
            f"/progress {mean}",
            f"/config time:{mean}",
            f"/config zone:{mean}",
            f"/config weekdays:{mean}",
            f"/config place:{mean}",
            f"/config ping:{mean}",
            f":as {mean}",
            f":in {mean}",
        ):
            shown = await talk.say(line)
            assert shown.strip(), line
            assert "Reference" not in shown, f"{line!r} met an unexpected error:\n{shown}"
            assert "\x1b" not in shown
            assert "\u202e" not in shown
