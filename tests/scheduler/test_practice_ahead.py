"""Practice leaves alone what the next two weeks will ask, as far as it can be told today."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.identifiers import QuestionId, TrackId
from bot.features.practice.ask import quiz
from bot.replies.asked import PracticeAsked
from tests.scheduler.world import DAY, EVE, HOUR, World

DUE = EVE + HOUR


async def _practised(world: World, times: int = 40) -> set[QuestionId]:
    found = set()
    for seed in range(times):
        call = replace(world.call("ana"), seed=seed)
        outcome = await world.storage.read(
            lambda uow, call=call: quiz(call, uow, world.bank)  # type: ignore[misc]
        )
        assert isinstance(outcome.reply, PracticeAsked)
        found.add(outcome.reply.asked.question.id)
    return found


async def _days(world: World, track: TrackId, days: range) -> None:
    for day in days:
        # A track that nobody answers pauses.
        await world.press((await world.round(track)).id, "bo")
        await world.at(DUE + day * DAY)


async def test_practice_leaves_alone_what_will_be_asked(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    before = await _practised(world)
    await _days(world, track, range(1, 15))
    asked = {round.question for round in await world.rounds(track)}
    assert len(asked) == 15
    assert before & asked == set()


async def test_what_has_been_asked_since_is_told_from_what_will_be(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    await _practised(world)
    await _days(world, track, range(1, 15))
    # The plan of the first day would still leave these alone; by now they may be practised.
    practised = await _practised(world, 300)
    earlier = {round.question for round in (await world.rounds(track))[:-1]}
    assert practised & earlier
    await _days(world, track, range(15, 29))
    later = {round.question for round in (await world.rounds(track))[15:]}
    assert practised & (later - earlier) == set()
