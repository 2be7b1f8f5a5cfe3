"""The versions that were accepted: ``versions.lock`` beside the content, a line a question.

It needs no version control: whoever changes what a question asks and not its version is told, on any machine.
An id stays in it for good, so that it is never used again for another question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.authoring.lint.context import Accepted, accepted, is_news
from bot.catalog.yaml_file import Problem
from bot.domain.content_faults import Level
from bot.domain.question import Question

FILE = "versions.lock"
_HEAD = (
    "# What each question asked when it was accepted: id, version, fingerprint of stem, options and key.\n"
    "# Written by `studybot content check --accept`; lines stay, so that no id is used twice.\n"
)
_LINE = re.compile(r"([a-z0-9-]+) ([1-9][0-9]{0,8}) ([0-9a-f]{16})")


def read(folder: Path, name: str) -> tuple[dict[str, Accepted], list[Problem]]:
    """The accepted versions by question id, and the lines nobody can read."""
    path = folder / FILE
    found: dict[str, Accepted] = {}
    problems: list[Problem] = []
    if not path.exists():
        return found, problems
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        said = _LINE.fullmatch(line.strip())
        if said:
            kept = Accepted(int(said[2]), said[3])
            # After a merge an id may stand twice; the newest version is the one to keep to.
            if said[1] not in found or found[said[1]].version < kept.version:
                found[said[1]] = kept
        elif line.strip() and not line.startswith("#"):
            told = "this line is not 'id version fingerprint': delete it, then run `studybot content check --accept`"
            problems.append(Problem(f"{name}/{FILE}", number, 1, "L10", "", told))
    return found, problems


def not_accepted(questions: Iterable[Question], before: Mapping[str, Accepted], name: str) -> list[Problem]:
    """One line for all live versions that are not in the file yet."""
    news = [question.id for question in questions if is_news(question, before.get(question.id))]
    if not news:
        return []
    which = ", ".join(news[:3]) + (f" and {len(news) - 3} more" if len(news) > 3 else "")
    told = f"live and not accepted yet: {which}; when they are final run `studybot content check --accept`"
    return [Problem(f"{name}/{FILE}", 1, 1, "L10", "", told, Level.WARNING)]


def accept(folder: Path, questions: Iterable[Question], before: Mapping[str, Accepted]) -> int:
    """Write down every live version that is new, and say how many; a change within a version stays an error."""
    news = [question for question in questions if is_news(question, before.get(question.id))]
    kept = dict(before) | {str(question.id): accepted(question) for question in news}
    lines = [f"{id} {one.version} {one.fingerprint}\n" for id, one in sorted(kept.items())]
    (folder / FILE).write_text(_HEAD + "".join(lines), encoding="utf-8")
    return len(news)
