"""Questions as they were when a round asked them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from bot.domain.artefact import Block, BlockKind, Picture
from bot.domain.common_fields import Status
from bot.domain.identifiers import ConceptId, MythId, QuestionId, TermId
from bot.domain.question import Allowed, Exemption, Fix, Reading, ReadingKind, ReadingResult
from bot.storage.columns import NOT_READABLE
from bot.storage.questions import keep_question, to_body, to_question
from bot.storage.tables import question_versions
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import question

RICH = replace(
    question(),
    status=Status.LIVE,
    myth=MythId("a-myth"),
    concept=ConceptId("having"),
    terms=(TermId("aggregate"),),
    block=Block(BlockKind.CODE, "    SELECT 1\n  FROM dual", "sql"),
    picture=Picture("pictures/one.png", "One row."),
    volatile=True,
    readings=(
        Reading(ReadingKind.BLIND, date(2026, 1, 1), ReadingResult.PASSED),
        Reading(ReadingKind.KEYED, date(2026, 1, 2), ReadingResult.FIXED),
    ),
    fix=(Fix(date(2026, 1, 3), "two keys"),),
    allow=(Exemption(Allowed.NEGATIVE_STEM, "the habit to leave"),),
    note="For authors: \u00fcnic\u00f6de.",
)


def test_a_version_comes_back_as_it_was_kept(database: Database) -> None:
    database.write(lambda unit: keep_question(unit.transaction, RICH))
    database.write(lambda unit: keep_question(unit.transaction, question(version=2)))
    assert database.read(lambda unit: unit.questions.version(QuestionId("tokens"), 1)) == RICH
    assert database.read(lambda unit: unit.questions.version(QuestionId("tokens"), 2)) == question(version=2)


def test_a_kept_version_never_changes(database: Database) -> None:
    database.write(lambda unit: keep_question(unit.transaction, RICH))
    database.write(lambda unit: keep_question(unit.transaction, replace(RICH, takeaway="Something else.")))
    assert database.read(lambda unit: unit.questions.version(RICH.id, 1)) == RICH


def test_a_question_never_asked_has_no_version(database: Database) -> None:
    assert database.read(lambda unit: unit.questions.version(QuestionId("tokens"), 1)) is None


def test_a_version_is_read_once(database: Database) -> None:
    database.write(lambda unit: keep_question(unit.transaction, RICH))
    first = database.read(lambda unit: unit.questions.version(RICH.id, 1))
    assert database.read(lambda unit: unit.questions.version(RICH.id, 1)) is first


def test_what_was_rolled_back_is_not_remembered(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        keep_question(unit.transaction, RICH)
        unit.questions.version(RICH.id, 1)
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        database.write(work)
    assert database.cache.questions == {}


def test_a_body_is_plain_json(database: Database) -> None:
    assert to_question(json.loads(json.dumps(to_body(RICH)))) == RICH
    database.write(lambda unit: keep_question(unit.transaction, RICH))
    with database.connect() as connection:
        body = connection.execute(sa.select(question_versions.c.body)).scalar_one()
    option = {"id": "b", "text": "Choice b", "why": RICH.options[1].why, "correct": True, "code": False}
    assert body["options"][1] == option


def test_a_version_stays_readable_when_limits_or_fields_change() -> None:
    body = to_body(RICH)
    body["stem"] = "x" * 1000
    body["mood"] = "cheerful"
    del body["note"]
    read = to_question(body)
    assert (len(read.stem), read.note) == (1000, None)
    del body["stem"]
    with pytest.raises(KeyError, match="stem"):
        to_question(body)


def test_a_version_kept_before_there_were_blocks_is_read_as_it_was() -> None:
    body = to_body(question())
    for later in ("concept", "terms", "block", "picture"):
        del body[later]
    for option in body["options"]:
        del option["code"]
    assert to_question(body) == question()


@pytest.mark.parametrize(
    "broken", [{"block": {"kind": "code"}}, {"block": {"kind": "poem", "text": "x"}}, {"picture": {"alt": 3}}]
)
def test_a_block_nobody_can_read_makes_the_version_unreadable(broken: dict[str, object]) -> None:
    with pytest.raises(NOT_READABLE):
        to_question({**to_body(RICH), **broken})
