"""Where the app was installed by others, and who is on the way to install it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.ports.installations import Installation
from tests.storage.conftest import NOW, Database

ONE = Installation("T1", "sealed", "U0BOT", "U1", NOW)


def test_an_installation_is_kept_replaced_and_forgotten(database: Database) -> None:
    database.write(lambda unit: unit.installations.save(ONE))
    database.write(lambda unit: unit.installations.save(replace(ONE, workspace="T2")))
    newer = replace(ONE, sealed_token="newer", installer="U2")
    database.write(lambda unit: unit.installations.save(newer))
    assert database.read(lambda unit: unit.installations.find("T1")) == newer
    assert database.read(lambda unit: unit.installations.workspaces()) == ("T1", "T2")
    assert database.write(lambda unit: unit.installations.delete("T1"))
    assert not database.write(lambda unit: unit.installations.delete("T1"))
    assert database.read(lambda unit: unit.installations.find("T1")) is None
    assert database.read(lambda unit: unit.installations.workspaces()) == ("T2",)


def test_a_state_is_good_once_and_for_a_while(database: Database) -> None:
    until = NOW + timedelta(minutes=10)
    database.write(lambda unit: unit.installations.issue("first", until, NOW))
    database.write(lambda unit: unit.installations.issue("second", until, NOW))
    assert not database.write(lambda unit: unit.installations.consume("third", NOW))
    assert database.write(lambda unit: unit.installations.consume("first", NOW))
    assert not database.write(lambda unit: unit.installations.consume("first", NOW))
    assert not database.write(lambda unit: unit.installations.consume("second", until + timedelta(seconds=1)))
