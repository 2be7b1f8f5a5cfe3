"""A community's own bank: kept, versioned, erased, and never another's."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from bot.domain.common_fields import Status
from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId, QuestionId
from bot.storage.questions import keep_question
from bot.storage.tables import metadata, question_versions
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.domain.own_samples import own
from tests.storage.conftest import Database


def community(database: Database, name: str = "T1") -> CommunityId:
    return database.write(lambda unit: unit.communities.of(Platform.SLACK, name)).id


def test_what_is_added_is_read_back_with_an_id_of_its_own(database: Database) -> None:
    here = community(database)
    added = database.write(lambda unit: [unit.own_bank.add(here, own(stem)) for stem in ("One or two?", "Two?")])
    assert database.read(lambda unit: unit.own_bank.questions(here)) == tuple(added)
    assert len({one.id for one in added}) == 2
    assert database.read(lambda unit: unit.own_bank.question(here, added[0].id)) == added[0]


def test_no_community_sees_or_changes_what_is_anothers(database: Database) -> None:
    here, there = community(database), community(database, "T2")
    added = database.write(lambda unit: unit.own_bank.add(here, own()))
    assert database.read(lambda unit: unit.own_bank.questions(there)) == ()
    assert database.read(lambda unit: unit.own_bank.question(there, added.id)) is None
    assert not database.write(lambda unit: unit.own_bank.save(there, replace(added, version=2, stem="Mine now?")))
    assert database.read(lambda unit: unit.own_bank.question(here, added.id)) == added
    assert database.read(lambda unit: unit.own_bank.edition(there)) == 0
    assert database.read(lambda unit: unit.own_bank.having(Platform.SLACK)) == {"T1"}
    assert database.read(lambda unit: unit.own_bank.having(Platform.DISCORD)) == frozenset()


def test_of_two_changes_to_one_version_the_second_is_not_kept(database: Database) -> None:
    here = community(database)
    added = database.write(lambda unit: unit.own_bank.add(here, own()))
    first, second = (replace(added, version=2, stem=stem) for stem in ("First?", "Second?"))
    assert database.write(lambda unit: unit.own_bank.save(here, first))
    assert not database.write(lambda unit: unit.own_bank.save(here, second))
    assert database.read(lambda unit: unit.own_bank.question(here, added.id)) == first


def test_every_change_counts_the_edition_up(database: Database) -> None:
    here = community(database)
    editions = [database.read(lambda unit: unit.own_bank.edition(here))]
    added = database.write(lambda unit: unit.own_bank.add(here, own()))
    editions.append(database.read(lambda unit: unit.own_bank.edition(here)))
    database.write(lambda unit: unit.own_bank.save(here, replace(added, version=2, status=Status.RETIRED)))
    editions.append(database.read(lambda unit: unit.own_bank.edition(here)))
    assert editions == [0, 1, 2]


def test_what_cannot_be_an_id_of_a_community_is_no_question_of_it(database: Database) -> None:
    here = community(database)
    ids = map(QuestionId, ("own-", "own-x", "rag-001", f"own-{'9' * 30}", "own-\u0663"))
    assert database.read(lambda unit: [unit.own_bank.question(here, id) for id in ids]) == [None] * 5


def test_it_goes_with_its_community_and_so_does_what_was_asked_from_it(database: Database) -> None:
    here, there = community(database), community(database, "T2")
    gone = database.write(lambda unit: unit.own_bank.add(here, own()))
    kept = database.write(lambda unit: unit.own_bank.add(there, own()))

    def asked(unit: SqlUnitOfWork) -> None:
        keep_question(unit.transaction, gone)
        keep_question(unit.transaction, kept)

    database.write(asked)
    assert database.write(lambda unit: unit.personal_data.erase(here, 100))
    assert database.read(lambda unit: unit.own_bank.questions(there)) == (kept,)
    ids = sa.select(question_versions.c.id)
    assert database.read(lambda unit: unit.transaction.rows(ids)) == [(kept.id,)]
    counts = [sa.select(sa.func.count()).select_from(metadata.tables[name]) for name in ("own_banks", "own_questions")]
    assert database.read(lambda unit: [unit.transaction.value(rows) for rows in counts]) == [1, 1]
