"""Tests that share something heavy stay in one worker, so that it is made once."""

from __future__ import annotations

import os

import pytest

GROUP = "kept together"


@pytest.mark.xdist_group(GROUP)
def test_a_group_is_known_to_those_who_share_tests_out(request: pytest.FixtureRequest) -> None:
    """pytest-xdist reads it from the test's id; with some versions of pytest it is not there, and nothing says so."""
    assert "PYTEST_XDIST_WORKER" not in os.environ or request.node.nodeid.endswith(f"@{GROUP}")
