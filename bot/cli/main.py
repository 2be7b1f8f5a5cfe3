"""The commands of ``studybot``. Each imports what it needs when it runs, so that ``--help`` is quick."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot.app.faces import BESIDE, Beside
from bot.cli import backups
from bot.cli.content import content_app
from bot.cli.ending import explained, fail

if TYPE_CHECKING:
    from bot.config import Settings

app = typer.Typer(
    name="studybot",
    help="A study group's daily question.\n\nBegin with `studybot chat`: it needs no account and no token.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
db_app = typer.Typer(help="Look after the database.", no_args_is_help=True, rich_markup_mode=None)
manifest_app = typer.Typer(help="Print what a platform's settings want.", no_args_is_help=True, rich_markup_mode=None)
app.command("backup")(backups.backup)
app.command("restore")(backups.restore)
app.add_typer(content_app, name="content")
app.add_typer(db_app, name="db")
app.add_typer(manifest_app, name="manifest")

OwnFile = Annotated[str | None, typer.Option(help="Another database than studybot-chat.db here.")]

NOTHING_TO_RUN = (
    "Nothing to run: no platform is set. Put {tokens}, into the\n"
    "environment or into .env (`studybot init` asks for them and writes it). Without an account, `studybot chat`\n"
    "is the whole bot in this terminal."
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"studybot {version('studybot')}")
        raise typer.Exit


@app.callback()
def studybot(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which one.")
    ] = False,
) -> None:
    """Prepare what every command needs."""


@app.command()
def run() -> None:
    """Run the bot on Discord, Slack or both, until it is stopped.

    Example: studybot run
    """
    import asyncio

    from bot.app.core import Broken
    from bot.app.faces import CONNECTED
    from bot.app.run import NEEDS_PERSON
    from bot.app.run import run as run_bot
    from bot.cli.logs import log_to
    from bot.cli.settings import settings
    from bot.ports.storage import StorageFault

    known = settings(warn=True, without_one=True)
    if not any(connection.wanted(known) for connection in CONNECTED):
        fail(NOTHING_TO_RUN.format(tokens=", or ".join(connection.needs for connection in CONNECTED)), 2)
    log_to(None, known.log_format)
    try:
        code = asyncio.run(run_bot(known, typer.echo))
    except (Broken, StorageFault) as error:
        fail(error.sentence, NEEDS_PERSON if error.needs_person else 1)
    except KeyboardInterrupt:
        code = 0
    raise typer.Exit(code)


@app.command()
def invite() -> None:
    """Print the address that invites the bot to a Discord server, with exactly the permissions it needs.

    Example: studybot invite
    """
    from bot.cli.settings import settings

    known = settings()
    if known.discord_token is None:
        fail("DISCORD_TOKEN is not set. Put it into the environment or into .env (`studybot init` asks for it).", 2)
    from bot.adapters.discord.permissions import NoToken, invitation

    try:
        typer.echo(invitation(known.discord_token.get_secret_value()))
    except NoToken:
        fail("DISCORD_TOKEN is no bot token. Copy it from the Developer Portal: Bot, Reset Token.", 2)


@manifest_app.command("slack")
def manifest_slack(
    prefix: Annotated[str, typer.Option(help="Put before every command but /study, such as sg-.")] = "",
    all_commands: Annotated[
        bool, typer.Option("--all-commands", help="Every command, not /quiz and /role alone.")
    ] = False,
    http: Annotated[str | None, typer.Option(help="HTTP mode at this public https:// address.")] = None,
) -> None:
    """The app manifest to paste into Slack, made from the commands.

    Example: studybot manifest slack --all-commands
    """
    import json

    from bot.adapters.slack.manifest import manifest
    from bot.app.features import all_commands as registry

    with explained(2):
        made = manifest(registry(), prefix=prefix, all_commands=all_commands, http=http)
    typer.echo(json.dumps(made, indent=2))


@app.command("secret-key")
def secret_key() -> None:
    """Make a key for STUDYBOT_SECRET_KEY, which encrypts the tokens of workspaces.

    Example: studybot secret-key
    """
    from cryptography.fernet import Fernet

    typer.echo(Fernet.generate_key().decode())


@app.command()
def chat(
    database: OwnFile = None,
    plain: Annotated[bool, typer.Option("--plain", help="No colour, no boxes, no pop-ups.")] = False,
    seed: Annotated[int | None, typer.Option(help="Make chance come out the same each time.", hidden=True)] = None,
) -> None:
    """Talk to the bot in this terminal; no account, no token, its own database file.

    Example: studybot chat --database try.db
    """

    def talk(known: Settings, url: str) -> Coroutine[Any, Any, int]:
        from bot.app.terminal import chat as run_chat

        return run_chat(known, url, plain=plain, seed=seed)

    _on_own_file(database, talk)


def _opens(beside: Beside) -> Callable[[str | None], None]:
    def opens(database: OwnFile = None) -> None:
        _on_own_file(database, beside.load())

    return opens


for one in BESIDE:
    app.command(one.command, help=f"{one.summary}\n\nExample: studybot {one.command}")(_opens(one))


def _on_own_file(database: str | None, serve: Callable[[Settings, str], Coroutine[Any, Any, int]]) -> NoReturn:
    """Serve the terminal's own file, and end with the code that comes back."""
    import asyncio
    import gc

    # Nothing made while starting is thrown away; looking for what could be costs a tenth of the start.
    gc.disable()
    from bot.cli.settings import settings
    from bot.config import CHAT_DATABASE

    known = settings()
    url = database or CHAT_DATABASE
    if "://" not in url:
        url = f"sqlite:///{url}"
    _log_beside(url, known.log_format)
    with explained():
        raise typer.Exit(asyncio.run(serve(known, url)))


def _log_beside(url: str, form: str) -> None:
    """Write errors to a log beside the database, not between the lines of a conversation."""
    import logging

    class OnDemand(logging.Handler):
        """Loads the log's formatting with the first line there is to write."""

        def emit(self, record: logging.LogRecord) -> None:
            from bot.cli.logs import log_to

            log_to(Path(url.partition("///")[2] or "studybot-chat.db").with_suffix(".log"), form)
            logging.getLogger(record.name).handle(record)

    logging.getLogger().handlers[:] = [OnDemand(logging.WARNING)]


@app.command()
def init() -> None:
    """Ask for the settings, write them to .env for your eyes only, and check them.

    Example: studybot init
    """
    from bot.cli.init import ask_and_write

    ask_and_write(Path(".env"))
    raise typer.Exit(_doctor())


@app.command()
def doctor() -> None:
    """Check settings, database, content, zones and clock; every finding says what to do.

    Example: studybot doctor
    """
    raise typer.Exit(_doctor())


def _doctor() -> int:
    from bot.cli.doctor import conclusion, examine

    findings = examine()
    for one in findings:
        typer.echo(f"{'ok   ' if one.good else 'WRONG'}  {one.what}: {one.told}")
    typer.echo(conclusion(findings))
    return 0 if all(one.good for one in findings) else 1


@app.command()
def commands(
    format: Annotated[str, typer.Option(help="markdown, or json for programs.")] = "markdown",
) -> None:
    """List what can be asked of the bot, as its own declarations have it.

    Example: studybot commands --format json
    """
    from bot.app.features import all_commands
    from bot.cli.command_list import as_json, as_markdown

    if format not in ("json", "markdown"):
        fail(f"There is no format {format!r}; use json or markdown.", 2)
    registry = all_commands()
    typer.echo(as_json(registry) if format == "json" else as_markdown(registry), nl=False)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Bring the database up to date; the old state is backed up beside it first.

    Example: studybot db upgrade
    """
    from datetime import UTC, datetime

    from bot.cli.settings import settings
    from bot.config import packaged
    from bot.storage.storage import Storage

    with explained():
        storage = Storage(settings(warn=True).database_url, packaged("migrations"))
        storage.open(datetime.now(UTC))
        storage.close()
    typer.echo(f"{storage.name} is up to date.")


@db_app.command("current")
def db_current() -> None:
    """Say which revision the database is at.

    Example: studybot db current
    """
    from bot.cli.settings import settings
    from bot.storage.migrate import HEAD, current

    with explained():
        at = current(settings(warn=True).database_url)
    newest = "the newest" if at == HEAD else f"the newest is {HEAD}; `studybot db upgrade` brings it there"
    typer.echo(f"{at or 'empty'} ({newest})")


@db_app.command("recompute")
def db_recompute() -> None:
    """Recount every streak and every week's points from the raw answers.

    Example: studybot db recompute
    """
    import asyncio

    from bot.app.core import recompute
    from bot.cli.settings import settings

    with explained():
        differed = asyncio.run(recompute(settings(warn=True)))
    typer.echo(f"{differed} standings differed and were corrected." if differed else "Every standing was right.")
