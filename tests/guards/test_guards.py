"""The list of guards keeps up with the code. That each test turns red is what `make guards` proves."""

from __future__ import annotations

import pytest

from tests.guards.guard import ROOT, Guard, guards

AT_LEAST = 60


def test_there_are_enough() -> None:
    assert len(guards()) >= AT_LEAST
    promises = [guard.promise for guard in guards()]
    assert len(promises) == len(set(promises))


@pytest.mark.parametrize("guard", guards(), ids=lambda guard: guard.promise)
def test_what_is_broken_stands_there_once_and_its_test_is_there(guard: Guard) -> None:
    code = (ROOT / guard.file).read_text(encoding="utf-8")
    assert code.count(guard.old) == 1
    assert guard.broken(code) != code
    path, _, name = guard.red.partition("::")
    function = name.partition("[")[0].rpartition("::")[2]
    assert f"def {function}(" in (ROOT / path).read_text(encoding="utf-8")
