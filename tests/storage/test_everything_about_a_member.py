"""The export has everything stored about a member, and deleting leaves none of it, in any table."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.domain.community import Away
from bot.domain.identifiers import QuestionId, RoleId, StepId
from bot.domain.memory import Graded, after
from bot.domain.roadmap import StepState
from bot.ports.installations import Installation
from bot.ports.practice import ReviewReason
from bot.storage import tables
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import RIGHT, B, at, closed, community, day, opened, press, question, track

ANN = "the-platforms-id-of-ann"
NAMES_A_PERSON = {"member_id", "user", "saved_by", "installer"}
PARTS = {
    "answers": "answers",
    "standings": "standings",
    "points": "weeks",
    "attempts": "practice",
    "review": "review",
    "review_log": "reviews",
    "memories": "memories",
    "reports": "reports",
    "aways": "away",
    "roadmap_steps": "roadmap",
    "delegates": "may_manage",
    "installations": "installed",
    "tracks": "saved",
    "notices": "notices",
}
"""Each table that names people, and the part of the export it goes to."""
ABOUT_ONE = [table for table in tables.metadata.sorted_tables if NAMES_A_PERSON & set(table.columns.keys())]
SAID_OTHERWISE = {
    # ids, as what they stand for
    "member_id": "", "user": "", "id": "", "community_id": "", "track_id": "place", "round_id": "local_date",
    "last_seq": "last_round",
}  # fmt: skip
NOT_ABOUT_THEM = {
    "installations": {"sealed_token", "bot_user", "installer", "installed_at"},
    "notices": {"key", "tried", "track_id", "round_id"},
}


def _live(unit: SqlUnitOfWork) -> None:
    on = track(unit)
    press(unit, closed(unit, on, 0), ANN)
    ann = press(unit, opened(unit, on, 8), ANN)
    unit.members.set_role(ann, RoleId("ai-engineer"))
    unit.members.begin_away(ann, Away(at(3), at(4)))
    unit.practice.add_attempt(ann, question(), RIGHT, 77)
    unit.practice.keep_for_review(ann, QuestionId("tokens"), ReviewReason.WRONG)
    graded = Graded(day(0), good=True, key=B, asked=QuestionId("tokens"))
    unit.reviews.keep(ann, QuestionId("tokens"), graded, after(None, graded))
    unit.practice.report(ann, QuestionId("tokens"), 1, "unclear")
    unit.roadmaps.set_state(ann, StepId("basics"), StepState.DONE)
    unit.communities.add_delegate(on.community, ANN)
    unit.tracks.save(on.id, on.settings, ANN, None)
    unit.health.notify(on.community, ANN, "key", "something to know", at(1))
    unit.installations.save(Installation("G1", "sealed", "B1", ANN, at(0)))


def test_every_table_that_names_people_is_known_here() -> None:
    assert {table.name for table in ABOUT_ONE} == set(PARTS), "a new one belongs into the export and is to be forgotten"


def test_the_export_has_everything_stored(database: Database) -> None:
    database.write(_live)
    ann = database.read(lambda unit: unit.members.of(community(unit).id, ANN))
    export = database.read(lambda unit: unit.personal_data.export(ann.id))
    for table in ABOUT_ONE:
        rows = export[PARTS[table.name]]
        assert rows, table.name
        if table.name in ("delegates", "tracks"):
            continue  # that they do is all that is said of them there
        for column in set(table.columns.keys()) - NOT_ABOUT_THEM.get(table.name, set()):
            told = SAID_OTHERWISE.get(column, column)
            assert not told or told in rows[0], f"{table.name}.{column}"
    assert [row["last_round"] for row in export["standings"]] == [2]
    assert [(row["question_version"], row["shown_position"]) for row in export["answers"]] == [(1, 1), (1, 1)]


@pytest.mark.parametrize("table", ABOUT_ONE, ids=lambda table: table.name)
def test_deleting_leaves_nothing(database: Database, table: sa.Table) -> None:
    database.write(_live)
    ann = database.read(lambda unit: unit.members.of(community(unit).id, ANN))
    theirs = sa.or_(
        *(
            column == (ann.id if name == "member_id" else ANN)
            for name, column in table.columns.items()
            if name in NAMES_A_PERSON
        )
    )

    def left() -> int:
        with database.connect() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(table).where(theirs)).scalar_one())

    assert left(), "there was something to delete"
    database.write(lambda unit: unit.personal_data.forget(ann.id))
    assert not left()


def test_no_column_of_any_table_names_them_afterwards(database: Database) -> None:
    database.write(_live)
    ann = database.read(lambda unit: unit.members.of(community(unit).id, ANN))
    database.write(lambda unit: unit.personal_data.forget(ann.id))
    with database.connect() as connection:
        for table in tables.metadata.sorted_tables:
            for row in connection.execute(sa.select(*table.columns)):
                assert ANN not in str(tuple(row)), table.name
