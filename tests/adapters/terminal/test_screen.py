"""Which screen is opened, and what the plain one does with streams."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from bot.adapters.terminal.screen import PlainScreen, open_screen
from bot.adapters.terminal.wrapping import Line, Piece
from bot.catalog.communities import OneCatalog
from tests.adapters.replies import catalog
from tests.adapters.terminal.sitting import small_registry
from tests.fakes.patience import PATIENCE

ROOT = Path(__file__).parents[3]
PROGRAM = (sys.executable, "-m", "tests.adapters.terminal.sitting")


def test_a_stream_that_is_no_terminal_gets_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert isinstance(open_screen(small_registry(), OneCatalog(catalog())), PlainScreen)


def test_the_width_is_the_columns_asked_for_and_never_too_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = PlainScreen(io.StringIO(), io.StringIO())
    monkeypatch.delenv("COLUMNS", raising=False)
    assert screen.width() == 80
    monkeypatch.setenv("COLUMNS", "60")
    assert screen.width() == 60
    monkeypatch.setenv("COLUMNS", "250")
    assert screen.width() == 100


async def test_lines_come_from_a_pipe_as_they_are_written() -> None:
    read, write = os.pipe()
    with os.fdopen(read) as source:
        screen = PlainScreen(source, io.StringIO())
        waiting = asyncio.create_task(screen.ask("> "))
        await asyncio.sleep(0)
        assert not waiting.done(), "nothing else is held up meanwhile"
        os.write(write, "/r\u00f4le\r\nnext\nlast".encode())
        assert await waiting == "/r\u00f4le"
        assert await screen.ask("> ") == "next"
        os.close(write)
        assert await screen.ask("> ") == "last"
        assert await screen.ask("> ") is None


async def test_lines_come_from_a_file(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text("one\n\ntwo")
    with script.open() as source:
        printed = io.StringIO()
        screen = PlainScreen(source, printed)
        assert [await screen.ask("> ") for _ in range(4)] == ["one", "", "two", None]
        assert printed.getvalue() == "> one\n> \n> two\n"


async def test_a_reader_that_has_left_ends_the_sitting() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as sink:
        screen = PlainScreen(io.StringIO("next\n"), sink)
        screen.show([Line((Piece("Hello"),))])
        assert await screen.ask("> ") is None


def test_what_the_encoding_lacks_is_replaced() -> None:
    bytes_printed = io.BytesIO()
    sink = io.TextIOWrapper(bytes_printed, encoding="ascii")
    PlainScreen(io.StringIO(), sink).show([Line((Piece("caf\u00e9"),))])
    assert bytes_printed.getvalue() == b"caf?\n"


def test_a_script_is_plain_and_needs_no_library_of_the_terminal() -> None:
    ran = subprocess.run(
        PROGRAM, input="a\nquit\n", capture_output=True, text=True, check=True, cwd=ROOT, timeout=PATIENCE
    )
    assert "13th to answer" in ran.stdout
    assert "\x1b" not in ran.stdout
    assert "imported:\n" in ran.stdout
    assert ran.stderr == ""


def sit_down(*args: str, **environ: str) -> pexpect.spawn[str]:
    """A person at a terminal of 100 columns."""
    # A size that is not known yet counts as 24 rows, and there a verdict waits for Enter.
    env = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "LC_ALL": "C.UTF-8", "LINES": "40", **environ}
    for name in {"NO_COLOR", "COLUMNS"} - environ.keys():
        env.pop(name, None)
    program, *rest = (*PROGRAM, *args)
    return pexpect.spawn(
        program, rest, env=env, encoding="utf-8", dimensions=(40, 100), cwd=str(ROOT), timeout=PATIENCE
    )


def leave(person: pexpect.spawn[str]) -> str:
    """Ctrl-D; what is printed to the end."""
    person.sendeof()
    person.expect_exact("Bye.")
    person.expect(pexpect.EOF)
    person.close()
    assert person.exitstatus == 0
    return str(person.before)


def test_the_prompt_completes_and_a_letter_answers() -> None:
    person = sit_down()
    person.expect_exact("[1]")
    person.expect_exact("#general>")
    person.send("/ro")
    person.expect_exact("Look up a role.")
    person.send("le ai eng")
    person.expect_exact("AI Engineer")
    person.send("\x03")
    person.expect_exact("#general>")
    person.send("b\r")
    person.expect_exact("13th to answer")
    person.expect_exact("tomorrow")
    person.expect_exact("#general>")
    assert "imported: prompt_toolkit rich" in leave(person)


def test_without_colour_nothing_pops_up_and_tab_completes() -> None:
    person = sit_down(NO_COLOR="1")
    person.expect_exact("#general>")
    assert "\x1b[1;3" not in str(person.before)
    person.send("tom\t")
    person.expect_exact("tomorrow")
    person.send("\r")
    person.expect_exact("Posted in #general, Tue 24 Nov 09:00:")
    person.expect_exact("#general>")
    leave(person)


@pytest.mark.parametrize(("args", "environ"), [(("--plain",), {}), ((), {"TERM": "dumb"})])
def test_a_plain_terminal_has_no_escapes_and_ctrl_c_clears_the_line(
    args: tuple[str, ...], environ: dict[str, str]
) -> None:
    person = sit_down(*args, **environ)
    person.expect_exact("you #general> ")
    opened = str(person.before)
    person.send("half a li")
    person.expect_exact("half a li")
    person.sendintr()
    person.expect_exact("\nyou #general> ")
    person.sendline("a")
    person.expect_exact("13th to answer")
    person.expect_exact("you #general> ")
    printed = opened + str(person.before) + leave(person)
    assert "\x1b" not in printed
    assert "imported:\r\n" in printed
