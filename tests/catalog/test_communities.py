"""Each community is asked from its own catalog, and none from another's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app.core import load_catalog
from bot.catalog.communities import KEPT_AT_MOST, LOOKED_AT_AGAIN, CommunityCatalogs
from bot.config import packaged
from bot.domain.common_fields import Status
from bot.domain.community import Platform
from bot.domain.identifiers import TopicId
from bot.domain.lookup import Exact, find
from bot.domain.own_question import OwnQuestion
from bot.storage.storage import Storage
from tests.catalog.biology import biology
from tests.domain.own_samples import own
from tests.storage.conftest import NOW

HERE, THERE = "G1", "G2"


class World:
    """A database, a bank of one question, and time that stands still."""

    def __init__(self, folder: Path) -> None:
        self.storage = Storage(f"sqlite:///{folder}/studybot.db", packaged("migrations"))
        self.storage.open(NOW)
        self.seconds = 0.0
        self.shared = load_catalog(biology(folder / "biology"))
        self.catalogs = CommunityCatalogs(self.shared, self.storage, lambda: self.seconds)

    async def add(self, community: str, question: OwnQuestion) -> OwnQuestion:
        def added(uow: object) -> OwnQuestion:
            here = uow.communities.of(Platform.DISCORD, community)  # type: ignore[attr-defined]
            return uow.own_bank.add(here.id, question)  # type: ignore[attr-defined,no-any-return]

        return await self.storage.write(added)

    async def save(self, community: str, question: OwnQuestion) -> None:
        await self.storage.write(
            lambda uow: uow.own_bank.save(uow.communities.of(Platform.DISCORD, community).id, question)
        )

    async def stems(self, community: str) -> list[str]:
        return [one.stem for one in (await self.catalogs.of(Platform.DISCORD, community)).questions]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = World(tmp_path)
    yield made
    made.storage.close()


async def test_communities_without_a_bank_of_their_own_share_one_catalog(world: World) -> None:
    assert await world.catalogs.of(Platform.DISCORD, HERE) is world.shared
    assert await world.catalogs.of(Platform.SLACK, THERE) is world.shared
    assert world.catalogs.latest(Platform.DISCORD, HERE) is world.shared


async def test_a_question_is_in_its_own_community_at_once_and_nowhere_else(world: World) -> None:
    assert await world.stems(THERE) == [world.shared.questions[0].stem]
    made = await world.add(HERE, own())
    world.catalogs.changed(Platform.DISCORD, HERE)
    assert await world.stems(HERE) == [world.shared.questions[0].stem, made.stem]
    assert await world.catalogs.of(Platform.DISCORD, THERE) is world.shared
    assert await world.catalogs.of(Platform.SLACK, HERE) is world.shared
    await world.add(THERE, own("Which of them is a salt?"))
    world.catalogs.changed(Platform.DISCORD, THERE)
    there = await world.catalogs.of(Platform.DISCORD, THERE)
    assert there.question(made.id) is None
    assert made.stem not in {one.stem for one in there.questions}
    assert list(there.search.begun("chloroplast", 5)) == []


async def test_a_first_bank_that_another_process_made_is_seen_after_a_while(world: World) -> None:
    assert await world.catalogs.of(Platform.DISCORD, HERE) is world.shared
    made = await world.add(HERE, own())
    assert await world.catalogs.of(Platform.DISCORD, HERE) is world.shared
    world.seconds = 30.0
    assert made.stem in await world.stems(HERE)


async def test_the_loops_see_the_bank_as_their_transaction_does(world: World) -> None:
    made = await world.add(HERE, own())
    here = await world.storage.read(lambda uow: uow.communities.find(Platform.DISCORD, HERE))
    assert here is not None
    found = await world.storage.read(lambda uow: world.catalogs.within(uow, here.id))
    assert found.question(made.id) == made
    await world.save(HERE, replace(made, version=2, status=Status.RETIRED))
    found = await world.storage.read(lambda uow: world.catalogs.within(uow, here.id))
    assert made.stem not in {one.stem for one in found.questions}


async def test_a_topic_is_declared_by_use_and_what_is_retired_is_still_found(world: World) -> None:
    made = await world.add(HERE, own(topic="plant-cells"))
    catalog = await world.catalogs.of(Platform.DISCORD, HERE)
    assert find(catalog.topic_names, "plant cells") == Exact(TopicId("plant-cells"))
    assert catalog.topic_title(TopicId("plant-cells")) == "Plant cells"
    assert catalog.search.begun("plant", 5)
    gone = replace(made, version=2, status=Status.RETIRED)
    await world.save(HERE, gone)
    world.catalogs.changed(Platform.DISCORD, HERE)
    catalog = await world.catalogs.of(Platform.DISCORD, HERE)
    assert catalog.question(made.id) == gone
    assert catalog.topics_asked == world.shared.topics_asked


async def test_no_button_leads_to_a_draft(world: World) -> None:
    made = await world.add(HERE, own())
    draft = await world.add(HERE, replace(own(key="Starch"), status=Status.DRAFT, replaces=made.id))
    catalog = await world.catalogs.of(Platform.DISCORD, HERE)
    assert catalog.question(made.id) == made
    assert catalog.question(draft.id) is None


async def test_what_another_process_changed_is_seen_after_a_while(world: World) -> None:
    made = await world.add(HERE, own())
    await world.stems(HERE)
    await world.save(HERE, replace(made, version=2, stem="Something else, is it?"))
    assert made.stem in await world.stems(HERE)
    world.seconds += LOOKED_AT_AGAIN
    assert "Something else, is it?" in await world.stems(HERE)


async def test_only_so_many_catalogs_are_kept(world: World) -> None:
    for number in range(KEPT_AT_MOST + 5):
        await world.add(f"C{number}", own())
    catalogs = [await world.catalogs.of(Platform.DISCORD, f"C{number}") for number in range(KEPT_AT_MOST + 5)]
    assert world.catalogs.latest(Platform.DISCORD, "C0") is world.shared
    assert world.catalogs.latest(Platform.DISCORD, f"C{KEPT_AT_MOST + 4}") is catalogs[-1]
    assert "What does a chloroplast make?" in await world.stems("C0")
