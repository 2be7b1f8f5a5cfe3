"""Settings every run shares, and the summary at its end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, settings

from bot.app import core
from bot.config import packaged

# Properties are not timed, nor is how long their examples take to make: a busy machine is no fault of the rules.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# `make mutants` asks only whether a test fails, hundreds of times and each time alike: fewer examples, none made small.
settings.register_profile(
    "mutants",
    settings.get_profile("untimed"),
    max_examples=40,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile("untimed")

# Under pytest-xdist the requests are made in workers; each hands its tally to the run that started it.
_KEY = "discord_requests"
_from_workers: Counter[str] = Counter()


def _tally() -> Counter[str]:
    """The counts of this process. Without a fake Discord in the run its module is not even loaded."""
    openapi = sys.modules.get("tests.fakes.discord.openapi")
    return Counter() if openapi is None else Counter(openapi.tally)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_KEY] = dict(_tally())


class _Workers:
    """Adds up what workers report; asked only where pytest-xdist is."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        _from_workers.update(getattr(node, "workeroutput", {}).get(_KEY, {}))


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Workers())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counted = _tally() + _from_workers
    if not counted:
        return
    said = f"yes, {counted['checked']} requests" if counted["checked"] else "no"
    if counted["not found"]:
        said = "no: not found"
    elif counted["left out"]:
        said += f" ({counted['left out']} left out on purpose)"
    terminalreporter.write_line(f"Discord requests were checked against the official document: {said}")


@pytest.fixture(scope="session", autouse=True)
def content_is_read_once() -> Iterator[None]:
    """Our own content does not change while tests run, and reading it takes longer than most of them."""
    patch, read = pytest.MonkeyPatch(), core.load_catalog
    once = cache(read)
    patch.setattr(core, "load_catalog", lambda folder: (once if folder == packaged("content") else read)(folder))
    yield
    patch.undo()
