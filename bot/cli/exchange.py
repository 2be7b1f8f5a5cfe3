"""``studybot content import`` and ``export``: questions from other programs, and for them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.content_folder import InFolder, folder_of, writable_folder_of
from bot.cli.ending import fail


def import_questions(
    file: Annotated[Path, typer.Argument(help="YAML, CSV, Moodle GIFT or Markdown; at most 4 MiB.")],
    format: Annotated[str | None, typer.Option(help="yaml, csv, gift or markdown, if the name does not say.")] = None,
    topic: Annotated[str | None, typer.Option(help="Where questions go that name no topic of ours.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come in, and write nothing.")] = False,
    content: InFolder = None,
) -> None:
    """Take questions in as drafts, and say line by line what was taken, what is like it, what was left out.

    Exit codes: 0 everything came in, 1 something was left out, 2 the file or the call was refused.

    Example: studybot content import quiz.csv --topic rag --dry-run
    """
    from datetime import UTC, datetime

    from bot.authoring import accepted
    from bot.authoring.check import context_of
    from bot.authoring.exchange import formats
    from bot.authoring.exchange.found import FileRefused
    from bot.authoring.exchange.importing import Importing, tried
    from bot.authoring.writing import NotWritten, append
    from bot.catalog.load import load
    from bot.catalog.nearest import instead

    folder = folder_of(content) if dry_run else writable_folder_of(content)
    loaded = load(folder)
    if loaded.problems:
        fail(f"{folder} has problems of its own, first {loaded.problems[0]}. Run `studybot content check`.", 2)
    files = loaded.files
    chosen = next((one for one in files.topics if one.id == topic), None)
    if topic and chosen is None:
        fail(f"No topic has the id {topic!r}: {instead(topic, [one.id for one in files.topics])}", 2)
    used, _ = accepted.read(folder, folder.name)
    try:
        context = context_of(files, datetime.now(UTC).date(), used, {})
        incoming = tried(folder, Importing(files, used, file.name, context, chosen).take(formats.read(file, format)))
    except FileRefused as error:
        fail(error.sentence, 2)
    told = [(one.line, f"{one.question.id} in {one.question.topic}", *one.remarks) for one in incoming.taken]
    told += [(one.line, f"left out: {one.why}") for one in incoming.left_out]
    for line, *said in sorted(told):
        typer.echo(f"{file.name}:{line}: {'; '.join(map(str, said))}")
    if not dry_run:
        try:
            append(folder, incoming.by_topic())
        except NotWritten as error:
            fail(error.sentence, 2)
    came = "would come" if dry_run else "came"
    typer.echo(f"{len(incoming.taken)} {came} in as drafts, {len(incoming.left_out)} left out.")
    raise typer.Exit(1 if incoming.left_out else 0)


def export_questions(
    format: Annotated[str, typer.Option(help="yaml, csv, gift or anki.")],
    output: Annotated[Path | None, typer.Option(help="The file to write; without it, standard output.")] = None,
    topic: Annotated[str | None, typer.Option(help="Only this topic.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Drafts, questions in review and retired ones too.")] = False,
    content: InFolder = None,
) -> None:
    """Write the live questions for another program: a spreadsheet, Moodle, Anki.

    Example: studybot content export --format gift
    """
    from bot.authoring.exchange.formats import FORMATS_WRITTEN
    from bot.authoring.exchange.found import FileRefused
    from bot.catalog.load import load
    from bot.catalog.nearest import instead
    from bot.domain.source import Status

    if format not in FORMATS_WRITTEN:
        fail(f"There is no format {format!r}: {instead(format, FORMATS_WRITTEN)}", 2)
    files = load(folder_of(content)).files
    chosen = [one for one in files.questions if every or one.status is Status.LIVE]
    if topic:
        chosen = [one for one in chosen if one.topic == topic]
    if not chosen:
        fail("There are no such questions; `studybot content stats` shows what there is.", 2)
    try:
        data = FORMATS_WRITTEN[format](chosen)
        if output is None:
            typer.get_binary_stream("stdout").write(data)
        else:
            output.write_bytes(data)
    except FileRefused as error:
        fail(error.sentence, 2)
    except OSError as error:
        fail(f"{output} cannot be written: {(error.strerror or 'unknown reason').lower()}.", 2)
    typer.echo(f"{len(chosen)} questions written as {format}.", err=True)
