"""One row that nobody can read harms nobody else: its track pauses with a sentence, and every other goes on.

A database may have been moved to a machine with older zone data, edited by hand, or damaged. Each test breaks one
column of each of a few tracks while the bot is down, and lives on with one whole track beside them.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from tests.contract.group import Break, Group
from tests.contract.terminal_stage import TerminalStage


def column(name: str, value: str, told: str = "") -> Break:
    return Break(f"UPDATE tracks SET {name} = {value} WHERE id = :track", told)


def of_round(name: str, value: str, told: str = "") -> Break:
    return Break(f"UPDATE rounds SET {name} = {value} WHERE track_id = :track", told)


def kept(body: str, told: str = "Studybot could not read its question") -> Break:
    asked = "SELECT question_id FROM rounds WHERE track_id = :track"
    return Break(f"UPDATE question_versions SET body = {body} WHERE id = ({asked})", told)


LOST = "Studybot could not read its question"
SETTINGS = [
    column("zone", "'Nowhere/Here'", "time zone (Nowhere/Here)"),
    column("zone", "'Europe'", "time zone (Europe)"),
    column("zone", "''", "time zone ()"),
    column("zone", "'/etc/passwd'", "time zone (/etc/passwd)"),
    column("zone", "x'ff00'", "time zone ("),
    column("local_time", "'25:99'", "time of day (25:99)"),
    column("local_time", "'09:00:07'", "time of day (09:00:07)"),
    column("weekdays", "'soon'", "weekdays (soon)"),
    column("weekdays", "''", "weekdays ()"),
    column("weekdays", "'0129'", "weekdays (0129)"),
    column("level", "'impossible'", "level (impossible)"),
    column("repeats", "'sometimes'", "rule for repeats (sometimes)"),
    Break("INSERT INTO days_off VALUES (:track, 'some day')", "days off (some day)"),
]
STANDING = [
    column("state", "'walking'", "state (walking)"),
    column("next_local_date", "'soon'", "next date"),
    column("next_local_date", "'9999-12-31'", "next date"),
    column("next_seq", "'many'", "count of questions (many)"),
    column("topics", "'no-such-topic'", "no question fits its topics and level now (no-such-topic)"),
    column("next_due_at", "'then'"),
    column("next_seq", "1"),
    column("catch_up_seconds", "'long'"),
    column("seed", "'any'"),
    column("saved_by", "''"),
    column("pause_reason", "'whim'"),
    column("pause_detail", "x'ff'"),
    column("ping_role", "'no role'"),
]
ROUND = [
    of_round("state", "'lost'", LOST),
    of_round("local_date", "'yesterday'", LOST),
    of_round("local_date", "'0001-01-01'", LOST),
    of_round("due_at", "'early'", LOST),
    of_round("seq", "'first'", LOST),
    of_round("question_id", "'gone'", LOST),
    of_round("question_version", "'new'", LOST),
    of_round("question_version", "99", LOST),
    of_round("option_order", "'zz'", LOST),
    of_round("option_order", "''", LOST),
    of_round("option_order", "x'ff'", LOST),
]
MARKS = [
    of_round("nth_in_week", "'third'"),
    of_round("asked_before", "'perhaps'"),
    of_round("excused", "'perhaps'"),
    of_round("attempts", "'few'"),
    of_round("first_attempt_at", "'early'"),
    of_round("retry_at", "'later'"),
    of_round("lease_until", "'later'"),
    of_round("posted_at", "'early'"),
    of_round("closed_at", "'late'"),
    of_round("reveal_at", "'late'"),
    of_round("n_a", "'most'"),
    of_round("n_unsure", "'none'"),
]
IDS = [
    column("place", "'nowhere at all'", "could not be posted"),
    of_round("place", "'somewhere'", LOST),
    of_round("message_ref", "'that one'", LOST),
]
QUESTION = [
    kept("'{}'"),
    kept("'no json'"),
    kept("'[]'"),
    kept("'null'"),
    kept("7"),
    kept("json_remove(body, '$.stem')"),
    kept("json_set(body, '$.options', 'abc')"),
    kept("json_set(body, '$.options[0].correct', json('true'), '$.options[1].correct', json('true'))"),
    kept("json_set(body, '$.options[1].id', json_extract(body, '$.options[0].id'))"),
    kept("json_set(body, '$.stem', 3)"),
    kept("json_set(body, '$.difficulty', 'impossible')"),
    kept("json_set(body, '$.refs', json('[7]'))"),
]


BESIDE = [
    "UPDATE heartbeats SET at = 'now'",
    "INSERT INTO outages VALUES ('{platform}', 'then', 'now')",
    "INSERT INTO outages VALUES ('{platform}', 5, 'now')",
    "INSERT INTO aways (member_id, since) SELECT id, 'then' FROM members WHERE external_id LIKE '%'",
    "INSERT INTO review SELECT id, 'rag-001', 'whim' FROM members LIMIT 1",
    "INSERT INTO reports SELECT id, 'rag-001', 1, 'whim' FROM members LIMIT 1",
    "INSERT INTO notices (community_id, user, key, text, noted_at, tried) VALUES (1, 'nobody', 'k', 't', 'then', 0)",
]
"""What stands beside tracks and rounds, and is read for everybody."""


@pytest.mark.parametrize(
    "breaks", [SETTINGS, STANDING, ROUND, MARKS, QUESTION], ids=["settings", "standing", "round", "marks", "question"]
)
async def test_a_row_nobody_can_read_pauses_its_own_track_and_no_other(group: Group, breaks: list[Break]) -> None:
    stage = group.stage
    await group.begin(len(breaks))
    before = await stage.post()
    await group.broken(breaks)

    came = await stage.tomorrow()
    going_on = 1 + sum(not each.told for each in breaks)
    assert came.count("first press counts") == going_on
    assert await stage.post() != before
    verdict = await stage.answer("ana", "A")
    assert re.search("Right|Not this one", verdict.text)
    assert "1 in a row" in verdict.text

    shown, states = await group.settings()
    assert [state.startswith("paused") for state in states] == [False, *(bool(each.told) for each in breaks)], shown
    told = shown.text + group.told(came)
    for each in breaks:
        assert each.told in told
    for line in ("/daily", "/progress", "/progress history", "/leaderboard", "/quiz", "/privacy export", "/help"):
        shown = await stage.say("ana", line)
        assert "Sorry, that did not work" not in shown.text, line


@pytest.mark.parametrize("group", ["discord", "slack"], indirect=True)
async def test_an_id_that_is_none_of_the_platforms_pauses_its_own_track_and_no_other(group: Group) -> None:
    """It is found when the post before is edited, after the next question was posted."""
    await group.begin(len(IDS))
    await group.broken(IDS)
    came = await group.stage.tomorrow()
    assert came.count("first press counts") == 3
    assert "Question 2, closed" in came
    shown, states = await group.settings()
    assert [state.startswith("paused") for state in states] == [False, True, True, True], shown
    told = shown.text + group.told(came)
    for each in IDS:
        assert each.told in told


async def test_what_could_not_be_read_is_chosen_again_and_the_track_goes_on(group: Group) -> None:
    stage = group.stage
    await group.begin(1)
    await group.broken(
        [
            SETTINGS[0],
        ]
    )
    panel = await stage.say("boss", "/config time:00:00", "#t0")
    assert "Its time zone could not be read. Nothing was changed; choose again with Time and place." in panel.text
    form = await stage.press("boss", "Time and place", panel)
    saved = await stage.fill("boss", form, "edit", {"time": "00:00", "zone": "UTC", "weekdays": "every day"})
    assert "00:00 UTC, every day" in saved.text
    panel = await stage.press("boss", "More settings", saved)
    running = await stage.press("boss", "Resume", panel)
    assert "Running again." in running.text
    assert (await stage.tomorrow()).count("first press counts") == 2


@pytest.mark.parametrize("group", ["discord", "slack"], indirect=True)
async def test_a_press_on_a_question_that_cannot_be_read_counts_for_nobody(group: Group) -> None:
    stage = group.stage
    await group.begin(1)
    await stage.answer("ana", "A")
    await group.broken([])
    with closing(sqlite3.connect(group.database)) as database:
        database.execute(
            "UPDATE question_versions SET body = '{}' WHERE id = (SELECT question_id FROM rounds"
            " WHERE track_id = 1 ORDER BY id DESC LIMIT 1)"
        )
        database.commit()
    told = await stage.answer("bob", "A")
    assert "it cannot judge an answer to it. It counts against nobody" in told.text
    _, states = await group.settings()
    assert states[0].startswith("paused")
    assert states[1].startswith("running")
    progress = await stage.say("ana", "/progress")
    assert "1 in a row" in progress.text


async def test_what_stands_beside_a_track_keeps_nobody_from_posting_or_answering(group: Group) -> None:
    stage = group.stage
    await group.begin(1)
    await stage.answer("ana", "A")
    breaks = BESIDE
    platform = "terminal"
    if not isinstance(stage, TerminalStage):  # there every standing is counted again at the end
        platform = stage.part.face.name.lower()
        breaks = [*BESIDE, "UPDATE standings SET streak = 'long', last_seq = 'high'"]
    await group.broken([Break(sql.format(platform=platform)) for sql in breaks])
    came = await stage.tomorrow()
    assert came.count("first press counts") == 2
    assert re.search("Right|Not this one", (await stage.answer("bob", "A")).text)
    for line in ("/daily", "/progress", "/leaderboard", "/quiz", "/config"):
        for who in ("ana", "bob", "boss"):
            assert "Sorry, that did not work" not in (await stage.say(who, line)).text, (who, line)
    await stage.press("boss", "Health", await stage.say("boss", "/config"))
