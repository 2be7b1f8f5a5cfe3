"""``studybot content ...``: what authors and maintainers of the questions do with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.ending import fail, settings

content_app = typer.Typer(
    help="Check, write, show and count the questions, roles and roadmap.", no_args_is_help=True, rich_markup_mode=None
)

Folder = Annotated[Path | None, typer.Argument(help="A content folder; without it, the one in use.")]
InFolder = Annotated[Path | None, typer.Option("--content", help="A content folder; without it, the one in use.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]


def folder_of(path: Path | None) -> Path:
    """The folder named, or the one in use."""
    return path or settings().content


@content_app.command("check")
def check(
    path: Folder = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")] = False,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="First mend what is mechanical: accented letters as one character (NFC), characters nobody sees, "
            "spaces at line ends, line ends, the last line.",
        ),
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Write the live versions down in versions.lock, if nothing is wrong.")
    ] = False,
    profile: Annotated[
        str, typer.Option(help="bank: every rule; community: safety and structure, the rest as advice.")
    ] = "bank",
    seeds: Annotated[
        Path | None,
        typer.Option(envvar="STUDYBOT_SEEDS", help="A folder with the source articles, to compare sentences with."),
    ] = None,
) -> None:
    """Say what is to be mended, as file:line:column rule id: text.

    Exit codes: 0 nothing to mend, 1 errors (with --strict warnings too), 2 the call itself was wrong.
    """
    from datetime import UTC, datetime

    from bot.catalog import accepted, mending
    from bot.catalog.check import check as check_folder
    from bot.catalog.seeds import NoSeeds
    from bot.cli.findings import as_json, as_lines, failing, in_short
    from bot.domain.lint.profiles import Profile

    if profile not in list(Profile):
        fail(f"There is no profile {profile!r}; use {' or '.join(Profile)}.", 2)
    folder = folder_of(path)
    if fix:
        for name in mending.mend(folder):
            typer.echo(f"mended {name}", err=True)
    try:
        checked = check_folder(folder, datetime.now(UTC).date(), seeds, Profile(profile))
        if accept and not failing(checked, strict=False):
            new = accepted.accept(folder, checked.files.questions, checked.accepted)
            typer.echo(f"{new} new versions written to {accepted.FILE}.", err=True)
            checked = check_folder(folder, datetime.now(UTC).date(), seeds, Profile(profile))
    except NoSeeds as error:
        fail(str(error), 2)
    for line in as_json(checked) if json_lines else as_lines(checked):
        typer.echo(line)
    typer.echo(in_short(checked), err=json_lines)
    raise typer.Exit(1 if failing(checked, strict=strict) else 0)
