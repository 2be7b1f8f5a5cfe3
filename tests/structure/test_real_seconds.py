"""Nothing in the tests fails because the machine is busy: real seconds are no limit for what must come.

What must come is waited for with PATIENCE; that nothing comes is seen once everybody is done, not after a while; and
how long something takes is a matter for the bench.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parents[1]
FILES = sorted(TESTS.rglob("*.py"))
SHORT = 30.0
WAITS = {"timeout": 0, "wait": 0, "join": 0, "wait_for": 1}
"""Calls that end after a time, and where it stands when it has no name."""
NAMES = ("timeout", "patience")
CLOCKS = {"perf_counter", "monotonic", "took", "ms", "silence"}
LIMITS = ("WITHIN", "TIMEOUT", "HEARTBEAT", "SILENT_AT_MOST", "PATIENCE")
"""How the bot's constants end after which it takes something for lost."""

MEANT = {
    ("bench/test_bench.py", "time.sleep(0.05)"): "holds the loop up, and at least so long",
    ("contract/discord_stage.py", "patch.setattr(client, 'LAST_SERVER_WITHIN', LAST_SERVER_WITHIN)"): (
        "the one server comes with the greeting, in the same breath; one that comes later costs nothing"
    ),
    ("contract/test_outages.py", "asyncio.wait({pressing}, timeout=6.0)"): (
        "SQLite counts how long it has waited by itself; what is to be seen is that it waits longer than five seconds"
    ),
    ("fakes/loop_time.py", "time.monotonic() < end"): "PATIENCE, where the loop's own time stands still",
    ("fakes/slack/socket_mode.py", "web.WebSocketResponse(autoping=False, timeout=0.5)"): (
        "for an app that does not answer the end of its line, which is over either way"
    ),
}
"""Those that may stand, and why."""


def _names(path: Path) -> str:
    return path.relative_to(TESTS).as_posix()


def _constants(tree: ast.Module) -> dict[str, float]:
    return {
        target.id: float(node.value.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        if isinstance(node.value.value, int | float)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


class _Found(ast.NodeVisitor):
    def __init__(self, tree: ast.Module) -> None:
        self.lines: list[str] = []
        self._constants = _constants(tree)
        self._looping = 0
        self.visit(tree)

    def _seconds(self, node: ast.expr | None) -> float:
        """The length of that wait; for ever where it cannot be read."""
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return float(value)
            case ast.Name(id=name):
                return self._constants.get(name, SHORT)
        return SHORT

    def _note(self, node: ast.AST) -> None:
        self.lines.append(ast.unparse(node))

    def visit_While(self, node: ast.While) -> None:
        self._looping += 1
        self.generic_visit(node)
        self._looping -= 1

    def visit_arguments(self, node: ast.arguments) -> None:
        named = [*node.posonlyargs, *node.args][-len(node.defaults) :] if node.defaults else []
        for one, default in [
            *zip(named, node.defaults, strict=True),
            *zip(node.kwonlyargs, node.kw_defaults, strict=True),
        ]:
            if one.arg in NAMES and self._seconds(default) < SHORT:
                self.lines.append(f"{one.arg}={ast.unparse(default) if default else ''}")
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in NAMES and self._seconds(node.value) < SHORT:
                self._note(node)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [one.value for one in node.keywords if one.arg in NAMES]
        if called in WAITS and len(node.args) > WAITS[called]:
            given.append(node.args[WAITS[called]])
        sleeps = called == "sleep" and node.args and not self._looping and 0 < self._seconds(node.args[0]) < SHORT
        if sleeps or any(self._seconds(one) < SHORT for one in given) or (called == "setattr" and self._hastens(node)):
            self._note(node)
        self.generic_visit(node)

    def _hastens(self, node: ast.Call) -> bool:
        name = next(
            (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)), ""
        )
        return name.endswith(LIMITS) and 0 < self._seconds(node.args[-1]) < SHORT

    def visit_Compare(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        for operator, left, right in zip(node.ops, sides, sides[1:], strict=False):
            small = left if isinstance(operator, ast.Lt | ast.LtE) else right
            if isinstance(operator, ast.Lt | ast.LtE | ast.Gt | ast.GtE) and self._reads_a_clock(small):
                self._note(node)
        self.generic_visit(node)

    def _reads_a_clock(self, node: ast.expr) -> bool:
        """Return whether it is measured with a clock that goes on while others have the machine."""
        return any(
            (isinstance(one, ast.Attribute) and (one.attr in CLOCKS or ast.unparse(one) == "time.time"))
            or (isinstance(one, ast.Name) and one.id in CLOCKS)
            for one in ast.walk(node)
        )


def found(source: str) -> list[str]:
    return _Found(ast.parse(source)).lines


def test_no_property_is_timed() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check


def test_no_short_real_limit_stands_in_the_tests() -> None:
    everywhere = {(_names(path), line) for path in FILES for line in found(path.read_text(encoding="utf-8"))}
    assert sorted(everywhere - MEANT.keys()) == [], "wait with PATIENCE, or for what tells that everybody is done"
    assert sorted(MEANT.keys() - everywhere) == [], "no longer there: take it out of the list"


@pytest.mark.parametrize(
    "source",
    [
        "async with asyncio.timeout(5): ...",
        "await asyncio.wait_for(one, 0.5)",
        "await asyncio.wait({one}, timeout=3)",
        "gate.wait(20)",
        "thread.join(1)",
        "subprocess.run(words, timeout=10)",
        "LONG = 20\ngate.wait(LONG)",
        "FakeDiscord(patience=0.4)",
        "discord.patience = 2",
        "async def until(self, *, timeout: float = 5.0): ...",
        "def __init__(self, patience=3): ...",
        "await asyncio.sleep(0.3)",
        "assert perf_counter() - began < 2",
        "assert 2 > time.monotonic() - began",
        "assert time.time() - began < 2",
        "assert seen.took < 0.5",
        "patch.setattr('bot.adapters.discord.client.SILENT_AT_MOST', 0.5)",
        "patch.setattr(client, 'LAST_SERVER_WITHIN', 0.1)",
    ],
)
def test_each_kind_of_limit_is_found(source: str) -> None:
    assert found(source)


@pytest.mark.parametrize(
    "source",
    [
        "async with asyncio.timeout(PATIENCE): ...",
        "gate.wait()",
        "','.join(words)",
        "await asyncio.sleep(0)",
        "while not there():\n    await asyncio.sleep(0.01)",
        "assert seen.took >= 0.05",
        "assert process_time() - began < 2",
        "patch.setattr('bot.scheduler.pacer.CALL_TIMEOUT', 0)",
        "patch.setattr('bot.adapters.slack.face.FIRST_WAIT', 0.01)",
    ],
)
def test_what_no_busy_machine_makes_fail_is_left_alone(source: str) -> None:
    assert not found(source)
