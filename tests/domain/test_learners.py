"""In simulation /review keeps more in members' minds than the daily question alone."""

from __future__ import annotations

import pytest

from tests.domain.learners import Plan, compared


@pytest.mark.parametrize("diligence", [0.3, 0.8])
def test_review_is_ahead_of_the_same_bot_without(diligence: float) -> None:
    with_it, without = compared(5, Plan(days=120, questions=60, diligence=diligence))
    assert with_it > without + 0.15
