"""``studybot content ...``: what authors and maintainers of the questions do with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.ending import settings

content_app = typer.Typer(help="Check the questions, roles and roadmap.", no_args_is_help=True, rich_markup_mode=None)


@content_app.command("check")
def content_check(
    path: Annotated[Path | None, typer.Argument(help="A content folder; without it, the one in use.")] = None,
    json_lines: Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")] = False,
) -> None:
    """Check content and say what is wrong by file, line and column; exit 1 if anything is."""
    import json
    from dataclasses import asdict

    from bot.catalog.load import load

    folder = path or settings().content
    loaded = load(folder)
    for problem in loaded.problems:
        typer.echo(json.dumps(asdict(problem)) if json_lines else str(problem))
    files = loaded.files
    told = (
        f"{len(files.questions)} questions, {len(files.roles)} roles, {len(files.steps)} steps, "
        f"{len(files.pay)} pay rows: {len(loaded.problems) or 'no'} problem{'' if len(loaded.problems) == 1 else 's'}."
    )
    typer.echo(told, err=json_lines)
    raise typer.Exit(1 if loaded.problems else 0)
