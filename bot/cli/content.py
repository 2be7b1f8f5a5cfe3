"""``studybot content ...``: what authors and maintainers of the questions do with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.content_folder import InFolder, content_of, folder_of, refuse_installed, topic_of, writable_folder_of
from bot.cli.ending import explained, fail

content_app = typer.Typer(
    help="Check, write, show and count the questions, roles and roadmap.", no_args_is_help=True, rich_markup_mode=None
)

Folder = Annotated[Path | None, typer.Argument(help="A bank's folder, or one of banks; without it, the one in use.")]
OfCommunity = Annotated[
    str | None, typer.Option(help="The own bank of a community, by platform and id, such as discord:119 or terminal.")
]
OwnDatabase = Annotated[
    str | None, typer.Option(help="With --community: another database than the one in use, such as studybot-chat.db.")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]


@content_app.command("check")
def check(
    path: Folder = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    infos: Annotated[bool, typer.Option("--infos", help="Infos one by one, not summed up.")] = False,
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

    Example: studybot content check --strict
    """
    from datetime import UTC, datetime

    from bot.authoring import accepted, writing
    from bot.authoring.check import check as check_bank
    from bot.authoring.lint.findings import Profile
    from bot.catalog.banks import across_banks, banks_in, older_layout
    from bot.cli.findings import as_json, as_lines, failing, in_short

    if profile not in list(Profile):
        fail(f"There is no profile {profile!r}; use {' or '.join(Profile)}.", 2)
    content = content_of(path)
    if fix or accept:
        refuse_installed(content)
    today = datetime.now(UTC).date()
    between = [*across_banks(content)]
    failed = clash = bool(between)
    banks = banks_in(content)
    for bank in banks:
        if fix:
            for name in writing.mend(bank.path):
                typer.echo(f"mended {name}", err=True)
        with explained(2):
            checked = check_bank(bank.path, today, seeds, Profile(profile), bank.name)
            if accept and not clash and not failing(checked, strict=False):
                new = accepted.accept(bank.path, checked.files.questions, checked.accepted)
                typer.echo(f"{new} new versions written to {accepted.FILE}.", err=True)
                checked = check_bank(bank.path, today, seeds, Profile(profile), bank.name)
        failed = failed or failing(checked, strict=strict)
        checked = checked.beside(between)
        between = []
        for line in as_json(checked) if json_lines else as_lines(checked, infos=infos):
            typer.echo(line)
        which = f"{bank.name}: " if len(banks) > 1 else ""
        typer.echo(f"{which}{in_short(checked)}", err=json_lines)
    if told := older_layout(content):
        typer.echo(told, err=True)
    raise typer.Exit(1 if failed else 0)


@content_app.command("guess")
def guess(content: InFolder = None, as_json: AsJson = False) -> None:
    """Say how much of the bank somebody who knows nothing gets right, and name the habits that help.

    Exit 1 if a guesser gets more than 31 %, or follows a simple sign that is right less often than chance explains.

    Example: studybot content guess --json
    """
    import json
    from dataclasses import asdict

    from bot.authoring.figures import figures
    from bot.authoring.guessing.learned import LACKING, can_learn
    from bot.catalog.load import load
    from bot.cli.bank_figures import guesses_as_markdown

    found = figures(load(folder_of(content)).files)
    if not can_learn():
        typer.echo(LACKING, err=True)
    if as_json:
        guesses = [{**asdict(one), "passes": one.passes} for one in found.guesses]
        told = {"guesses": guesses, "habits": asdict(found.habits)}
        typer.echo(json.dumps(told, indent=2))
    else:
        typer.echo(guesses_as_markdown(found), nl=False)
    raise typer.Exit(0 if all(one.passes for one in found.guesses) else 1)


@content_app.command("stats")
def stats(content: InFolder = None, as_json: AsJson = False) -> None:
    """Count what there is beside what there should be, and how far keys are from chance.

    Example: studybot content stats
    """
    from bot.authoring.figures import figures
    from bot.catalog.load import load
    from bot.cli import bank_figures

    found = figures(load(folder_of(content)).files)
    typer.echo(bank_figures.as_json(found) if as_json else bank_figures.as_markdown(found).rstrip())


@content_app.command("show")
def show(
    id: Annotated[str, typer.Argument(help="The question's id, such as rag-001.")],
    face: Annotated[str, typer.Option(help="The face to show it with, such as discord.")] = "terminal",
    content: InFolder = None,
) -> None:
    """Show a question as people will see it: the post, the verdicts, the reveal.

    Example: studybot content show rag-009
    """
    from bot.app.faces import PREVIEWS
    from bot.catalog import LoadedCatalog
    from bot.catalog.load import load
    from bot.catalog.nearest import instead
    from bot.cli.previews import preview
    from bot.domain.identifiers import QuestionId

    if face not in PREVIEWS:
        fail(f"There is no preview for {face!r}; use one of {', '.join(PREVIEWS)}.", 2)
    files = load(folder_of(content)).files
    question = LoadedCatalog(files).question(QuestionId(id))
    if question is None:
        fail(f"No question has the id {id!r}: {instead(id, [one.id for one in files.questions])}", 2)
    typer.echo(preview(question, LoadedCatalog(files), PREVIEWS[face]()))


new_app = typer.Typer(help="Begin something new.", no_args_is_help=True, rich_markup_mode=None)
content_app.add_typer(new_app, name="new")


@new_app.command("question")
def new_question(
    topic: Annotated[str, typer.Option(help="The topic's id, such as rag.")],
    level: Annotated[str, typer.Option(help="easy, medium or hard.")] = "medium",
    bloom: Annotated[str, typer.Option(help="remember, understand, apply, analyse or evaluate.")] = "apply",
    options: Annotated[int, typer.Option(min=3, max=4, help="How many options: 4, or 3 without a filler.")] = 4,
    content: InFolder = None,
) -> None:
    """Write a draft into the topic's file; the check names every place that is still to be written.

    Example: studybot content new question --topic rag
    """
    from bot.authoring import accepted
    from bot.authoring.drafting import draft
    from bot.authoring.writing import append, next_ids
    from bot.catalog.load import load
    from bot.catalog.nearest import instead
    from bot.domain.question import Bloom, Difficulty

    for value, known in ((level, list(Difficulty)), (bloom, list(Bloom))):
        if value not in known:
            fail(f"There is no {value!r}: {instead(value, known)}", 2)
    folder = writable_folder_of(content)
    files = load(folder).files
    chosen = topic_of(folder, files, topic)
    taken, _ = accepted.read(folder, folder.name)
    id = next(next_ids(chosen.id, files.questions, taken))
    with explained():
        (path,) = append(folder, {chosen.id: [draft(files, chosen, id, Difficulty(level), Bloom(bloom), options)]})
    typer.echo(f"{id} is a draft in {path}. `studybot content check` names what is still to be written.")


@content_app.command("import")
def import_questions(
    file: Annotated[
        Path, typer.Argument(help="A workbook, CSV, YAML, Moodle XML, GIFT, Aiken or Markdown; at most 4 MiB.")
    ],
    format: Annotated[
        str | None,
        typer.Option(help="xlsx, csv, yaml, moodle, gift, aiken or markdown, where neither name nor content says."),
    ] = None,
    topic: Annotated[str | None, typer.Option(help="Where questions go that name no topic of ours.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come in, and write nothing.")] = False,
    content: InFolder = None,
    community: OfCommunity = None,
    database: OwnDatabase = None,
    yes: Annotated[bool, typer.Option("--yes", help="With --community: take it in without asking.")] = False,
) -> None:
    """Take questions in as drafts, and say line by line what was taken, what is like it, what was left out.

    What was found is what came in, what was left out, and what was passed over: titles and heads.

    With --community it goes into the bank of that community, live there at once, after a look at what it brings.

    Exit codes: 0 everything came in, 1 something was left out, 2 the file or the call was refused.

    Example: studybot content import quiz.csv --topic rag --dry-run
    """
    from datetime import UTC, datetime

    from bot.authoring import accepted
    from bot.authoring.check import context_of
    from bot.authoring.exchange import formats
    from bot.authoring.exchange.importing import Importing, tried
    from bot.authoring.writing import append
    from bot.catalog.load import load
    from bot.cli.import_report import as_report, in_sum

    if community:
        from bot.cli.own_bank import import_into

        import_into(community, database, file, format, topic or "", dry_run=dry_run, yes=yes)
    folder = folder_of(content) if dry_run else writable_folder_of(content)
    loaded = load(folder)
    if loaded.problems:
        fail(f"{folder} has problems of its own, first {loaded.problems[0]}. Run `studybot content check`.", 2)
    files = loaded.files
    chosen = topic_of(folder, files, topic) if topic else None
    used, _ = accepted.read(folder, folder.name)
    with explained(2):
        context = context_of(files, datetime.now(UTC).date(), used, {})
        incoming = tried(folder, Importing(files, used, file.name, context, chosen).take(formats.read(file, format)))
    for line in as_report(file.name, incoming):
        typer.echo(line)
    if not dry_run:
        with explained(2):
            append(folder, incoming.by_topic())
    typer.echo(in_sum(incoming, dry_run=dry_run))
    raise typer.Exit(1 if incoming.left_out else 0)


@content_app.command("export")
def export_questions(
    format: Annotated[str, typer.Option(help="yaml, csv, gift or anki.")],
    output: Annotated[Path | None, typer.Option(help="The file to write; without it, standard output.")] = None,
    topic: Annotated[str | None, typer.Option(help="Only this topic.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Drafts, questions in review and retired ones too.")] = False,
    content: InFolder = None,
    community: OfCommunity = None,
    database: OwnDatabase = None,
) -> None:
    """Write the live questions for another program: a spreadsheet, Moodle, Anki.

    Example: studybot content export --format gift
    """
    from bot.authoring.exchange.formats import FORMATS_WRITTEN
    from bot.catalog.load import load
    from bot.catalog.nearest import instead
    from bot.domain.common_fields import Status

    if format not in FORMATS_WRITTEN:
        fail(f"There is no format {format!r}: {instead(format, FORMATS_WRITTEN)}", 2)
    if community:
        from bot.cli.own_bank import export_from

        chosen = export_from(community, database, every=every)
    else:
        chosen = [one for one in load(folder_of(content)).files.questions if every or one.status is Status.LIVE]
    if topic:
        chosen = [one for one in chosen if one.topic == topic]
    if not chosen:
        fail("There are no such questions; `studybot content stats` shows what there is.", 2)
    with explained(2):
        data = FORMATS_WRITTEN[format](chosen)
    try:
        if output is None:
            typer.get_binary_stream("stdout").write(data)
        else:
            output.write_bytes(data)
    except OSError as error:
        fail(f"{output} cannot be written: {(error.strerror or 'unknown reason').lower()}.", 2)
    typer.echo(f"{len(chosen)} questions written as {format}.", err=True)
