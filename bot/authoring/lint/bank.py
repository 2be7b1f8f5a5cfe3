"""Everything that is checked of the bank as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.lint.balance import balance
from bot.authoring.lint.coverage import covered, orphans
from bot.authoring.lint.duplicates import duplicates, hints
from bot.authoring.lint.finding import Finding
from bot.authoring.lint.unwritten import is_unwritten
from bot.authoring.lint.words import plain
from bot.domain.content import ContentFiles
from bot.domain.source import Status


def lint_bank(files: ContentFiles) -> Iterator[Finding]:
    """What there is to mend in the bank: balance and coverage of what is live, likeness of all that may be."""
    live = [question for question in files.questions if question.status is Status.LIVE]
    kept = [question for question in files.questions if question.status is not Status.RETIRED]
    yield from balance(live)
    yield from covered(files, live)
    yield from orphans(files, live)
    # Placeholders are all alike; they are told of by themselves.
    asking = [question for question in kept if not is_unwritten(question.stem)]
    yield from duplicates(asking)
    names = {plain(name) for role in files.roles for name in (role.name, *role.aliases)}
    yield from hints([question for question in asking if not is_unwritten(question.key.text)], names)
