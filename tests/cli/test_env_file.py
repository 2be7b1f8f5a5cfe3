"""A .env file as editors and shells write it is read, or a sentence names the line; a traceback never comes."""

from __future__ import annotations

import pytest

from tests.cli.in_process import InFolder
from tests.cli.running import studybot

SUPPORT = "https://example.org/help"
SET = f"STUDYBOT_SUPPORT_URL={SUPPORT}\n"

READ = {
    "UTF-8": SET.encode(),
    "UTF-8 with a mark, as Notepad saves it": SET.encode("utf-8-sig"),
    "UTF-16 with a mark, as Windows PowerShell writes it": SET.encode("utf-16"),
    "UTF-16 big-endian with a mark": b"\xfe\xff" + SET.encode("utf-16-be"),
    "UTF-16 without a mark": SET.encode("utf-16-le"),
    "UTF-16 big-endian without a mark": SET.encode("utf-16-be"),
    "UTF-32": SET.encode("utf-32"),
    "a comment in Latin-1": "# für uns\n".encode("latin-1") + SET.encode(),
    "a comment in Latin-1 after the value": SET.rstrip().encode() + " # für uns\n".encode("latin-1"),
    "lines of Windows": SET.replace("\n", "\r\n").encode(),
    "lines of an old Mac": (SET + "OTHER=1\n").replace("\n", "\r").encode(),
    "no end of line": SET.strip().encode(),
    "export": f"export {SET}".encode(),
    "spaces around the sign": f"STUDYBOT_SUPPORT_URL = {SUPPORT}\n".encode(),
    "single quotes": f"STUDYBOT_SUPPORT_URL='{SUPPORT}'\n".encode(),
    "double quotes": f'STUDYBOT_SUPPORT_URL="{SUPPORT}"\n'.encode(),
    "spaces in quotes": f'STUDYBOT_SUPPORT_URL=" {SUPPORT} "\n'.encode(),
    "small letters": SET.replace("STUDYBOT_SUPPORT_URL", "studybot_support_url").encode(),
    "a line of another program's": b"OTHER='a b'\n\n" + SET.encode(),
    "a longer value of another program's": b'KEY="line one\nline two"\n' + SET.encode(),
}

REFUSED = {
    "an open quote": (f'# ours\n\nSTUDYBOT_SUPPORT_URL="{SUPPORT}\n'.encode(), 3, "a quote that opens here"),
    "an open quote before another": (
        f'SLACK_BOT_TOKEN="xoxb-1\nSTUDYBOT_SUPPORT_URL="{SUPPORT}"\n'.encode(),
        1,
        "a quote that opens here",
    ),
    "an open quote that swallows lines": (b'OTHER="a\nSLACK_BOT_TOKEN=xoxb-1\nMORE="\n', 1, "swallows the lines below"),
    "curly quotes": ("STUDYBOT_SUPPORT_URL=“https://example.org”\n".encode(), 1, "curly quotes"),
    "a space in the name": (b"STUDYBOT_LOG_FORMAT=plain\nSUPPORT URL=x\n", 2, "it should be NAME=value"),
    "a colon": (b"STUDYBOT_SUPPORT_URL: https://example.org\n", 1, "it should be NAME=value"),
    "set, as in a batch file": (f"set {SET}".encode(), 1, "it should be NAME=value"),
    "PowerShell's way": (f"$env:STUDYBOT_SUPPORT_URL = '{SUPPORT}'\n".encode(), 1, "it should be NAME=value"),
    "a name alone": (b"\nDISCORD_TOKEN\n", 2, "it should be NAME=value"),
    "a value in Latin-1": ("STUDYBOT_CONTENT_DIR=/srv/für\n".encode("latin-1"), 1, "Save the file as UTF-8"),
    "UTF-16 below UTF-8": (b"OTHER=1\nMORE=2\n" + "DISCORD_TOKEN=a.b.c\n".encode("utf-16-le"), 3, "another encoding"),
    "half a letter of UTF-16": (SET.encode("utf-16")[:-1], None, "cut off or damaged"),
}

COMMANDS = (
    ("run",),
    ("invite",),
    ("chat",),
    ("init",),
    ("doctor",),
    ("backup", "copy.db"),
    ("db", "current"),
    ("db", "upgrade"),
    ("db", "recompute"),
    ("content", "check"),
)


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_it_is_read(folder: InFolder, content: bytes) -> None:
    folder.env_file(content)
    told = folder.run("doctor")
    assert told.exit_code == 0, told.output
    assert f"ok     STUDYBOT_SUPPORT_URL: {SUPPORT}\n" in told.output


@pytest.mark.parametrize(("content", "line", "says"), REFUSED.values(), ids=REFUSED)
def test_the_line_is_named(folder: InFolder, content: bytes, line: int | None, says: str) -> None:
    folder.env_file(content)
    place = ".env" if line is None else f".env:{line}"
    for command in ("doctor", "chat", "init"):
        told = folder.run(command, typed="\n" * 9)
        assert told.exit_code == (1 if command == "doctor" else 2)
        assert place in told.output
        assert says in told.output
    assert (folder.path / ".env").read_bytes() == content, "init leaves what it cannot read as it is"


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_ends_with_the_sentence(folder: InFolder, words: tuple[str, ...]) -> None:
    folder.env_file(b'\nDISCORD_TOKEN="a.b.c\n')
    told = folder.run(*words)
    assert told.exit_code in (1, 2)
    assert ".env:2" in told.output
    assert "a quote that opens here is not closed" in told.output
    assert not list(folder.path.glob("*.db")), "nothing is made before the settings are read"


def test_a_folder_in_its_place_is_told(folder: InFolder) -> None:
    (folder.path / ".env").mkdir()
    for command in ("doctor", "chat", "init"):
        told = folder.run(command)
        assert ".env: this is a folder, not a file" in told.output.replace("WRONG  ", "")


@pytest.mark.parametrize(
    "content", [SET.encode("utf-16"), b"# f\xfcr uns\r\n" + SET.encode()], ids=["UTF-16", "Latin-1"]
)
def test_init_keeps_what_it_read_and_writes_utf_8(folder: InFolder, content: bytes) -> None:
    folder.env_file(content)
    told = folder.run("init", typed="\n\n\nsqlite:///mine.db\n\n")
    assert told.exit_code == 0, told.output
    text = (folder.path / ".env").read_text(encoding="utf-8")
    assert SET in text
    assert "STUDYBOT_DATABASE_URL=sqlite:///mine.db\n" in text
    assert ("# für uns\n" in text) == (b"\xfc" in content)


def test_windows_powershell_wrote_it(folder: InFolder) -> None:
    """The same as a process of its own: no traceback, whatever the console does."""
    folder.env_file("DISCORD_TOKEN='a.b.c\r\n".encode("utf-16"))
    told = studybot(folder.path, "doctor")
    assert told.returncode == 1
    assert "WRONG  .env: a quote that opens here" in told.stdout
    assert told.stderr == ""


WRONG_VALUES = [
    ("DISCORD_TOKEN=a b.c.d", "DISCORD_TOKEN", "has spaces"),
    ("DISCORD_API_URL=discord.com/api", "DISCORD_API_URL", "must begin with http://"),
    ("DISCORD_API_URL=http://127.0.0.1:99999/api/v10", "DISCORD_API_URL", "has a wrong port"),
    ("DISCORD_GATEWAY_URL=https://gateway", "DISCORD_GATEWAY_URL", "must begin with ws://"),
    ("DISCORD_GATEWAY_URL=ws://127.0.0.1:a", "DISCORD_GATEWAY_URL", "has a wrong port"),
    ("DISCORD_DEV_GUILD=Study group", "DISCORD_DEV_GUILD", "must be a server's number"),
    ("SLACK_BOT_TOKEN=xapp-1-2", "SLACK_BOT_TOKEN", "which belongs in SLACK_APP_TOKEN"),
    ("SLACK_APP_TOKEN=xoxb-1-2", "SLACK_APP_TOKEN", "which belongs in SLACK_BOT_TOKEN"),
    ("SLACK_BOT_TOKEN=xoxp-1-2", "SLACK_BOT_TOKEN", "a user token"),
    ("SLACK_API_URL=slack.com", "SLACK_API_URL", "must begin with http://"),
    ("STUDYBOT_HTTP_BIND=3000", "STUDYBOT_HTTP_BIND", "must be a host and a port"),
    ("STUDYBOT_HTTP_BIND=0.0.0.0:70000", "STUDYBOT_HTTP_BIND", "must be a host and a port"),
    ("STUDYBOT_HTTP_BIND=localhost:http", "STUDYBOT_HTTP_BIND", "must be a host and a port"),
    ("STUDYBOT_HTTP_BIND=http://localhost:3000", "STUDYBOT_HTTP_BIND", "must be a host and a port"),
    ("STUDYBOT_SECRET_KEY=secret", "STUDYBOT_SECRET_KEY", "must be 32 random bytes"),
    ("STUDYBOT_DATABASE_URL=mysql://u:hush@h/x", "STUDYBOT_DATABASE_URL", "must begin with sqlite:///"),
    ("STUDYBOT_DATABASE_URL=sqlite://mine.db", "STUDYBOT_DATABASE_URL", "needs three slashes"),
    ("STUDYBOT_DATABASE_URL=postgresql://u:hush@h:abc/x", "STUDYBOT_DATABASE_URL", "has a wrong port"),
    ("STUDYBOT_DATABASE_URL=postgresql://u:hush@h:99999/x", "STUDYBOT_DATABASE_URL", "has a wrong port"),
    ("STUDYBOT_LOG_FORMAT=xml", "STUDYBOT_LOG_FORMAT", "must be plain or json"),
    ("STUDYBOT_SUPPORT_URL=javascript:alert(1)", "STUDYBOT_SUPPORT_URL", "must begin with https://"),
]


@pytest.mark.parametrize(("line", "name", "says"), WRONG_VALUES, ids=[one[0] for one in WRONG_VALUES])
def test_a_wrong_value_is_named_at_its_line(folder: InFolder, line: str, name: str, says: str) -> None:
    folder.env_file(f"# ours\n{line}\n")
    examined = folder.run("doctor")
    assert examined.exit_code == 1
    assert f"WRONG  {name}: " in examined.output
    assert says in examined.output
    assert "(.env:2)" in examined.output
    for words in (("chat",), ("db", "current")):
        told = folder.run(*words)
        assert told.exit_code == 2
        assert f".env:2: {name} " in told.output
        assert says in told.output
        assert "hush" not in told.output + examined.output
    folder.env_file("")
    variable, value = line.split("=", 1)
    assert f"the environment: {name} " in folder.run("chat", **{variable: value}).output


@pytest.mark.parametrize(
    "name", ["STUDYBOT_LOG_FORMAT", "STUDYBOT_HTTP_BIND", "STUDYBOT_DATABASE_URL", "DISCORD_TOKEN"]
)
def test_an_empty_setting_is_unset(folder: InFolder, name: str) -> None:
    folder.env_file(f"{name}=\n")
    told = folder.run("doctor")
    assert told.exit_code == 0, told.output
    assert "ok     STUDYBOT_DATABASE_URL: sqlite:///studybot.db\n" in told.output
