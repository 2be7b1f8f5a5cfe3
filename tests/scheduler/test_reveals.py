"""After a round closed: one edit of its post, which never delays a post; and the line on the round before."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.identifiers import RoundId
from bot.domain.round import RoundState
from bot.features import leaderboard
from bot.features.config import panel, steering
from bot.ports.publisher import Later, Priority, Refused
from bot.replies.asked import QuestionPosted
from bot.replies.progress import BoardShown
from bot.replies.revealed import Revealed
from bot.scheduler.pacer import Pacer
from tests.fakes.bank import RIGHT, WRONG
from tests.fakes.publisher import Edit, Fail, Hang, Lose, Take
from tests.scheduler.world import DAY, EVE, HOUR, MINUTE, SECOND, World, ref_of

DUE = EVE + HOUR


def _revealed(edit: Edit) -> Revealed:
    assert isinstance(edit.reply, Revealed)
    return edit.reply


async def _void(world: World, round: RoundId) -> None:
    call = world.call()
    await world.do(call, lambda uow: steering.void(call, uow, world.bank, ref_of(uow, round)))


async def test_every_round_is_revealed_once(world: World) -> None:
    track = await world.track()
    for number in range(5):
        await world.at(DUE + number * DAY)
        for _ in range(3):
            await world.after(HOUR)
        await world.restart()
    *closed, last = await world.rounds(track)
    assert [edit.message for edit in world.publisher.recorded.edits] == [round.message for round in closed]
    assert world.publisher.edits_of(last.message) == []


async def test_the_reveal_shows_the_key_and_how_the_group_voted(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    first = await world.round(track)
    for number in range(4):
        await world.press(first.id, f"right-{number}")
    for number in range(3):
        await world.press(first.id, f"wrong-{number}", WRONG)
    await world.at(DUE + DAY)
    (edit,) = world.publisher.edits_of(first.message)
    reply = _revealed(edit)
    assert (reply.round, reply.number, reply.withdrawn) == (first.ref, 1, False)
    assert (reply.votes.of(RIGHT), reply.votes.of(WRONG), reply.votes.total) == (4, 3, 7)


async def test_votes_of_a_week_that_a_board_told_of_stay_hidden_in_a_late_edit(world: World) -> None:
    """Its edits fail until the board by right answers is off: sums by member are known, so none by question follow."""
    track, call = await world.track(), world.call()
    await world.do(call, lambda uow: panel.boards_by_right(call, uow, world.bank, by_right=True))
    world.publisher.on_edit("general", *[Later(60)] * 500)
    for day in range(17):
        await world.at(DUE + day * DAY)
        asked = await world.round(track)
        for number in range(5):
            await world.press(asked.id, f"member-{number}", RIGHT if number < 3 else WRONG)
    call = world.call("member-0")
    ref = (await world.got(track)).ref
    told = (await world.do(call, lambda uow: leaderboard.board(call, uow, ref))).reply
    assert isinstance(told, BoardShown)
    assert told.right is not None
    over = told.right.week
    boss = world.call()
    await world.do(boss, lambda uow: panel.boards_by_right(boss, uow, world.bank, by_right=False))
    assert world.publisher.recorded.edits == []
    world.publisher.forgive_edits()
    await world.after(HOUR)
    rounds = {round.message: round for round in await world.rounds(track)}
    shown = {
        rounds[edit.message].local_date: "60 %" in str(edit.reply.as_card()) for edit in world.publisher.recorded.edits
    }
    assert not any(percent for day, percent in shown.items() if day < over + timedelta(days=7))
    assert any(shown.values()), "of the week that ran when it was switched off nothing was told"


async def test_a_failing_edit_never_delays_a_post(world: World) -> None:
    await world.tracks(60)
    await world.at(DUE)
    hangs = [Hang(Take()) for _ in range(60)]
    for number, hang in enumerate(hangs):
        world.publisher.on_edit(f"place-{number:02d}", hang)
    world.clock.go_to(DUE + DAY)
    first = asyncio.create_task(world.tick())
    await world.publisher.until(lambda: len(world.publisher.recorded.posts) == 120)
    # The edits hang on; a day later the posts come all the same.
    world.clock.go_to(DUE + 2 * DAY)
    second = asyncio.create_task(world.tick())
    await world.publisher.until(lambda: len(world.publisher.recorded.posts) == 180)
    for hang in hangs:
        hang.release()
    await asyncio.gather(first, second)
    await world.after(HOUR)
    assert len(world.publisher.recorded.edits) == 120


async def test_posts_that_wait_go_before_reveals(world: World) -> None:
    for number in range(5):
        await world.track(f"place-{number}")
    await world.at(DUE)
    order: list[str] = []
    posted, edited = world.publisher.post, world.publisher.edit

    async def post(*args: object) -> object:
        order.append("post")
        return await posted(*args)  # type: ignore[arg-type]

    async def edit(*args: object) -> object:
        order.append("edit")
        return await edited(*args)  # type: ignore[arg-type]

    world.publisher.post, world.publisher.edit = post, edit  # type: ignore[method-assign,assignment]
    await world.at(DUE + DAY)
    assert order == ["post"] * 5 + ["edit"] * 5


async def test_all_but_posts_waits_for_them(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is said to a platform takes its turn after the posts that wait."""
    asked: list[Priority] = []

    async def turn(pacer: Pacer, priority: Priority) -> None:
        asked.append(priority)
        await turned(pacer, priority)

    turned = Pacer.turn
    monkeypatch.setattr(Pacer, "turn", turn)
    await world.track()
    await world.at(DUE)
    assert asked == [Priority.POST]
    await world.at(DUE + DAY)
    assert asked[1:] == [Priority.POST, Priority.REVEAL]
    await world.track("lost", at=DUE.time().replace(hour=12))
    world.publisher.on_post("lost", Lose(taken=True))
    await world.after(3 * HOUR)
    asked.clear()
    await world.after(HOUR)
    assert len(world.publisher.recorded.looked_for) == len(world.told("may or may not be there")) == 1
    assert set(asked) == {Priority.REVEAL}


async def test_an_edit_that_is_only_slow_is_made_once(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    first = await world.round(track)
    hang = Hang(Take())
    world.publisher.on_edit("general", hang)
    world.clock.go_to(DUE + DAY)
    slow = asyncio.create_task(world.tick())
    await hang.reached.wait()
    world.clock.advance(10 * MINUTE)
    ticks = [asyncio.create_task(world.tick()) for _ in range(3)]
    for _ in range(10):
        await world.storage.write(lambda uow: None)
    hang.release()
    await asyncio.gather(slow, *ticks)
    assert len(world.publisher.edits_of(first.message)) == 1


async def test_an_edit_told_to_wait_is_tried_again_after_its_time(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    first = await world.round(track)
    world.publisher.on_edit("general", Later(90))
    await world.at(DUE + DAY)
    assert world.publisher.edits_of(first.message) == []
    await world.after(89 * SECOND)
    assert world.publisher.edits_of(first.message) == []
    await world.after(SECOND)
    assert len(world.publisher.edits_of(first.message)) == 1
    await world.after(HOUR)
    assert len(world.publisher.recorded.edits_tried) == 2


@pytest.mark.parametrize("taken", [True, False])
async def test_an_edit_whose_answer_was_lost_is_made_again(world: World, taken: bool) -> None:
    """It reads the same however often it is made, and notifies nobody."""
    track = await world.track()
    await world.at(DUE)
    first = await world.round(track)
    world.publisher.on_edit("general", Lose(taken))
    await world.at(DUE + DAY)
    for _ in range(3):
        await world.after(MINUTE)
    assert len(world.publisher.edits_of(first.message)) == 1 + taken
    assert len(world.publisher.recorded.edits_tried) == 2


async def test_an_edit_that_raises_is_tried_again(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    first = await world.round(track)
    world.publisher.on_edit("general", Fail())
    await world.at(DUE + DAY)
    for _ in range(3):
        await world.after(MINUTE)
    assert len(world.publisher.edits_of(first.message)) == 1


async def test_an_edit_that_hangs_is_cut_off_and_made_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.scheduler.pacer.CALL_TIMEOUT", 0)
    track = await world.track()
    await world.at(DUE)
    first = await world.round(track)
    world.publisher.on_edit("general", Hang())
    await world.at(DUE + DAY)
    monkeypatch.undo()
    for _ in range(3):
        await world.after(MINUTE)
    assert len(world.publisher.edits_of(first.message)) == 1


async def test_an_edit_that_is_refused_is_the_end_of_it(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    world.publisher.on_edit("general", Refused("The message was deleted."))
    await world.at(DUE + DAY)
    await world.after(HOUR)
    assert len(world.publisher.recorded.edits_tried) == 1
    assert world.told() == []
    assert (await world.got(track)).running


async def test_an_edit_in_one_place_harms_no_other(world: World) -> None:
    for number in range(3):
        await world.track(f"place-{number}")
    await world.at(DUE)
    world.publisher.on_edit("place-0", Fail())
    await world.at(DUE + DAY)
    assert len(world.publisher.recorded.edits) == 2


# --- withdrawn --------------------------------------------------------------------------------------------------


async def test_a_withdrawn_open_round_says_so_at_once(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    round = await world.round(track)
    await world.press(round.id, "ann")
    await _void(world, round.id)
    (edit,) = world.publisher.edits_of(round.message)
    assert _revealed(edit).withdrawn
    await world.at(DUE + DAY)
    assert [found.state for found in await world.rounds(track)] == [RoundState.VOID, RoundState.OPEN]
    assert len(world.publisher.recorded.edits) == 1


async def test_a_withdrawn_closed_round_is_edited_once_more(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    first = await world.round(track)
    await world.at(DUE + DAY)
    await _void(world, first.id)
    assert [_revealed(edit).withdrawn for edit in world.publisher.edits_of(first.message)] == [False, True]


async def test_withdrawn_while_its_reveal_is_on_the_way_it_still_says_so(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    first = await world.round(track)
    hang = Hang(Take())
    world.publisher.on_edit("general", hang)
    world.clock.go_to(DUE + DAY)
    tick = asyncio.create_task(world.tick())
    await hang.reached.wait()
    call = world.call()
    await world.storage.write(lambda uow: steering.void(call, uow, world.bank, first.ref))
    hang.release()
    await tick
    await world.after(20 * SECOND)
    assert [_revealed(edit).withdrawn for edit in world.publisher.edits_of(first.message)] == [False, True]


# --- the line on the round before -------------------------------------------------------------------------------


async def _posts(world: World) -> list[QuestionPosted]:
    posts = [post.reply for post in world.publisher.recorded.posts]
    assert all(isinstance(post, QuestionPosted) for post in posts)
    return posts  # type: ignore[return-value]


async def test_a_post_has_a_line_on_the_round_before(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    first = await world.round(track)
    for number in range(5):
        await world.press(first.id, f"user-{number}", RIGHT if number > 1 else WRONG)
    await world.at(DUE + DAY)
    one, two = await _posts(world)
    assert one.before is None
    assert two.before is not None
    assert first.question is not None
    key = next(question for question in world.bank.questions if question.id == first.question).key
    assert (two.before.round, two.before.day, two.before.text) == (first.ref, "Monday", key.text)
    assert two.before.letter == "ABCD"[first.order.index(RIGHT)]
    assert (two.before.right, two.before.answered) == (3, 5)


async def test_with_fewer_than_five_answers_the_line_shows_no_numbers(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    for number in range(4):
        await world.press((await world.round(track)).id, f"user-{number}")
    await world.at(DUE + DAY)
    line = (await _posts(world))[1].before
    assert line is not None
    assert line.right is None


async def test_the_line_passes_over_dates_that_were_not_posted(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    first = await world.round(track)
    await world.restart(3 * DAY)
    await world.tick()
    line = (await _posts(world))[1].before
    assert line is not None
    assert line.round == first.ref


async def test_the_line_is_of_the_same_track(world: World) -> None:
    one, two = await world.track(), await world.track(at=DUE.time().replace(hour=10))
    for number in range(2):
        await world.at(DUE + number * DAY)
        await world.at(DUE + HOUR + number * DAY)
    for track in (one, two):
        first, second = await world.rounds(track)
        post = next(post for post in await _posts(world) if post.round == second.ref)
        assert post.before is not None
        assert post.before.round == first.ref
